using System.Text;
using Dibao.Feeds.Text;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds;

/// <summary>One subscription of a list.</summary>
/// <param name="XmlUrl">The feed.</param>
/// <param name="HtmlUrl">The site, when given.</param>
/// <param name="Category">Titles of the outlines around it, outermost first; empty at the top.</param>
public sealed record OpmlOutline(string Title, string XmlUrl, string? HtmlUrl, IReadOnlyList<string> Category);

/// <summary>What reading a subscription list can end as.</summary>
public abstract record OpmlReading
{
    private OpmlReading() { }

    /// <param name="Title">Plain text; empty when the list has none.</param>
    /// <param name="Outlines">In the order of the document.</param>
    /// <param name="Warnings">Outlines left out, each with its line.</param>
    public sealed record Found(string Title, IReadOnlyList<OpmlOutline> Outlines, IReadOnlyList<string> Warnings) : OpmlReading;

    /// <param name="Line">From 1: where reading failed.</param>
    /// <param name="Message">An English sentence for a person: the thing, the cause and the remedy.</param>
    public sealed record Failed(int Line, string Message) : OpmlReading;
}

/// <summary>Subscription lists.</summary>
/// <remarks>OPML 1.0, 1.1 and 2.0 (opml.org/spec2.opml).</remarks>
public static class Opml
{
    private const int MaxWarnings = 100;

    /// <summary>Never throws on bad input; reads as tolerantly as <see cref="FeedReader"/>, within the same limits.</summary>
    public static OpmlReading Read(ReadOnlyMemory<byte> bytes)
    {
        var limits = new FeedLimits();
        if (bytes.Length > limits.MaxBytes)
            return new OpmlReading.Failed(1, $"The list has {bytes.Length} bytes; {limits.MaxBytes} are allowed. Split it.");
        var text = TextDecoder.Decode(bytes.Span).Text;
        using var document = OpmlDocument.Parse(text);
        if (document.Root is not { } root)
            return new OpmlReading.Failed(1, "The file is no OPML: it has no <opml> element. Export the list again as OPML.");
        if (Child(root, Tag.Body) is not { } body)
            return new OpmlReading.Failed(LineOf(text, document.OffsetOf(root)), "The OPML has no <body>, so no outlines. Export the list again.");
        if (document.IsIncomplete)
            return new OpmlReading.Failed(
                LineOf(text, document.IsCutOff ? text.Length : document.OffsetOf(root)),
                "The OPML is cut off, too deep or too long. Export the list again; nothing of it was taken.");
        return Collect(document, root, body, text);
    }

    private static XmlElement? Child(XmlElement parent, Tag tag)
    {
        foreach (var child in parent.Elements)
            if (child.Tag == tag)
                return child;
        return null;
    }

    private static OpmlReading.Found Collect(OpmlDocument document, XmlElement root, XmlElement body, string text)
    {
        var outlines = new List<OpmlOutline>();
        var warnings = new List<string>();
        var lines = new LineCounter(text);
        Collect(body, [], outlines, element => warnings.Add($"Line {lines.LineOf(document.OffsetOf(element))}: the outline's feed has no usable address."));
        var title = Child(root, Tag.Head) is { } head ? Child(head, Tag.Title) : null;
        return new(title is null ? "" : PlainText.Fold(title.Value.Text()), outlines, [.. warnings.Take(MaxWarnings)]);
    }

    private static void Collect(XmlElement parent, IReadOnlyList<string> category, List<OpmlOutline> found, Action<XmlElement> refuse)
    {
        foreach (var outline in parent.Elements)
        {
            if (outline.Tag != Tag.Outline)
                continue;
            var title = PlainText.FromHtml(NonEmpty(outline.Attribute("title")) ?? outline.Attribute("text") ?? "");
            var url = Urls.Resolve(outline.Attribute("xmlUrl"), baseUrl: null);
            if (url is not null && Urls.IsHttp(url))
                found.Add(new(title, url, NonEmpty(Urls.Resolve(outline.Attribute("htmlUrl"), baseUrl: null)), category));
            else if (outline.Attribute("xmlUrl") is not null)
                refuse(outline);
            if (outline.HasElements)
                Collect(outline, title.Length == 0 ? category : [.. category, title], found, refuse);
        }
    }

    /// <summary>
    /// OPML 2.0 in UTF-8. The same outlines give the same bytes, whatever their order: categories, then titles, then addresses by code
    /// point; no dates.
    /// </summary>
    public static byte[] Write(string title, IEnumerable<OpmlOutline> outlines)
    {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>")
            .Append(Escape(title)).Append("</title>\n  </head>\n  <body>\n");
        var sorted = outlines.OrderBy(outline => outline.Title, StringComparer.Ordinal)
            .ThenBy(outline => outline.XmlUrl, StringComparer.Ordinal).ToList();
        WriteLevel(xml, sorted, depth: 0);
        return Encoding.UTF8.GetBytes(xml.Append("  </body>\n</opml>\n").ToString());
    }

    private static void WriteLevel(StringBuilder xml, List<OpmlOutline> outlines, int depth)
    {
        var indent = new string(' ', 4 + 2 * depth);
        foreach (var group in outlines.Where(outline => outline.Category.Count > depth)
            .GroupBy(outline => outline.Category[depth]).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            xml.Append(indent).Append("<outline text=\"").Append(Escape(group.Key)).Append("\">\n");
            WriteLevel(xml, [.. group], depth + 1);
            xml.Append(indent).Append("</outline>\n");
        }

        foreach (var outline in outlines.Where(outline => outline.Category.Count == depth))
        {
            var name = Escape(outline.Title);
            xml.Append(indent).Append("<outline type=\"rss\" text=\"").Append(name).Append("\" title=\"").Append(name)
                .Append("\" xmlUrl=\"").Append(Escape(outline.XmlUrl));
            if (outline.HtmlUrl is { } site)
                xml.Append("\" htmlUrl=\"").Append(Escape(site));
            xml.Append("\"/>\n");
        }
    }

    private static string Escape(string text) =>
        XmlText.Escape(XmlText.Clean(text)).Replace("\"", "&quot;", StringComparison.Ordinal)
            .Replace("\n", "&#10;", StringComparison.Ordinal).Replace("\t", "&#9;", StringComparison.Ordinal);

    private static string? NonEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static int LineOf(string text, int offset) => text.AsSpan(0, offset).Count('\n') + 1;

    /// <summary>Counts on from where it stopped, so that many warnings cost one pass.</summary>
    private sealed class LineCounter(string text)
    {
        private int at;
        private int line = 1;

        public int LineOf(int offset)
        {
            line += text.AsSpan(at, Math.Max(0, offset - at)).Count('\n');
            at = Math.Max(at, offset);
            return line;
        }
    }
}
