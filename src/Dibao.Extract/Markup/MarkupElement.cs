using System.Text;

namespace Dibao.Extract.Markup;

/// <summary>An element of a <see cref="MarkupTree"/>; not to be held longer than the tree.</summary>
internal sealed class MarkupElement(MarkupTree tree, int row)
{
    /// <summary>The attribute of a control that says whether what it folds is shown.</summary>
    public const string Expanded = "aria-expanded";

    private const int MaxBesideControl = 24;
    private const int MaxBesideElement = 4;

    /// <summary>Lower case.</summary>
    public string LocalName => tree.Names[tree[row].Tag];

    public bool Is(Tag tag) => tree.IsElement(row, tag);

    public string? Id => GetAttribute("id");

    public MarkupTree Tree => tree;

    public int Row => row;

    public MarkupElement? ParentElement => tree[row].Parent is > 0 and var parent ? tree.ElementOf(parent) : null;

    /// <summary>The element before, whatever text stands between; null for none, or for more than a few comments between.</summary>
    public MarkupElement? Previous
    {
        get
        {
            var (at, seen) = (tree[row].Previous, 0);
            while (at >= 0 && tree[at].Kind != RowKind.Element && seen++ < MaxBesideElement) at = tree[at].Previous;
            return at >= 0 && tree[at].Kind == RowKind.Element ? tree.ElementOf(at) : null;
        }
    }

    /// <summary>The element behind, as <see cref="Previous"/>.</summary>
    public MarkupElement? Next
    {
        get
        {
            var (at, seen) = (tree[row].Next, 0);
            while (at >= 0 && tree[at].Kind != RowKind.Element && seen++ < MaxBesideElement) at = tree[at].Next;
            return at >= 0 && tree[at].Kind == RowKind.Element ? tree.ElementOf(at) : null;
        }
    }

    public IEnumerable<MarkupElement> Children
    {
        get
        {
            for (var child = tree[row].First; child >= 0; child = tree[child].Next)
                if (tree[child].Kind == RowKind.Element) yield return tree.ElementOf(child);
        }
    }

    /// <summary>Whether the element before is, or begins with, a button that unfolds what follows it (WAI-ARIA 1.2, aria-expanded).</summary>
    public bool FollowsControl
    {
        get
        {
            var before = tree[row].Previous;
            while (before >= 0 && tree[before].Kind != RowKind.Element) before = tree[before].Previous;
            for (var (at, seen) = (before, 0); at >= 0 && seen < MaxBesideControl; at = tree.Following(at, before), seen++)
                if (tree[at].Kind == RowKind.Element && tree.ElementOf(at).HasAttribute(Expanded)) return true;
            return false;
        }
    }

    /// <summary>All text inside, as it was written.</summary>
    public string TextContent
    {
        get
        {
            var first = tree[row].First;
            if (first >= 0 && tree[first].Next < 0 && tree[first].Kind == RowKind.Text) return tree.TextOf(first);
            var text = new StringBuilder();
            for (var at = row; at >= 0; at = tree.Following(at, row))
                if (tree[at].Kind == RowKind.Text) text.Append(tree.TextOf(at));
            return text.ToString();
        }
    }

    /// <summary>In the order of the page. A name that stands twice is given twice.</summary>
    public MarkupAttributes Attributes => new(tree, row);

    public bool HasAttribute(string name) => Find(name) >= 0;

    /// <param name="name">Lower case.</param>
    public string? GetAttribute(string name) => Find(name) is >= 0 and var at ? tree.ValueOf(ref tree.AttributesOf(row)[at]) : null;

    private int Find(string name)
    {
        var attributes = tree.AttributesOf(row);
        for (var i = 0; i < attributes.Length; i++)
        {
            if (attributes[i].NameLength != name.Length) continue;
            var written = tree.NameOf(ref attributes[i]);
            if (((written[0] ^ name[0]) & ~0x20) == 0 && Ascii.EqualsIgnoreCase(written, name)) return i; // few begin alike
        }

        return -1;
    }
}
