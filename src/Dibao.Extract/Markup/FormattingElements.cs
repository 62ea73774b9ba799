namespace Dibao.Extract.Markup;

/// <summary>The list of active formatting elements (HTML §13.2.4.3), with the marks that cells and objects set in it.</summary>
internal sealed class FormattingElements(MarkupTree tree)
{
    private const int Marker = -1;

    // The standard's own bound: of elements that are alike in all.
    private const int MaxAlike = 3;

    // Ours: of all since the last marker. A page that opens more never closes them, and each of its blocks would open all of them anew.
    private const int MaxOpen = 24;

    private readonly List<int> _items = [];

    public int Count => _items.Count;

    /// <summary>-1 for a marker.</summary>
    public int this[int at]
    {
        get => _items[at];
        set => _items[at] = value;
    }

    public void Mark() => _items.Add(Marker);

    public void ClearToMarker()
    {
        var at = Math.Max(_items.LastIndexOf(Marker), 0);
        _items.RemoveRange(at, _items.Count - at);
    }

    /// <summary>False where there are too many: then the element is as any other.</summary>
    public bool Push(int row)
    {
        var (alike, first, since) = (0, -1, 0);
        for (var at = _items.Count - 1; at >= 0 && _items[at] != Marker; at--, since++)
            if (AreAlike(_items[at], row)) (alike, first) = (alike + 1, at);
        if (alike >= MaxAlike) _items.RemoveAt(first);
        else if (since >= MaxOpen) return false;
        _items.Add(row);
        return true;
    }

    public void Insert(int at, int row) => _items.Insert(at, row);

    public void RemoveAt(int at) => _items.RemoveAt(at);

    public void Remove(int row) => _items.Remove(row);

    public int IndexOf(int row) => _items.LastIndexOf(row);

    /// <summary>The last of a name behind the last marker; -1 for none.</summary>
    public int LastIndexOf(Tag tag)
    {
        for (var at = _items.Count - 1; at >= 0 && _items[at] != Marker; at--)
            if (tree[_items[at]].Tag == tag) return at;
        return -1;
    }

    private bool AreAlike(int one, int other) =>
        tree[one].Tag == tree[other].Tag && tree[one].Length == tree[other].Length && (tree[one].Length == 0 || PrintOf(one) == PrintOf(other));

    // The same for the same attributes, in whatever order these stand.
    private long PrintOf(int row)
    {
        var print = 0L;
        foreach (ref var attribute in tree.AttributesOf(row))
            print += HashCode.Combine(string.GetHashCode(tree.NameOf(ref attribute), StringComparison.OrdinalIgnoreCase), tree.ValueOf(ref attribute));
        return print;
    }
}
