using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>
/// The elements whose children are the article's own paragraphs. Templates put boxes between and around them, in wrappers of
/// another make: same tags and classes all the way up is what paragraphs of one article have in common.
/// </summary>
internal sealed class Spine
{
    // Of the chosen element's paragraph text: what wrappers of one make must hold to be of the article.
    private const double LeastShare = 0.2;

    private readonly PageTree _tree;
    private readonly int _container;
    private readonly ulong[] _makes;
    private readonly bool[] _strong;
    private readonly Dictionary<int, bool> _holdsParts = [];

    private Spine(PageTree tree, int container, ulong[] makes, bool[] strong)
    {
        _tree = tree;
        _container = container;
        _makes = makes;
        _strong = strong;
    }

    public static Spine Of(PageTree tree, PageWeights weights, int container)
    {
        var makes = Makes(tree, container);
        var shares = new Dictionary<ulong, int>();
        var all = 0;
        foreach (var block in TextBlocks.In(tree, weights, container, tree.End(container)))
        {
            if (!weights.IsParagraph(block) || block == container) continue;
            var make = makes[tree.Parent(block) - container];
            shares[make] = shares.GetValueOrDefault(make) + weights.Text[block] - weights.Link[block];
            all += weights.Text[block] - weights.Link[block];
        }

        var strong = new bool[makes.Length];
        for (var i = 0; i < strong.Length; i++) strong[i] = tree.Role(container + i) != TagRole.Text && shares.GetValueOrDefault(makes[i]) > all * LeastShare;
        return new Spine(tree, container, makes, strong);
    }

    /// <summary>Whether a block stands among the article's own paragraphs, and not in a box beside or between them.</summary>
    public bool Holds(int block) => block == _container || StandsIn(block, IsStrong);

    /// <summary>Whether an element is a wrapper of the article's own paragraphs.</summary>
    public bool IsStrong(int i) => _strong[i - _container];

    /// <summary>Whether a block stands beside several wrappers of the article's own paragraphs: templates wrap most of a text, and not each line.</summary>
    public bool StandsBesideParts(int block)
    {
        var parent = _tree.Parent(block);
        if (parent < _container || !(_tree.Name(block) is "p" || _tree.Role(block) == TagRole.Heading)) return false;
        if (_holdsParts.TryGetValue(parent, out var holds)) return holds;
        var parts = 0;
        for (var child = parent + 1; child < _tree.End(parent) && parts < 2; child = _tree.End(child))
            if (IsAround(child)) parts++;
        return _holdsParts[parent] = parts == 2;
    }

    /// <summary>Whether an element holds wrappers of the article's own paragraphs.</summary>
    public bool IsAround(int i) => Array.IndexOf(_strong, true, i - _container, _tree.End(i) - i) >= 0;

    /// <summary>Tags and classes from the container down to an element, as one number.</summary>
    public ulong MakeOf(int i) => _makes[i - _container];

    /// <summary>Whether a block, or the list or table that it is of, stands directly in an element of some kind.</summary>
    public bool StandsIn(int block, Func<int, bool> isKind)
    {
        for (var at = block; at > _container; at = _tree.Parent(at))
        {
            if (isKind(_tree.Parent(at))) return true;
            if (_tree.Name(at) is "div" or "section" or "aside" or "header" or "footer" or "article" or "figure" || _tree.Role(at) == TagRole.Inline) return false;
        }

        return false;
    }

    /// <summary>Whether an element is a wrapper among the article's own paragraphs that holds none of them.</summary>
    public bool IsBox(int i) =>
        _tree.Name(i) is "div" or "section" or "aside" or "article" or "header" or "footer" && IsStrong(_tree.Parent(i)) && !IsAround(i);

    // Of each element inside: its tags and classes up to the container, as one number. Numbered classes are of one block only.
    private static ulong[] Makes(PageTree tree, int container)
    {
        var makes = new ulong[tree.End(container) - container];
        for (var i = container + 1; i < tree.End(container); i++)
        {
            if (tree.Role(i) == TagRole.Text) continue;
            var make = Mix(makes[tree.Parent(i) - container], tree.Name(i));
            if (tree.Element(i)?.GetAttribute("class") is { } names)
                foreach (var name in names.AsSpan().Split(' '))
                    if (!names.AsSpan(name).ContainsAnyInRange('0', '9')) make = Mix(make, names.AsSpan(name));
            makes[i - container] = make;
        }

        return makes;
    }

    private static ulong Mix(ulong hash, ReadOnlySpan<char> text)
    {
        hash = (hash ^ 0x9e3779b97f4a7c15) * 1099511628211;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211;
        return hash;
    }
}
