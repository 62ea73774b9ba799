namespace Dibao.Feeds.Xml;

/// <summary>An open element that stands around fragments: a feed's root, its channel, or a wrapper that somebody put around them.</summary>
/// <param name="Attributes">Qualified names as written, values with references replaced.</param>
internal sealed record XmlFrame(
    Tag Tag, Vocabulary Vocabulary, string QualifiedName, KeyValuePair<string, string>[] Attributes, XmlContext Context)
{
    /// <summary>By qualified or else local name, in any case; null when absent.</summary>
    public string? Attribute(string wanted)
    {
        foreach (var (name, value) in Attributes)
            if (name.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                return value;
        foreach (var (name, value) in Attributes)
            if (name.AsSpan(name.IndexOf(':', StringComparison.Ordinal) + 1).Equals(wanted, StringComparison.OrdinalIgnoreCase))
                return value;
        return null;
    }
}

/// <summary>Which elements hold a kind of document together and which of them are read one by one.</summary>
internal abstract class XmlFraming
{
    /// <summary>The open frames, outermost first.</summary>
    public List<XmlFrame> Frames { get; } = [];

    /// <summary>What the document says around the root: where its URL is the base.</summary>
    public XmlContext Outside { get; init; } = XmlContext.None;

    public XmlContext Context => Frames.Count == 0 ? Outside : Frames[^1].Context;

    /// <summary>The document's element was read to its end: what follows is junk.</summary>
    public bool IsOver { get; protected set; }

    /// <summary>The element is to be a frame.</summary>
    public abstract bool IsFrame(Tag tag, Vocabulary vocabulary);

    /// <summary>The element is one of those that make up the document's list.</summary>
    public abstract bool IsEntry(Tag tag, Vocabulary vocabulary);

    /// <summary>Nothing outside a frame is worth keeping.</summary>
    public abstract bool HasRoot { get; }

    public abstract void Opened(XmlFrame frame);

    /// <summary>The frames from here on were closed.</summary>
    public abstract void Closed(int index);
}
