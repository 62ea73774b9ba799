using Dibao.Feeds.Text;

namespace Dibao.Feeds.Xml;

internal enum XmlNodeKind : byte
{
    Element,
    Text,
    CData,
}

/// <summary>A node by where its parts lie: nothing of it is copied until a field asks for it.</summary>
internal struct XmlNode
{
    public XmlNodeKind Kind;
    public Vocabulary Vocabulary;
    public Tag Tag;

    /// <summary>An end tag (its own or an ancestor's) was seen.</summary>
    public bool Closed;
    public int Parent;
    public int Next;
    public int FirstChild;
    public int LastChild;

    /// <summary>An element's qualified name as written; a text's characters.</summary>
    public TextSpan Span;
    public int FirstAttribute;
    public int AttributeCount;
    public NamespaceScope? Scope;
}

/// <summary>Part of a document as a tree over its characters: one entry, or what a feed says of itself. Used again for the next.</summary>
internal sealed class XmlFragment(TextWindow window)
{
    public const int None = -1;

    private readonly TextBuffer scratch = new();
    private XmlNode[] nodes = new XmlNode[64];
    private XmlAttribute[] attributes = new XmlAttribute[64];
    private int attributeCount;

    public int Count { get; private set; }

    /// <summary>Nodes and attributes: what its memory follows.</summary>
    public int Size => Count + attributeCount;

    public EntityTable Entities { get; set; } = EntityTable.None;

    /// <summary>What the elements around the fragment say.</summary>
    public XmlContext Context { get; set; } = XmlContext.None;

    public XmlElement Root => new(this, 0);

    public ref XmlNode this[int index] => ref nodes[index];

    public ReadOnlySpan<char> this[TextSpan span] => window[span];

    public TextWindow Window => window;

    /// <summary>For one text at a time.</summary>
    public TextBuffer Scratch => scratch;

    /// <summary>For one piece of markup at a time, whose texts use the other.</summary>
    public TextBuffer MarkupScratch { get; } = new();

    public ReadOnlySpan<XmlAttribute> AttributesOf(ref XmlNode node) => attributes.AsSpan(node.FirstAttribute, node.AttributeCount);

    public void Clear() => Count = attributeCount = 0;

    public int AddElement(int parent, TextSpan name, Tag tag, Vocabulary vocabulary, NamespaceScope? scope, ReadOnlySpan<XmlAttribute> written)
    {
        var index = Add(parent, XmlNodeKind.Element, name);
        ref var node = ref nodes[index];
        (node.Tag, node.Vocabulary, node.Scope) = (tag, vocabulary, scope);
        (node.FirstAttribute, node.AttributeCount) = (attributeCount, written.Length);
        if (attributeCount + written.Length > attributes.Length)
            Array.Resize(ref attributes, Math.Max(attributes.Length * 2, attributeCount + written.Length));
        written.CopyTo(attributes.AsSpan(attributeCount));
        attributeCount += written.Length;
        return index;
    }

    public void AddText(int parent, TextSpan text, bool verbatim) => Add(parent, verbatim ? XmlNodeKind.CData : XmlNodeKind.Text, text);

    /// <summary>Takes over another fragment, characters and all, as one more child of this one's root.</summary>
    public void Adopt(XmlFragment other, int length)
    {
        var shift = window.Length;
        window.Append(other.Window.Text[..length]);
        var (first, firstAttribute) = (Count, attributeCount);
        for (var i = 0; i < other.Count; i++)
        {
            ref var node = ref other.nodes[i];
            var parent = i == 0 ? 0 : node.Parent + first;
            var index = node.Kind == XmlNodeKind.Element
                ? AddElement(parent, Shift(node.Span, shift), node.Tag, node.Vocabulary, node.Scope, other.AttributesOf(ref node))
                : Add(parent, node.Kind, Shift(node.Span, shift));
            nodes[index].Closed = node.Closed;
        }

        foreach (ref var attribute in attributes.AsSpan(firstAttribute, attributeCount - firstAttribute))
            attribute = new(Shift(attribute.Name, shift), Shift(attribute.Value, shift));
    }

    private static TextSpan Shift(TextSpan span, int by) => span with { Start = span.Start + by };

    private int Add(int parent, XmlNodeKind kind, TextSpan span)
    {
        if (Count == nodes.Length)
            Array.Resize(ref nodes, Count * 2);
        ref var node = ref nodes[Count];
        node = new() { Kind = kind, Span = span, Parent = parent, Next = None, FirstChild = None, LastChild = None };
        if (parent != None)
        {
            ref var above = ref nodes[parent];
            if (above.LastChild == None)
                above.FirstChild = Count;
            else
                nodes[above.LastChild].Next = Count;
            above.LastChild = Count;
        }

        return Count++;
    }
}

/// <summary>What is inherited from the elements around a fragment.</summary>
/// <param name="Base">Absolute where one was known: every <c>xml:base</c> from the root inwards, from the document's URL.</param>
/// <param name="Language">The innermost <c>xml:lang</c>.</param>
internal sealed record XmlContext(string? Base, string? Language, NamespaceScope? Scope)
{
    public static XmlContext None { get; } = new(null, null, null);
}
