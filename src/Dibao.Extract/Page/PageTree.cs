using Dibao.Extract.Markup;

namespace Dibao.Extract.Page;

/// <summary>
/// A page's elements and texts in document order, as arrays: the children of node i are i + 1, then End of each, up to End[i].
/// Every pass over it is a loop, so neither depth nor siblings cost more than linear time.
/// </summary>
internal sealed class PageTree
{
    private const int LeastParagraphs = 3;
    private const int MaxInButton = 48;

    private readonly int[] _parents;
    private readonly int[] _ends;
    private readonly TagRole[] _roles;

    // Asked of the parser once: every pass looks at them, and it makes a text anew each time. A text has no name, and an element no text.
    private readonly MarkupElement?[] _elements;
    private readonly string[] _words;

    private PageTree(TreeRows rows)
    {
        _parents = rows.Parents.ToArray();
        _ends = rows.Ends.ToArray();
        _roles = rows.Roles.ToArray();
        _elements = rows.Elements.ToArray();
        _words = rows.Words.ToArray();
        Dropped = new bool[_words.Length];
    }

    public int Count => _words.Length;

    /// <summary>Set on the top node of what is left out of the reading.</summary>
    public bool[] Dropped { get; }

    /// <summary>-1 for the root.</summary>
    public int Parent(int i) => _parents[i];

    /// <summary>One past the last node inside.</summary>
    public int End(int i) => _ends[i];

    public TagRole Role(int i) => _roles[i];

    public MarkupElement? Element(int i) => _elements[i];

    /// <summary>"" for a text.</summary>
    public string Name(int i) => _roles[i] == TagRole.Text ? "" : _words[i];

    /// <summary>What the element means, where its tag says less: a div that is a figure.</summary>
    public void Rename(int i, string name)
    {
        _words[i] = name;
        _roles[i] = Tags.RoleOf(name);
    }

    /// <summary>An inline element that has a line of its own.</summary>
    public void MakeBlock(int i) => _roles[i] = TagRole.Block;

    /// <summary>"" for an element.</summary>
    public string TextOf(int i) => _roles[i] == TagRole.Text ? _words[i] : "";

    /// <param name="root">A row of the markup, whatever it is: here it is a block.</param>
    public static PageTree Build(MarkupTree markup, int root)
    {
        var rows = TreeRows.Take();
        rows.AddElement(markup, root, -1, TagRole.Block);
        var captions = new List<int>();
        var parent = 0;
        for (var at = markup[root].First; at >= 0;)
        {
            ref var row = ref markup[at];
            var inside = false;
            if (row.Kind == RowKind.Text)
            {
                rows.AddText(markup.TextOf(at), parent);
            }
            else if (row is { Kind: RowKind.Element, Tag: Tag.Math, Space: NameSpace.MathML })
            {
                rows.AddText(Formulas.Of(markup, at), parent);
            }
            else if (row.Kind == RowKind.Element && RoleOf(markup, at) is not TagRole.Never and var role)
            {
                var index = rows.AddElement(markup, at, parent, role);
                if (markup.IsElement(at, Tag.FigCaption)) captions.Add(index);
                inside = role != TagRole.Embed && row.First >= 0;
                if (inside) parent = index;
            }

            if (inside) { at = row.First; continue; }
            for (; at != root && markup[at].Next < 0; at = markup[at].Parent)
            {
                if (markup[at].Parent == root) { at = root; break; }
                rows.Ends[parent] = rows.Count;
                parent = rows.Parents[parent];
            }

            at = at == root ? -1 : markup[at].Next;
        }

        rows.Finish();
        var tree = new PageTree(rows);
        rows.Return();
        LoneLines.Mark(tree);
        CaptionedText.Mark(tree, captions);
        return tree;
    }

    /// <summary>-1 when the element is not of this tree.</summary>
    public int IndexOf(MarkupElement element) => Array.IndexOf(_elements, element);

    /// <summary>Takes a node back in, with all around it, where a pass had dropped it.</summary>
    public void Keep(int i)
    {
        for (var at = i; at >= 0; at = _parents[at]) Dropped[at] = false;
    }

    /// <summary>Takes a node back in, and nothing else of the dropped one around it.</summary>
    public void KeepAlone(int around, int i)
    {
        Dropped[i] = false;
        for (var at = i; at != around; at = _parents[at])
        {
            var parent = _parents[at];
            for (var child = parent + 1; child < End(parent); child = End(child)) Dropped[child] = child != at;
            Dropped[parent] = false;
        }
    }

    /// <summary>The nearest ancestor that starts a line of its own; the root for want of one.</summary>
    public int BlockOf(int i)
    {
        var at = _parents[i];
        while (at > 0 && _roles[at] is TagRole.Inline) at = _parents[at];
        return Math.Max(at, 0);
    }

    /// <summary>The nearest element of a name that a node is or stands in, below <paramref name="top"/>; -1 for none.</summary>
    public int Around(int i, string name, int top)
    {
        for (var at = i; at > top; at = _parents[at])
            if (Name(at) == name) return at;
        return -1;
    }

    public bool IsInside(int i, int ancestor) => i >= ancestor && i < _ends[ancestor];

    /// <summary>Text of all that is inside and not dropped, white space folded.</summary>
    /// <param name="apart"><see cref="Page.FoldedText.Append"/>.</param>
    public string FoldedText(int i, int limit = int.MaxValue, bool apart = false)
    {
        var text = new FoldedText(limit);
        var end = Math.Min(_ends[i] - i, Page.FoldedText.ReadOf(limit)) + i;
        for (var at = i; at < end && !text.IsFull; at++)
        {
            if (Dropped[at]) { at = _ends[at] - 1; continue; }
            if (_roles[at] == TagRole.Text) text.Append(TextOf(at), apart);
            else if (_roles[at] is not TagRole.Inline) text.Append(" ");
        }

        return text.Take();
    }

    private static TagRole RoleOf(MarkupTree markup, int row)
    {
        if (markup[row].Space == NameSpace.Html)
        {
            switch (markup[row].Tag)
            {
                case Tag.NoScript when HoldsText(markup, row) || FirstOf(markup, row)?.Is(Tag.Iframe) == true: return TagRole.Block; // a player that the page's own script puts in later
                case Tag.NoScript when IsPicture(FirstOf(markup, row)) && !IsBesidePicture(markup.ElementOf(row)): return TagRole.Inline;
                case Tag.Button when UnfoldsSection(markup, row): return TagRole.Inline;
                case Tag.Button when HoldsCaption(markup, row): return TagRole.Block;
                case Tag.Blockquote when EmbeddedPosts.Address(markup.ElementOf(row)) is not null: return TagRole.Embed;
            }
        }

        return Tags.RoleOf(markup, row);
    }

    // A button in a heading is the title of what it unfolds (WAI-ARIA Authoring Practices, accordion pattern).
    private static bool UnfoldsSection(MarkupTree markup, int button) =>
        markup[button].Parent is > 0 and var parent && Tags.RoleOf(markup, parent) == TagRole.Heading && markup.ElementOf(button).HasAttribute(MarkupElement.Expanded);

    private static MarkupElement? FirstOf(MarkupTree markup, int noscript)
    {
        var first = markup[noscript].First;
        while (first >= 0 && markup[first].Kind != RowKind.Element) first = markup[first].Next;
        return first < 0 ? null : markup.ElementOf(first);
    }

    private static bool IsPicture(MarkupElement? element) => element?.LocalName is "img" or "picture" or "amp-img";

    // Its placeholder, which takes the address from here.
    private static bool IsBesidePicture(MarkupElement noscript) =>
        IsPicture(noscript.Previous) || IsPicture(noscript.Next) || (noscript.Previous is null && noscript.Next is null && noscript.ParentElement is { } parent && (IsPicture(parent.Previous) || IsPicture(parent.Next)));

    // A picture that is shown larger when it is pressed, with its caption.
    private static bool HoldsCaption(MarkupTree markup, int button)
    {
        var seen = 0;
        for (var at = markup[button].First; at >= 0 && seen < MaxInButton; at = markup.Following(at, button), seen++)
            if (markup.IsElement(at, Tag.FigCaption)) return true;
        return false;
    }

    // Templates that write the article by a script leave its text here for readers without; most others a counter, or a plea.
    private static bool HoldsText(MarkupTree markup, int noscript)
    {
        var paragraphs = 0;
        for (var child = markup[noscript].First; child >= 0; child = markup[child].Next)
            if (markup.IsElement(child, Tag.P) && ++paragraphs == LeastParagraphs) return true;
        return false;
    }
}
