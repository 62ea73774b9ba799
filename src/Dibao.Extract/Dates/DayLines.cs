using Dibao.Extract.Body;
using Dibao.Extract.Metadata;
using Dibao.Extract.Page;

namespace Dibao.Extract.Dates;

/// <summary>The lines of a page where its date is expected: around the headline, and wherever a label says so.</summary>
internal static class DayLines
{
    private const int BeforeHeadline = 6;
    private const int AfterHeadline = 12;
    private const int MaxLabel = 28;
    private const int MaxInside = 100;
    private const int MaxLabelledBlock = 400;
    private const int MaxLine = 120;
    private const int MaxOpening = 48;

    private static readonly LineStarts UpdateLabels = new(
    [
        "updated", "last updated", "last modified", "modified", "edited", "reviewed", "aktualisiert", "zuletzt", "geändert", "letzte änderung", "stand", "mis à jour", "modifié", "actualizado", "última actualización", "aggiornato", "modificato", "atualizado", "bijgewerkt", "laatst", "uppdaterad", "opdateret", "oppdatert", "päivitetty",
        "aktualizace", "aktualizacja", "güncelleme", "обновлено", "изменено", "оновлено", "更新", "最后更新", "最終更新", "수정", "تحديث", "به‌روزرسانی", "अपडेट", "cập nhật", "diperbarui", "อัปเดต",
    ]);

    private static readonly LineStarts PublishLabels = new(
    [
        "published", "posted", "publication date", "date published", "first published", "written:", "veröffentlicht", "erschienen", "erstellt", "publiziert", "publié", "mis en ligne", "mise en ligne", "publicado", "publicada", "pubblicato", "gepubliceerd", "geplaatst", "publicerad", "publisert", "udgivet", "julkaistu", "opublikowano", "data publikacji",
        "publikováno", "vydáno", "objavljeno", "yayınlanma", "yayın tarihi", "опубликовано", "дата публикации", "опубліковано", "发布时间", "发表时间", "發布時間", "發表時間", "发布于", "發佈", "时间：", "日期：", "公開日", "掲載日", "投稿日", "配信", "입력", "등록", "تاريخ النشر", "نشر", "تاریخ انتشار", "प्रकाशित", "đăng", "diterbitkan", "เผยแพร่", "δημοσίευση", "פורסם",
    ]);

    /// <summary>The short blocks around a headline, up to the first paragraph: where a page shows its date. To be asked before clutter is dropped.</summary>
    public static List<string> In(PageTree tree, PageWeights weights, PageMarks marks, int headline)
    {
        var lines = Labelled(tree, weights, marks);
        if (headline < 0) return lines;
        AddInside(headline);
        for (int i = headline - 1, seen = 0; i > 0 && seen < BeforeHeadline; i--)
            if (weights.Text[i] > 0 && !marks.Elsewhere[i] && ++seen > 0) Take(i);
        for (int i = headline + 1, seen = 0; i < tree.Count && seen < AfterHeadline; i++)
        {
            if (weights.Text[i] == 0 || marks.Elsewhere[i]) continue;
            seen++;
            Take(i);
            if (!weights.IsParagraph(i) || weights.Text[i] < 2 * PageWeights.MinParagraph) continue;
            if (Opening(TextBlocks.OwnText(tree, i, MaxLine)) is { } opening) lines.Add(opening);
            if (weights.Text[i] > 4 * PageWeights.MinParagraph && seen > 3) break;
        }

        return lines;

        // <h1>The council has met<br><small>02.02.2022</small></h1>
        void AddInside(int heading)
        {
            for (var i = heading + 1; i < Math.Min(tree.End(heading), heading + MaxInside); i++)
                if (tree.Role(i) == TagRole.Text && tree.TextOf(i).AsSpan().ContainsAnyInRange('0', '9') && tree.FoldedText(i, MaxOpening, apart: true) is { Length: > 7 and < MaxOpening } text) lines.Add(text);
        }

        void Take(int i)
        {
            if (TextBlocks.OwnText(tree, i, MaxLine + 1, apart: true) is { Length: > 4 and <= MaxLine } text) lines.Add(text);
        }
    }

    // What is labelled as a publication counts wherever it stands.
    private static List<string> Labelled(PageTree tree, PageWeights weights, PageMarks marks)
    {
        var lines = new List<string>();
        for (var i = 1; i < tree.Count && lines.Count < 2; i++)
        {
            if (weights.Text[i] is < 3 or > MaxLabelledBlock || marks.Elsewhere[i]) continue;
            if (TextBlocks.FirstOf(tree, i) is not { } first || (!PublishLabels.MayBegin(first) && !UpdateLabels.MayBegin(first))) continue;
            var text = TextBlocks.OwnText(tree, i, MaxLine, apart: true);
            if (!PublishLabels.Begin(text) && !UpdateLabels.Begin(text)) continue;
            // <p>Published</p><p>23 May 2019</p>
            if (text.Length < MaxLabel && !text.Any(char.IsDigit) && TextBlocks.Behind(tree, weights, i) is { } next) text = text + " " + TextBlocks.OwnText(tree, next, MaxLine, apart: true);
            foreach (var part in Parts(text))
                if (part.Any(char.IsDigit)) lines.Add(part.AsSpan(0, Math.Min(part.Length, MaxOpening)).ToString());
        }

        return lines;
    }

    // "27.1.2022 - The council has…", "Halden, (12.11.2021). The council has…": what stands before the dash, or in the brackets.
    private static string? Opening(string paragraph)
    {
        var open = paragraph.IndexOf('(', StringComparison.Ordinal);
        if (open is >= 0 and < MaxOpening && paragraph.IndexOf(')', open) is > 0 and var close && close - open < MaxOpening) return paragraph[(open + 1)..close];
        var dash = paragraph.AsSpan(0, Math.Min(paragraph.Length, MaxOpening)).IndexOfAny('–', '—', '-');
        if (dash > 0 && dash + 1 < paragraph.Length && paragraph[dash - 1] != ' ') dash = paragraph.IndexOf(" - ", StringComparison.Ordinal);
        return dash is > 6 and < MaxOpening ? paragraph[..dash] : null;
    }

    /// <summary>"Updated 5 June 2021 | Published 3 May 2019": a label behind a day begins a line of its own.</summary>
    public static IEnumerable<string> Parts(string text)
    {
        var from = 0;
        var digits = false;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsDigit(text[i - 1])) digits = true;
            if (!digits || !char.IsLetter(text[i]) || char.IsLetterOrDigit(text[i - 1]) || (!PublishLabels.Begin(text.AsSpan(i)) && !UpdateLabels.Begin(text.AsSpan(i)))) continue;
            yield return text[from..i];
            (from, digits) = (i, false);
        }

        yield return text[from..];
    }

    public static bool IsPublication(string text) => PublishLabels.Begin(text);

    /// <summary>"Originally published in March 2022. Last updated on December 20, 2024": the day follows the last of the labels.</summary>
    public static bool IsUpdate(string text)
    {
        if (UpdateLabels.Begin(text)) return true;
        var stop = text.LastIndexOf(". ", StringComparison.Ordinal);
        return stop > 0 && stop + 2 < text.Length && UpdateLabels.Begin(text.AsSpan(stop + 2));
    }
}
