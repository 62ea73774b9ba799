namespace Dibao.Feeds.Xml;

/// <summary>A subscription list as one tree.</summary>
internal sealed class OpmlDocument : IDisposable
{
    private readonly TextWindow window = new() { IsFinal = true };
    private readonly long released;
    private readonly XmlTreeBuilder builder;

    private OpmlDocument(string text)
    {
        window.Append(text);
        var limits = new FeedLimits { MaxEntryLength = int.MaxValue, MaxNodes = 1_000_000 };
        var fragment = new XmlFragment(window);
        builder = new(window, new(window) { MaxEntityExpansion = limits.MaxEntityExpansion }, fragment, new Framing(), limits);
        if (builder.Next() == XmlStep.Fragment || fragment.Count > 0)
            Root = fragment.Root;
        released = window.Released;
    }

    /// <summary>The <c>opml</c> element; null when there is none.</summary>
    public XmlElement? Root { get; }

    public bool IsCutOff => builder.Truncated;

    public bool IsIncomplete => builder.Truncated || builder.TooDeep || builder.TooLarge;

    public void Dispose() => window.Dispose();

    public static OpmlDocument Parse(string text) => new(text);

    /// <summary>Of the start tag in the text, in characters.</summary>
    public int OffsetOf(XmlElement element) => (int)released + element.Fragment[element.Index].Span.Start - 1;

    private sealed class Framing : XmlFraming
    {
        public override bool HasRoot => false;

        public override bool IsFrame(Tag tag, Vocabulary vocabulary) => tag != Tag.Opml;

        public override bool IsEntry(Tag tag, Vocabulary vocabulary) => false;

        public override void Opened(XmlFrame frame)
        {
        }

        public override void Closed(int index)
        {
        }
    }
}
