using Dibao.Feeds.Text;

namespace Dibao.Feeds.Xml;

/// <summary>An element of a fragment, by reference: it lives as long as the fragment does.</summary>
internal readonly struct XmlElement(XmlFragment fragment, int index)
{
    public XmlFragment Fragment => fragment;

    public int Index => index;

    private ref XmlNode Node => ref fragment[index];

    public Tag Tag => Node.Tag;

    public Vocabulary Vocabulary => Node.Vocabulary;

    public NamespaceScope? Scope => Node.Scope;

    public bool Closed => Node.Closed;

    /// <summary>RSS's or Atom's own names.</summary>
    public bool IsNative => Node.Vocabulary is Vocabulary.Rss or Vocabulary.Atom;

    public bool IsRoot => index == 0;

    public XmlElement Parent => new(fragment, Node.Parent);

    public bool HasChildren => Node.FirstChild != XmlFragment.None;

    public ReadOnlySpan<char> QualifiedName => fragment[Node.Span];

    public ReadOnlySpan<char> LocalName => QualifiedName[(QualifiedName.IndexOf(':') + 1)..];

    public ReadOnlySpan<XmlAttribute> Attributes => fragment.AttributesOf(ref Node);

    public XmlChildren Elements => new(fragment, Node.FirstChild);

    public bool HasElements => Elements.MoveNext();

    public bool Is(Vocabulary vocabulary, Tag tag) => Node.Tag == tag && Node.Vocabulary == vocabulary;

    public bool IsNativeTag(Tag tag) => Node.Tag == tag && IsNative;

    /// <summary>The first child of that name among RSS's or Atom's own.</summary>
    public bool TryNative(Tag tag, out XmlElement found)
    {
        foreach (var child in Elements)
            if (child.IsNativeTag(tag))
            {
                found = child;
                return true;
            }

        found = default;
        return false;
    }

    /// <summary>By qualified or else local name, in any case; null when absent.</summary>
    public string? Attribute(string wanted) => TryAttribute(wanted, out var value) ? Decode(value) : null;

    public bool TryAttribute(string wanted, out TextSpan value)
    {
        var attributes = Attributes;
        foreach (var attribute in attributes)
            if (fragment[attribute.Name].Equals(wanted, StringComparison.OrdinalIgnoreCase))
            {
                value = attribute.Value;
                return true;
            }

        foreach (var attribute in attributes)
            if (fragment[attribute.Name] is var name && name.Length > wanted.Length && name[^(wanted.Length + 1)] == ':' &&
                name[^wanted.Length..].Equals(wanted, StringComparison.OrdinalIgnoreCase))
            {
                value = attribute.Value;
                return true;
            }

        value = default;
        return false;
    }

    /// <summary>Whether an attribute says exactly that, whatever its case and the space around it.</summary>
    public bool AttributeIs(string name, string value) =>
        TryAttribute(name, out var span) && fragment[span].Trim().Equals(value, StringComparison.OrdinalIgnoreCase);

    public string Decode(TextSpan value) => XmlText.Decode(fragment[value], verbatim: false, fragment.Entities, fragment.Scratch);

    /// <summary>What the nearest element says of it, this one first; null when none in the fragment does.</summary>
    /// <param name="wanted">A qualified name, as <c>xml:lang</c>.</param>
    public string? Inherited(string wanted)
    {
        for (var at = index; at != XmlFragment.None; at = fragment[at].Parent)
            foreach (var attribute in fragment.AttributesOf(ref fragment[at]))
                if (fragment[attribute.Name].Equals(wanted, StringComparison.OrdinalIgnoreCase))
                    return Decode(attribute.Value);
        return null;
    }

    public string? Language => Inherited("xml:lang") ?? fragment.Context.Language;

    /// <summary>The base in force here: each <c>xml:base</c> from the root inwards.</summary>
    public string? BaseUrl => BaseOf(index);

    private string? BaseOf(int at)
    {
        if (at == XmlFragment.None)
            return fragment.Context.Base;
        ref var node = ref fragment[at];
        foreach (var attribute in fragment.AttributesOf(ref node))
            if (fragment[attribute.Name].Equals("xml:base", StringComparison.OrdinalIgnoreCase))
                return Urls.Rebase(Decode(attribute.Value), BaseOf(node.Parent));
        return BaseOf(node.Parent);
    }

    /// <summary>Something other than white space is inside.</summary>
    public bool IsFilled
    {
        get
        {
            for (var at = Node.FirstChild; at != XmlFragment.None; at = fragment[at].Next)
                if (fragment[at].Kind == XmlNodeKind.Element || !fragment[fragment[at].Span].IsWhiteSpace())
                    return true;
            return false;
        }
    }

    /// <summary>Text other than white space stands directly inside, beside any elements.</summary>
    public bool HasOwnText
    {
        get
        {
            for (var at = Node.FirstChild; at != XmlFragment.None; at = fragment[at].Next)
                if (fragment[at].Kind != XmlNodeKind.Element && !fragment[fragment[at].Span].IsWhiteSpace())
                    return true;
            return false;
        }
    }

    /// <summary>All text inside, markup dropped, ends trimmed.</summary>
    public string Text()
    {
        var first = Node.FirstChild;
        if (first == XmlFragment.None)
            return "";
        ref var only = ref fragment[first];
        if (only.Next == XmlFragment.None && only.Kind != XmlNodeKind.Element)
            return XmlText.Decode(fragment[only.Span], only.Kind == XmlNodeKind.CData, fragment.Entities, fragment.Scratch);
        fragment.Scratch.Clear();
        AppendText(index);
        return fragment.Scratch.ToTrimmedString();
    }

    private void AppendText(int parent)
    {
        for (var at = fragment[parent].FirstChild; at != XmlFragment.None; at = fragment[at].Next)
        {
            ref var node = ref fragment[at];
            if (node.Kind == XmlNodeKind.Element)
                AppendText(at);
            else
                XmlText.Append(fragment[node.Span], node.Kind == XmlNodeKind.CData, fragment.Entities, fragment.Scratch);
        }
    }
}

/// <summary>An element's children that are elements, in the order of the document.</summary>
internal struct XmlChildren(XmlFragment fragment, int first)
{
    private int next = first;

    public XmlElement Current { get; private set; }

    public readonly XmlChildren GetEnumerator() => this;

    public bool MoveNext()
    {
        while (next != XmlFragment.None)
        {
            var at = next;
            ref var node = ref fragment[at];
            next = node.Next;
            if (node.Kind != XmlNodeKind.Element)
                continue;
            Current = new(fragment, at);
            return true;
        }

        return false;
    }
}
