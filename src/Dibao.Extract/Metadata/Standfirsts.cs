using System.Collections.Frozen;
using System.Text;
using Dibao.Extract.Body;
using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

/// <summary>Finds the block that stands between title and text and sums the article up; it is then no longer part of the body.</summary>
internal static class Standfirsts
{
    private const int MinWeight = 24;
    private const int MaxWeight = 1200;
    private const int LinesOfVerse = 2;

    private static readonly FrozenSet<string> Words = new[]
    {
        "standfirst", "lead", "lede", "leadtext", "dek", "deck", "subtitle", "subheadline", "subheading", "subhead", "summary", "abstract", "intro", "introduction",
        "teaser", "chapo", "chapeau", "entradilla", "vorspann", "excerpt", "sapo", "sottotitolo", "description", "bajada", "ingress", "daodu", "zhaiyao", "strapline",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <param name="container">Where the body is; the standfirst stands before its second paragraph.</param>
    /// <param name="head">By which a repeated headline is known, however its template names it.</param>
    public static string? Take(PageTree tree, PageWeights weights, int container, int headline, PageHead head, string? description)
    {
        var from = headline >= 0 && headline < tree.End(container) ? headline + 1 : container;
        var print = MarkupText.Fingerprint(description);
        var named = new NamedElements(tree, Words);
        var paragraphs = 0;
        foreach (var block in TextBlocks.In(tree, weights, Math.Min(from, container), tree.End(container)))
        {
            if (block <= headline || paragraphs > 0) { if (paragraphs > 0) break; continue; }
            var inside = tree.IsInside(block, container);
            if (weights.Text[block] is >= MinWeight and <= MaxWeight && weights.Text[block] * 2 < weights.TextInside[container] + weights.Text[block] && weights.Link[block] * 2 < weights.Text[block]
                && !(inside && IsMoreThanText(tree, weights, block)) && Sums(tree, weights, named, block, print, inside) && !head.SaysTitle(TextBlocks.OwnText(tree, block)))
            {
                var text = TextBlocks.OwnText(tree, block);
                TextBlocks.DropOwn(tree, weights, block);
                return IsRepeated(tree, weights, container, block, text) ? null : text;
            }

            if (inside && weights.IsParagraph(block)) paragraphs++;
        }

        return null;
    }

    // An excerpt: the text's own beginning, cut off somewhere.
    private static bool IsRepeated(PageTree tree, PageWeights weights, int container, int block, string text)
    {
        var print = MarkupText.Fingerprint(text);
        var opening = new StringBuilder();
        foreach (var next in TextBlocks.In(tree, weights, Math.Max(container, block + 1), tree.End(container)))
        {
            if (!tree.Dropped[next]) opening.Append(MarkupText.Fingerprint(TextBlocks.OwnText(tree, next, MaxWeight)));
            if (opening.Length >= print.Length) break;
        }

        return print.Length >= MinWeight && opening.ToString().StartsWith(print, StringComparison.Ordinal);
    }

    private static bool Sums(PageTree tree, PageWeights weights, NamedElements named, int block, string description, bool inside)
    {
        if (tree.Name(block) is "figcaption" or "li") return false;
        if (inside && IsWhollyStrong(tree, weights, block) && weights.IsParagraph(block)) return true;
        if (IsNamed(tree, named, block)) return true;
        return description.Length >= 16 && !(inside && IsFirstOfMany(tree, weights, block)) && SaysTheSame(MarkupText.Fingerprint(TextBlocks.OwnText(tree, block)), description);
    }

    // A standfirst is plain text: what leads somewhere, shows something or is written in lines stays whole in the body.
    private static bool IsMoreThanText(PageTree tree, PageWeights weights, int block)
    {
        if (weights.Link[block] > 0) return true;
        var breaks = 0;
        for (var i = block + 1; i < tree.End(block); i++)
        {
            if (tree.Dropped[i]) continue;
            if (tree.Role(i) is TagRole.Image or TagRole.Embed) return true;
            if (tree.Role(i) == TagRole.LineBreak && ++breaks >= LinesOfVerse) return true;
        }

        return false;
    }

    // Nothing sets it apart from the paragraph behind it: the text's own first, which many a page's description repeats.
    private static bool IsFirstOfMany(PageTree tree, PageWeights weights, int block)
    {
        for (var i = tree.End(block); i < tree.End(Math.Max(tree.Parent(block), 0)); i = tree.End(i))
            if (!tree.Dropped[i] && weights.TextInside[i] > 0) return tree.Name(i) == tree.Name(block) && tree.Element(i)?.GetAttribute("class") == tree.Element(block)?.GetAttribute("class");
        return false;
    }

    private static bool SaysTheSame(string text, string description) =>
        text == description || (text.Length >= 24 && description.Length >= 24 && text.Length < description.Length * 2
            && (text.StartsWith(description, StringComparison.Ordinal) || description.StartsWith(text, StringComparison.Ordinal)));

    private static bool IsNamed(PageTree tree, NamedElements named, int block)
    {
        for (var (at, up) = (block, 0); at > 0 && up < 2; at = tree.Parent(at), up++)
        {
            if (tree.Element(at) is not { } element || element.LocalName is "body" or "article" or "main") return false;
            if (element.GetAttribute("itemprop") is "description" or "alternativeHeadline") return true;
            if (named.Holds(at)) return true;
        }

        return false;
    }

    // <p><strong>…</strong></p>
    private static bool IsWhollyStrong(PageTree tree, PageWeights weights, int block)
    {
        if (weights.Text[block] != weights.TextInside[block]) return false;
        var strongEnd = 0;
        for (var i = block + 1; i < tree.End(block); i++)
        {
            if (i >= strongEnd && tree.Name(i) is "strong" or "b") strongEnd = tree.End(i);
            if (tree.Role(i) == TagRole.Text && i >= strongEnd && !string.IsNullOrWhiteSpace(tree.TextOf(i))) return false;
        }

        return strongEnd > 0;
    }
}
