using System.Collections.Frozen;
using Dibao.Extract.Body;
using Dibao.Extract.Dates;
using Dibao.Extract.Page;

namespace Dibao.Extract.Kind;

/// <summary>What can be counted on a page, over all of it, whatever was left out of the reading.</summary>
internal sealed class PageFeatures
{
    private const int MaxText = 6000;
    private const int HeadlineLink = 25;
    private const int MaxEntryStart = 40;

    private static readonly FrozenSet<string> Roots = new[] { "root", "app", "__next", "__nuxt", "___gatsby", "svelte", "main-app", "react-root", "app-root", "ember-app" }.ToFrozenSet(StringComparer.Ordinal);

    private PageFeatures() { }

    /// <summary>The page's words from its beginning, at most 6,000 characters.</summary>
    public string Text { get; private init; } = "";

    public int TextWeight { get; private init; }

    public int LinkWeight { get; private init; }

    /// <summary>Links whose text is as long as a headline.</summary>
    public int HeadlineLinks { get; private set; }

    /// <summary>Headings and times that begin with a clock: the entries of a live blog.</summary>
    public int TimedEntries { get; private set; }

    /// <summary>Figures with a picture, and no link on it: those of teasers have one.</summary>
    public int Pictures { get; private set; }

    public int Elements { get; private set; }

    /// <summary>An element that scripts fill, and that holds nothing yet.</summary>
    public bool HasEmptyRoot { get; private set; }

    /// <param name="weights">Of the whole page, before anything was dropped.</param>
    public static PageFeatures Of(PageTree tree, PageWeights weights)
    {
        var text = new FoldedText(MaxText);
        var features = new PageFeatures();
        var linkEnd = 0;
        for (var i = 0; i < tree.Count; i++)
        {
            if (!text.IsFull) text.Append(tree.Role(i) == TagRole.Text ? Start(tree.TextOf(i)) : " ");
            if (tree.Element(i) is null) continue;
            features.Elements++;
            if (i >= linkEnd && tree.Name(i) == "a") { linkEnd = tree.End(i); features.AddLink(tree, i); }
            features.AddElement(tree, i, i < linkEnd);
        }

        return new PageFeatures
        {
            Text = text.Take(), TextWeight = weights.TextInside[0], LinkWeight = weights.LinkInside[0], HeadlineLinks = features.HeadlineLinks,
            TimedEntries = features.TimedEntries, Pictures = features.Pictures, Elements = features.Elements, HasEmptyRoot = features.HasEmptyRoot,
        };
    }

    private static string Start(string data) => data.Length > MaxText ? data[..MaxText] : data;

    private void AddLink(PageTree tree, int link)
    {
        // The weight of all of it is no less than that of what is read of it.
        if (Page.TextWeight.Of(tree, link) < HeadlineLink) return;
        if (Page.TextWeight.Of(tree.FoldedText(link, 2 * HeadlineLink)).Weight >= HeadlineLink) HeadlineLinks++;
    }

    private void AddElement(PageTree tree, int i, bool inLink)
    {
        var name = tree.Name(i);
        if (name == "figure" && !inLink && IsPicture(tree, i)) Pictures++;
        if (name is "h2" or "h3" or "h4" or "time" or "strong" or "dt" && BeginsWithDigit(tree, i) && BeginsWithClock(tree.FoldedText(i, MaxEntryStart))) TimedEntries++;
        if ((tree.Element(i)!.Id is { } id && Roots.Contains(id)) || name is "app-root" or "my-app")
            HasEmptyRoot |= Page.TextWeight.Of(tree.FoldedText(i, 200)).Weight < 40;
    }

    private static bool IsPicture(PageTree tree, int figure)
    {
        var image = false;
        for (var i = figure + 1; i < tree.End(figure); i++)
        {
            if (tree.Name(i) == "a") return false;
            image |= tree.Role(i) == TagRole.Image;
        }

        return image;
    }

    private static bool BeginsWithDigit(PageTree tree, int i)
    {
        for (var at = i; at < tree.End(i); at++)
            if (FoldedText.FirstOf(tree.TextOf(at)) is { } first) return char.IsAsciiDigit(first);
        return false;
    }

    // 12.31 Uhr: …, 14:05, 2h30 ago is none.
    private static bool BeginsWithClock(string text)
    {
        if (text.Length < 4 || !char.IsAsciiDigit(text[0])) return false;
        var tokens = DateToken.Read(text);
        return tokens.Count >= 3 && tokens[0] is { IsNumber: true, Number: < 24, Digits: <= 2 } && (tokens[1].Mark is ':' or '.' || tokens[1].Word is "h" or "时" or "時" or "点")
            && tokens[2] is { IsNumber: true, Number: < 60, Digits: 2 } && (tokens.Count == 3 || tokens[3].Mark != tokens[1].Mark || tokens[1].Mark == ':');
    }
}
