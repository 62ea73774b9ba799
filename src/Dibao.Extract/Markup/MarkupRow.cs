namespace Dibao.Extract.Markup;

internal enum RowKind : byte
{
    Document,
    Doctype,
    Element,
    Text,
    Comment,
}

/// <summary>A node: a few numbers, its links to others, and where in the page it was written.</summary>
internal struct MarkupRow
{
    /// <summary>Rows; -1 for none.</summary>
    public int Parent, First, Last, Previous, Next;

    /// <summary>Of an element its attributes, as places in the tree's list of them; of a text or a comment its characters in the page.</summary>
    public int Start, Length;

    /// <summary>Of a text, the place of its next piece; -1 for none.</summary>
    public int More;

    public Tag Tag;
    public RowKind Kind;
    public NameSpace Space;
    public TextForm Form;

    /// <summary>Whether the element is on the stack of open elements, while the tree is built.</summary>
    public bool IsOpen;
}

/// <summary>How characters of the page are to be read.</summary>
[Flags]
internal enum TextForm : byte
{
    /// <summary>With character references; U+0000 is left out.</summary>
    Plain = 0,

    /// <summary>As they stand, without references.</summary>
    Raw = 1,

    /// <summary>U+0000 becomes U+FFFD.</summary>
    NullShown = 2,
}

/// <summary>A part of a text that stands elsewhere than the part before it: something that is no node was written between them.</summary>
internal record struct TextPiece(int Start, int Length, TextForm Form, int Next);

/// <summary>Where name and value were written. The value is decoded when it is asked for, once.</summary>
internal struct MarkupAttribute
{
    public int NameStart, NameLength, ValueStart, ValueLength;
    public string? Value;
}
