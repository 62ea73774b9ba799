namespace Dibao.Feeds.Formats;

/// <summary>Tells feeds from pages.</summary>
internal static class FeedRoot
{
    /// <summary>The first tag is HTML's, so that a page is refused without building its tree.</summary>
    public static bool IsHtmlPage(ReadOnlySpan<char> text)
    {
        var rest = text.TrimStart("\uFEFF\0 \t\r\n");
        var isDeclaredHtml = false;
        while (rest.StartsWith("<!") || rest.StartsWith("<?"))
        {
            isDeclaredHtml |= StartsWithTag(rest, "<!doctype html");
            var closing = rest.StartsWith("<!--") ? "-->" : rest[1] == '?' ? "?>" : ">";
            var end = rest.IndexOf(closing);
            if (end < 0)
                return isDeclaredHtml;
            rest = rest[(end + closing.Length)..].TrimStart(" \t\r\n");
        }

        // Some programs put HTML's document type before a feed.
        return StartsWithTag(rest, "<html") || isDeclaredHtml && !IsFeedTag(rest);
    }

    private static bool IsFeedTag(ReadOnlySpan<char> rest) =>
        StartsWithTag(rest, "<rss") || StartsWithTag(rest, "<rdf:rdf") || StartsWithTag(rest, "<feed") || StartsWithTag(rest, "<channel") ||
        StartsWithTag(rest, "<urlset") || StartsWithTag(rest, "<atom:feed");

    private static bool StartsWithTag(ReadOnlySpan<char> text, string tag) =>
        text.StartsWith(tag, StringComparison.OrdinalIgnoreCase) &&
        (text.Length == tag.Length || text[tag.Length] is '>' or '[' || char.IsWhiteSpace(text[tag.Length]));

    /// <summary>For text in which no feed was found.</summary>
    public static bool LooksLikeHtml(string head)
    {
        // A list of feeds has a head and a body, too.
        if (head.Contains("<opml", StringComparison.OrdinalIgnoreCase))
            return false;
        foreach (var tag in (ReadOnlySpan<string>)["<html", "<head", "<body", "<div", "<p>", "<h1", "<script", "<br", "<title"])
            if (head.Contains(tag, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
