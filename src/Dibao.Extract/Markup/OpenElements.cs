namespace Dibao.Extract.Markup;

/// <summary>An element that no end tag has ended yet.</summary>
internal readonly record struct OpenElement(int Row, Tag Tag, NameSpace Space, Traits Traits)
{
    public bool Is(Tag tag) => Tag == tag && Space == NameSpace.Html;

    public bool Has(Traits trait) => (Traits & trait) != Traits.None;
}

/// <summary>The stack of open elements (HTML §13.2.4.2). Its first is the html element.</summary>
/// <remarks>How many of each name are open is counted, so that most searches end before they begin.</remarks>
internal sealed class OpenElements(MarkupTree tree)
{
    private readonly int[] _counts = new int[(int)Tag.Other];
    private OpenElement[] _items = new OpenElement[64];

    public int Count { get; private set; }

    public ref readonly OpenElement this[int at] => ref _items[at];

    /// <summary>The current node.</summary>
    public ref readonly OpenElement Top => ref _items[Count - 1];

    public void Push(int row) => Insert(Count, row);

    public void Insert(int at, int row)
    {
        if (Count == _items.Length) Array.Resize(ref _items, Count * 2);
        Array.Copy(_items, at, _items, at + 1, Count - at);
        ref var own = ref tree[row];
        _items[at] = new OpenElement(row, own.Tag, own.Space, TraitTable.Of(own.Tag, own.Space));
        own.IsOpen = true;
        Count++;
        Counted(_items[at], 1);
    }

    public void Replace(int at, int row)
    {
        tree[_items[at].Row].IsOpen = false;
        tree[row].IsOpen = true;
        _items[at] = _items[at] with { Row = row };
    }

    public void Pop() => RemoveAt(Count - 1);

    public void RemoveAt(int at)
    {
        Counted(_items[at], -1);
        tree[_items[at].Row].IsOpen = false;
        Count--;
        Array.Copy(_items, at + 1, _items, at, Count - at);
    }

    public void Remove(int row)
    {
        if (tree[row].IsOpen) RemoveAt(IndexOf(row));
    }

    public void PopTo(int count)
    {
        while (Count > count) Pop();
    }

    /// <summary>Pops up to the nearest of a name, with it.</summary>
    public void PopUntil(Tag tag)
    {
        while (Count > 0)
        {
            var found = Top.Is(tag);
            Pop();
            if (found) return;
        }
    }

    public int IndexOf(int row)
    {
        var at = Count - 1;
        while (at >= 0 && _items[at].Row != row) at--;
        return at;
    }

    /// <summary>-1 for none.</summary>
    public int LastIndexOf(Tag tag)
    {
        if (!Has(tag)) return -1;
        var at = Count - 1;
        while (!_items[at].Is(tag)) at--;
        return at;
    }

    public bool Has(Tag tag) => tag >= Tag.Other || _counts[(int)tag] > 0;

    /// <summary>Whether one of the name is open, before any element that ends this kind of scope.</summary>
    public bool InScope(Tag tag, Traits end = Traits.Scope)
    {
        if (!Has(tag)) return false;
        for (var at = Count - 1; at >= 0; at--)
        {
            if (_items[at].Is(tag)) return true;
            if (_items[at].Has(end)) return false;
        }

        return false;
    }

    public bool InScope(int row)
    {
        if (!tree[row].IsOpen) return false;
        for (var at = Count - 1; at >= 0; at--)
        {
            if (_items[at].Row == row) return true;
            if (_items[at].Has(Traits.Scope)) return false;
        }

        return false;
    }

    private void Counted(in OpenElement element, int by)
    {
        if (element.Space == NameSpace.Html && element.Tag < Tag.Other) _counts[(int)element.Tag] += by;
    }
}
