namespace Dibao.Feeds.Xml;

internal abstract class XmlNode;

internal sealed class XmlTextNode(string value, bool verbatim) : XmlNode
{
    public string Value => value;

    /// <summary>From a CDATA section.</summary>
    public bool Verbatim => verbatim;
}

/// <summary>An element with its vocabulary resolved; names are compared in lower case because feeds spell <c>pubdate</c> too.</summary>
internal sealed class XmlElement(string name, Vocabulary vocabulary, XmlElement? parent, int offset) : XmlNode
{
    private List<XmlNode>? children;

    /// <summary>Local name, lower case.</summary>
    public string Name => name;

    public Vocabulary Vocabulary => vocabulary;

    public XmlElement? Parent => parent;

    /// <summary>Of the start tag in the decoded text, in characters.</summary>
    public int Offset => offset;

    /// <summary>An end tag (its own or an ancestor's) was seen.</summary>
    public bool Closed { get; set; }

    /// <summary>Qualified names as written.</summary>
    public KeyValuePair<string, string>[] Attributes { get; init; } = [];

    public IReadOnlyList<XmlNode> Children => children ?? (IReadOnlyList<XmlNode>)[];

    public IEnumerable<XmlElement> Elements => Children.OfType<XmlElement>();

    public void Add(XmlNode child) => (children ??= []).Add(child);

    /// <summary>By qualified or else local name, in any case; null when absent.</summary>
    public string? Attribute(string wanted)
    {
        foreach (var (key, value) in Attributes)
            if (key.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                return value;
        foreach (var (key, value) in Attributes)
            if (key.AsSpan(key.IndexOf(':', StringComparison.Ordinal) + 1).Equals(wanted, StringComparison.OrdinalIgnoreCase))
                return value;
        return null;
    }

    /// <summary>An <c>xml:</c> attribute of the nearest element that has it, this one first.</summary>
    public string? Inherited(string wanted)
    {
        for (var element = this; element is not null; element = element.Parent)
            foreach (var (key, value) in element.Attributes)
                if (key.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                    return value;
        return null;
    }

    /// <summary>All text inside, markup dropped, ends trimmed.</summary>
    public string Text()
    {
        if (Children is [XmlTextNode only])
            return only.Value.Trim();
        var text = new System.Text.StringBuilder();
        AppendText(text);
        return text.ToString().Trim();
    }

    private void AppendText(System.Text.StringBuilder text)
    {
        foreach (var child in Children)
            if (child is XmlTextNode node)
                text.Append(node.Value);
            else
                ((XmlElement)child).AppendText(text);
    }
}
