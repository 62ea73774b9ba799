using System.Buffers;
using Dibao.Extract.Body;
using Dibao.Extract.Metadata;
using Dibao.Extract.Page;

namespace Dibao.Extract.Dates;

/// <summary>The texts of a page that may be its date, wherever they stand: short ones, the beginnings of paragraphs, and sentences that say when it was published. To be gathered before clutter is dropped.</summary>
internal static class ShownDays
{
    private const int MaxTexts = 160;
    private const int MaxLine = 60;
    private const int MaxText = 40;
    private const int MaxRaw = 300;
    private const int MaxOpening = 40;
    private const int LeastDigits = 3;
    private const int MaxSentence = 160;

    // How a footer or a note says it, in the middle of its sentence.
    private static readonly Phrases Verbs = new(
        "published on", "posted on", "was posted", "was published", "last edited", "last modified", "last updated", "veröffentlicht", "gepostet", "geschrieben am", "eingestellt am", "geändert am", "zuletzt bearbeitet", "publié le", "posté le", "publicado el", "publicado em", "pubblicato il", "geplaatst op", "gepubliceerd op", "opublikowano", "опубликован", "publicerad", "publisert", "udgivet");

    public static List<ShownDay> In(PageTree tree, PageWeights weights, PageMarks marks, int headline)
    {
        var shown = new List<ShownDay>();
        var (last, asked) = (-1, -1); // blocks: of the last day, and the last that was asked for its sentence
        var seen = 0; // blocks with a text
        var head = -1;
        for (var i = 1; i < tree.Count && shown.Count < MaxTexts; i++)
        {
            if (i == headline) head = seen;
            if (weights.Text[i] > 0) seen++;
            if (marks.Elsewhere[i] && tree.Name(i) == "time" && tree.Element(i)!.GetAttribute("datetime") is { } stated) shown.Add(new(stated, ShownForm.Time, i > headline, Elsewhere: true, seen));
            if (tree.Role(i) != TagRole.Text || !HasDigit(tree.TextOf(i))) continue;
            var block = weights.BlockOf(i);
            if (block == last) continue;
            if (weights.Text[block] <= MaxLine)
            {
                last = block;
                if (TextBlocks.OwnText(tree, block, MaxRaw, apart: true) is { Length: > 5 } line && MayBeDay(line)) shown.Add(new(line, ShownForm.Short, i > headline, marks.Elsewhere[i], seen));
                continue;
            }

            var text = tree.FoldedText(i, MaxRaw);
            if (text.Length is > 5 and <= MaxText && MayBeDay(text)) shown.Add(new(text, ShownForm.Short, i > headline, marks.Elsewhere[i], seen));
            var isNew = block != asked;
            asked = block;
            if (isNew && Sentence(tree, block) is { } sentence) { shown.Add(new(sentence, ShownForm.Sentence, i > headline, marks.Elsewhere[i], seen)); last = block; }
            else if (!marks.Elsewhere[i] && i > headline && Opening(text) is { } opening && TextBlocks.OwnText(tree, block, 2 * MaxOpening).StartsWith(opening, StringComparison.Ordinal)) shown.Add(new(opening, ShownForm.Opening, true, Elsewhere: false, seen));
        }

        return shown.ConvertAll(day => day with { Blocks = head < 0 ? null : day.Blocks - head - 1 });
    }

    // The words around its verb.
    private static string? Sentence(PageTree tree, int block)
    {
        var text = TextBlocks.OwnText(tree, block, MaxRaw, apart: true);
        var verb = Verbs.IndexIn(text);
        if (verb < 0) return null;
        var from = Math.Max(0, verb - (MaxSentence / 2));
        return text.Substring(from, Math.Min(MaxSentence, text.Length - from));
    }

    // "01.02.2022 The council has met", "Halden (12.11.2021). The council …": up to a bracket, or to the end of the digits.
    private static string? Opening(string text)
    {
        var head = text.AsSpan(0, Math.Min(text.Length, MaxOpening));
        var digit = head.IndexOfAnyInRange('0', '9');
        if (digit < 0 || text.Length <= MaxOpening) return null;
        var open = head.IndexOf('(');
        if (open >= 0 && open < digit && head[open..].IndexOf(')') is > 6 and var close) return text[..(open + close + 1)];
        if (digit > 1) return null;
        var end = head.LastIndexOfAnyInRange('0', '9') + 1;
        return end > 7 ? text[..end] : null;
    }

    // "1 May 22" has no fewer digits.
    private static bool MayBeDay(string text)
    {
        var digits = 0;
        foreach (var c in text)
            if (char.IsDigit(c) && ++digits == LeastDigits) return true;
        return false;
    }

    private static bool HasDigit(string text)
    {
        if (text.AsSpan().ContainsAnyInRange('0', '9')) return true;
        foreach (var c in text)
            if (c > 0x600 && char.IsDigit(c)) return true;
        return false;
    }
}

internal enum ShownForm
{
    /// <summary>A short line, or a short text in a long one.</summary>
    Short,

    /// <summary>What a time element states.</summary>
    Time,
    Opening,
    Sentence,
}

/// <param name="AfterHeadline">Or on a page without one.</param>
/// <param name="Elsewhere">In what belongs to other pieces or people.</param>
/// <param name="Blocks">Of those with a text, how far behind the headline: 0 is in it, 1 the next, -1 the one before; null on a page without one.</param>
internal readonly record struct ShownDay(string Text, ShownForm Form, bool AfterHeadline, bool Elsewhere, int? Blocks);
