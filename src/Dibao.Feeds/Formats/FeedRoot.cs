using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>Tells feeds from pages, and finds the feed among what stands around it.</summary>
internal static class FeedRoot
{
    private const int Head = 4096;

    /// <summary>The first tag is HTML's, so that a page is refused without building its tree.</summary>
    public static bool IsHtmlPage(string text)
    {
        var rest = text.AsSpan().TrimStart("\uFEFF\0 \t\r\n");
        while (rest.StartsWith("<!--") || rest.StartsWith("<?"))
        {
            var end = rest.IndexOf(rest[1] == '!' ? "-->" : "?>");
            if (end < 0)
                return false;
            rest = rest[(end + 2)..].TrimStart("> \t\r\n");
        }

        return StartsWithTag(rest, "<!doctype html") || StartsWithTag(rest, "<html");
    }

    private static bool StartsWithTag(ReadOnlySpan<char> text, string tag) =>
        text.StartsWith(tag, StringComparison.OrdinalIgnoreCase) &&
        (text.Length == tag.Length || text[tag.Length] is '>' or '[' || char.IsWhiteSpace(text[tag.Length]));

    /// <summary>For text in which no feed was found.</summary>
    public static bool LooksLikeHtml(string text)
    {
        var head = text.AsSpan(0, Math.Min(Head, text.Length));
        foreach (var tag in (ReadOnlySpan<string>)["<html", "<head", "<body", "<div", "<p>", "<h1", "<script", "<br", "<title"])
            if (head.Contains(tag, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    /// <summary>The outermost element with a feed's name; null when there is none.</summary>
    public static XmlElement? Find(XmlElement parent)
    {
        var queue = new Queue<XmlElement>([parent]);
        while (queue.TryDequeue(out var element))
        {
            if (FormatOf(element) is not null)
                return element;
            foreach (var child in element.Elements)
                queue.Enqueue(child);
        }

        return null;
    }

    /// <summary>By the element's name; null when it is no feed's root.</summary>
    public static FeedFormat? FormatOf(XmlElement element) => (element.Name, element.Vocabulary) switch
    {
        ("rdf", _) => FeedFormat.Rdf,
        ("rss" or "channel", _) => FeedFormat.Rss,
        ("feed", Vocabulary.Atom or Vocabulary.Rss) => FeedFormat.Atom,
        _ => null,
    };
}
