namespace Dibao.Extract.Markup;

/// <summary>
/// A page as HTML's rules of tree construction give it: rows that link to each other and point into the page, which is not copied.
/// </summary>
/// <remarks>
/// Row 0 is the document. The children of a template are what the standard calls its contents. The room is used again by the next
/// page of the thread once the tree is disposed of, so nothing of it may be held longer.
/// </remarks>
internal sealed class MarkupTree : IDisposable
{
    private const int MaxRowsKept = 65_536;

    [ThreadStatic]
    private static MarkupTree? s_spare;

    private MarkupRow[] _rows = new MarkupRow[4096];
    private MarkupAttribute[] _attributes = new MarkupAttribute[4096];
    private MarkupElement?[] _elements = new MarkupElement?[4096];
    private TextPiece[] _pieces = new TextPiece[64];
    private int _pieceCount;
    private int _last;

    private MarkupTree() { }

    public string Page { get; private set; } = "";

    /// <summary>Of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Of attributes that belong to elements.</summary>
    public int AttributeCount { get; private set; }

    public TagNames Names { get; } = new();

    /// <summary>Name, public and system identifier; null for none of them.</summary>
    public (string? Name, string? PublicId, string? SystemId) Doctype { get; set; }

    /// <summary>The html element.</summary>
    public MarkupElement? Root => Child(0, Tag.Html) is >= 0 and var root ? ElementOf(root) : null;

    /// <summary>The row of the body; -1 for a page of frames.</summary>
    public int Body => Root is { Row: var root } ? Child(root, Tag.Body) : -1;

    /// <summary>What the first title element says.</summary>
    public string Title
    {
        get
        {
            for (var row = 0; row < Count; row++)
                if (IsElement(row, Tag.Title)) return ElementOf(row).TextContent;
            return "";
        }
    }

    public ref MarkupRow this[int row] => ref _rows[row];

    public static MarkupTree Take(string page)
    {
        var tree = s_spare ?? new MarkupTree();
        s_spare = null;
        tree.Page = page;
        tree.Doctype = default;
        tree.Names.Reset();
        (tree.Count, tree.AttributeCount, tree._pieceCount, tree._last) = (0, 0, 0, 0);
        tree.Add(RowKind.Document, 0, 0);
        return tree;
    }

    /// <summary>Gives the room to the next page of this thread.</summary>
    public void Dispose()
    {
        if (_rows.Length > MaxRowsKept || _attributes.Length > MaxRowsKept) return;
        Array.Clear(_attributes, 0, Math.Max(AttributeCount, _last)); // the values that were decoded
        Page = "";
        s_spare = this;
    }

    /// <summary>Says what the rows point into, where that was not known before.</summary>
    public void Point(string page) => Page = page;

    public int Add(RowKind kind, int start, int length)
    {
        if (Count == _rows.Length) Array.Resize(ref _rows, Count * 2);
        ref var row = ref _rows[Count];
        row = default;
        (row.Kind, row.Start, row.Length) = (kind, start, length);
        row.Parent = row.First = row.Last = row.Previous = row.Next = row.More = -1;
        return Count++;
    }

    /// <summary>An element with attributes that were read for it.</summary>
    public int AddElement(Tag tag, NameSpace space, int start, int length)
    {
        var row = Add(RowKind.Element, start, length);
        (_rows[row].Tag, _rows[row].Space) = (tag, space);
        AttributeCount = Math.Max(AttributeCount, start + length);
        return row;
    }

    /// <summary>Room for one more attribute of the tag that is being read; it is nobody's until an element takes it.</summary>
    public ref MarkupAttribute AttributeAt(int place)
    {
        if (place == _attributes.Length) Array.Resize(ref _attributes, place * 2);
        _last = Math.Max(_last, place + 1);
        return ref _attributes[place];
    }

    /// <summary>Gives an element other attributes.</summary>
    public void TakeAttributes(int row, int start, int length)
    {
        (_rows[row].Start, _rows[row].Length) = (start, length);
        AttributeCount = Math.Max(AttributeCount, start + length);
    }

    public ReadOnlySpan<char> NameOf(ref MarkupAttribute attribute) => Page.AsSpan(attribute.NameStart, attribute.NameLength);

    public string ValueOf(ref MarkupAttribute attribute) =>
        attribute.Value ??= attribute.ValueLength == 0 ? "" : CharacterReferences.Decode(Page.AsSpan(attribute.ValueStart, attribute.ValueLength), TextForm.NullShown, inAttribute: true);

    /// <summary>The attributes of an element, with those that a second of the same name hides.</summary>
    public Span<MarkupAttribute> AttributesOf(int row) => _attributes.AsSpan(_rows[row].Start, _rows[row].Length);

    /// <summary>The element as a thing of its own, the same each time.</summary>
    public MarkupElement ElementOf(int row)
    {
        if (row >= _elements.Length) Array.Resize(ref _elements, _rows.Length);
        return _elements[row] ??= new MarkupElement(this, row);
    }

    public bool IsElement(int row, Tag tag) => _rows[row].Kind == RowKind.Element && _rows[row].Tag == tag && _rows[row].Space == NameSpace.Html;

    /// <summary>The next row in document order, inside of <paramref name="top"/>; -1 at its end.</summary>
    /// <param name="inside">False to pass over what the row holds.</param>
    public int Following(int row, int top, bool inside = true)
    {
        if (inside && _rows[row].First >= 0) return _rows[row].First;
        while (row != top)
        {
            if (_rows[row].Next >= 0) return _rows[row].Next;
            row = _rows[row].Parent;
        }

        return -1;
    }

    /// <summary>As the last child.</summary>
    public void Append(int parent, int row) => InsertBefore(parent, row, -1);

    /// <param name="before">A child of the parent; -1 for its end.</param>
    public void InsertBefore(int parent, int row, int before)
    {
        ref var own = ref _rows[row];
        var previous = before >= 0 ? _rows[before].Previous : _rows[parent].Last;
        (own.Parent, own.Previous, own.Next) = (parent, previous, before);
        if (previous >= 0) _rows[previous].Next = row;
        else _rows[parent].First = row;
        if (before >= 0) _rows[before].Previous = row;
        else _rows[parent].Last = row;
    }

    public void Remove(int row)
    {
        ref var own = ref _rows[row];
        if (own.Parent < 0) return;
        if (own.Previous >= 0) _rows[own.Previous].Next = own.Next;
        else _rows[own.Parent].First = own.Next;
        if (own.Next >= 0) _rows[own.Next].Previous = own.Previous;
        else _rows[own.Parent].Last = own.Previous;
        own.Parent = own.Previous = own.Next = -1;
    }

    public void MoveChildren(int from, int to)
    {
        for (var child = _rows[from].First; child >= 0;)
        {
            var next = _rows[child].Next;
            Remove(child);
            Append(to, child);
            child = next;
        }
    }

    /// <summary>Adds characters of the page to a text: to its last piece where they follow it, else as another one.</summary>
    public void Lengthen(int text, int start, int length, TextForm form)
    {
        ref var row = ref _rows[text];
        // The place of the last piece is kept in Last, which a text has no other use for.
        if (row.Last < 0)
        {
            if (row.Start + row.Length == start && row.Form == form) { row.Length += length; return; }
            row.More = row.Last = AddPiece(start, length, form);
            return;
        }

        ref var last = ref _pieces[row.Last];
        if (last.Start + last.Length == start && last.Form == form) { last.Length += length; return; }
        var added = AddPiece(start, length, form);
        _pieces[row.Last].Next = added;
        row.Last = added;
    }

    /// <summary>What a text or a comment says.</summary>
    public string TextOf(int row)
    {
        ref var own = ref _rows[row];
        var text = CharacterReferences.Decode(Page.AsSpan(own.Start, own.Length), own.Form, inAttribute: false);
        if (own.More < 0) return text;
        var whole = new System.Text.StringBuilder(text);
        for (var at = own.More; at >= 0; at = _pieces[at].Next)
            whole.Append(CharacterReferences.Decode(Page.AsSpan(_pieces[at].Start, _pieces[at].Length), _pieces[at].Form, inAttribute: false));
        return whole.ToString();
    }

    private int Child(int parent, Tag tag)
    {
        var child = _rows[parent].First;
        while (child >= 0 && !IsElement(child, tag)) child = _rows[child].Next;
        return child;
    }

    private int AddPiece(int start, int length, TextForm form)
    {
        if (_pieceCount == _pieces.Length) Array.Resize(ref _pieces, _pieceCount * 2);
        _pieces[_pieceCount] = new TextPiece(start, length, form, -1);
        return _pieceCount++;
    }
}
