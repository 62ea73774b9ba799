using AngleSharp.Dom;

namespace Dibao.Extract.Page;

/// <summary>
/// A page's elements and texts in document order, as arrays: the children of node i are i + 1, then End of each, up to End[i].
/// Every pass over it is a loop, so neither depth nor siblings cost more than linear time.
/// </summary>
internal sealed class PageTree
{
    private const int LeastParagraphs = 3;

    private readonly int[] _parents;
    private readonly int[] _ends;
    private readonly TagRole[] _roles;

    // Asked of the parser once: every pass looks at them, and it makes a text anew each time. A text has no name, and an element no text.
    private readonly IElement?[] _elements;
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

    public IElement? Element(int i) => _elements[i];

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

    public static PageTree Build(INode root)
    {
        var rows = TreeRows.Take();
        var open = new Stack<(INodeList Children, int Index, int Next)>();
        rows.Add(root, -1, TagRole.Block);
        var (children, parent, next) = (root.ChildNodes, 0, 0);
        while (true)
        {
            if (next == children.Length)
            {
                rows.Ends[parent] = rows.Count;
                if (!open.TryPop(out var outer)) break;
                (children, parent, next) = outer;
                continue;
            }

            var child = children[next++];
            if (!TryRole(child, out var role)) continue;
            var index = rows.Add(child, parent, role);
            if (role is TagRole.Text or TagRole.Embed || !child.HasChildNodes) continue;
            open.Push((children, parent, next));
            (children, parent, next) = (child.ChildNodes, index, 0);
        }

        var tree = new PageTree(rows);
        rows.Return();
        LoneLines.Mark(tree);
        return tree;
    }

    /// <summary>-1 when the element is not of this tree.</summary>
    public int IndexOf(IElement element) => Array.IndexOf(_elements, element);

    /// <summary>Takes a node back in, with all around it, where a pass had dropped it.</summary>
    public void Keep(int i)
    {
        for (var at = i; at >= 0; at = _parents[at]) Dropped[at] = false;
    }

    /// <summary>The nearest ancestor that starts a line of its own; the root for want of one.</summary>
    public int BlockOf(int i)
    {
        var at = _parents[i];
        while (at > 0 && _roles[at] is TagRole.Inline) at = _parents[at];
        return Math.Max(at, 0);
    }

    public bool IsInside(int i, int ancestor) => i >= ancestor && i < _ends[ancestor];

    /// <summary>Text of all that is inside and not dropped, white space folded.</summary>
    public string FoldedText(int i, int limit = int.MaxValue)
    {
        var text = new FoldedText(limit);
        for (var at = i; at < _ends[i] && !text.IsFull; at++)
        {
            if (Dropped[at]) { at = _ends[at] - 1; continue; }
            if (_roles[at] == TagRole.Text) text.Append(TextOf(at));
            else if (_roles[at] is not TagRole.Inline) text.Append(" ");
        }

        return text.Take();
    }

    private static bool TryRole(INode node, out TagRole role)
    {
        role = TagRole.Text;
        if (node is IText) return true;
        if (node is not IElement element) return false;
        role = element.LocalName == "noscript" && HoldsText(element) ? TagRole.Block : Tags.RoleOf(element.LocalName);
        return role != TagRole.Never;
    }

    // Templates that write the article by a script leave its text here for readers without; most others a counter, or a plea.
    private static bool HoldsText(IElement noscript)
    {
        var paragraphs = 0;
        foreach (var child in noscript.Children)
            if (child.LocalName == "p" && ++paragraphs == LeastParagraphs) return true;
        return false;
    }
}
