using Dibao.Extract.Page;
using Dibao.Extract.Render;

namespace Dibao.Extract.Body;

/// <summary>
/// Tells what templates name like clutter and is of a picture: the caption beside it, and the frame or slideshow around it. WordPress calls
/// both <c>wp-caption</c>, and others <c>widget</c>, <c>modal</c> or <c>carousel</c>.
/// </summary>
internal sealed class Figures(PageTree tree, PageWeights weights)
{
    private const int MaxText = 500;

    // A credit, a counter, a button.
    private const int MaxBeside = 60;

    private static readonly string[] Endings = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"];

    // How many pictures and captions, as the page writes them, stand before each node; counted when something is named like them.
    private int[]? _pictures;
    private int[]? _captions;

    /// <summary>Whether an element is a caption, or holds nothing but figures with theirs. From here on a caption is a figcaption, and what is around it and its picture a figure.</summary>
    public bool Hold(int named) => IsCaption(named) || IsFrame(named);

    /// <summary>Whether a box holds figures with captions, no other text, and no links but to pictures.</summary>
    public bool IsFrame(int box)
    {
        if (weights.TextInside[box] > MaxBeside || !HasCaption(box)) return false;
        var captions = 0;
        for (var i = box; i < tree.End(box); i++)
        {
            if (tree.Name(i) == "a" && tree.Element(i)!.GetAttribute("href") is { Length: > 1 } address && !IsPicture(address)) return false;
            if (tree.Name(i) == "figcaption" && tree.Around(i, "figure", 0) is >= 0 and var figure && HasPicture(figure)) captions++;
        }

        return captions > 0;
    }

    private bool IsCaption(int named)
    {
        if (!ClutterWords.NamesCaption(tree.Element(named)!)) return false;
        if (tree.Name(named) == "figure") return HasPicture(named);
        if (HasPicture(named)) return MakeFigure(named);
        if (tree.Around(tree.Parent(named), "figcaption", 0) >= 0) return true;
        var figure = tree.Around(tree.Parent(named), "figure", 0);
        for (var at = tree.Parent(named); figure < 0 && IsAround(at, named); at = tree.Parent(at))
            if (HasPicture(at)) tree.Rename(figure = at, "figure");
        if (figure < 0 || !HasPicture(figure)) return false;
        tree.Rename(named, "figcaption");
        return true;
    }

    // <div class="wp-caption"><img><p class="wp-caption-text">; and not <div class="has-caption"><h1>…</h1><img>.
    private bool MakeFigure(int box)
    {
        if (tree.Role(box) != TagRole.Block || weights.TextInside[box] > MaxText) return false;
        for (var i = box + 1; i < tree.End(box); i++)
            if (tree.Role(i) == TagRole.Heading) return false;
        tree.Rename(box, "figure");
        return true;
    }

    private bool IsAround(int box, int caption) =>
        box > 0 && tree.Name(box) is "div" or "section" or "aside" or "span" or "p" or "center"
        && weights.TextInside[box] <= MaxText && weights.TextInside[box] - weights.TextInside[caption] <= MaxBeside;

    private bool HasPicture(int box) => Inside(_pictures ??= Count(i => tree.Role(i) == TagRole.Image), box);

    private bool HasCaption(int box) => Inside(_captions ??= Count(i => tree.Role(i) == TagRole.Block && tree.Name(i) == "figcaption"), box);

    private bool Inside(int[] before, int box) => before[tree.End(box)] > before[box];

    private int[] Count(Func<int, bool> counted)
    {
        var before = new int[tree.Count + 1];
        for (var i = 0; i < tree.Count; i++) before[i + 1] = before[i] + (counted(i) ? 1 : 0);
        return before;
    }

    private static bool IsPicture(string address) =>
        Array.Exists(Endings, ending => SafeUrl.WithoutQuery(address).EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
