using Dibao.Feeds.Formats;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds;

/// <summary>Reads any news feed: RSS, RDF, Atom, JSON Feed, in any encoding, broken or not. Thread-safe.</summary>
public static class FeedReader
{
    private const int MaxWarnings = 20;

    /// <summary>
    /// The feed in the bytes. Bad input ends as <see cref="FeedReading.NotAFeed"/>, never as an exception; time and memory are linear
    /// in the bytes and bounded by the limits.
    /// </summary>
    /// <param name="contentType">The HTTP header, whose charset is one witness among others.</param>
    /// <param name="baseUrl">Where the bytes came from: relative URLs refer to it where the feed gives no other base.</param>
    public static FeedReading Read(
        ReadOnlyMemory<byte> bytes, string? contentType = null, string? baseUrl = null, FeedLimits? limits = null)
    {
        limits ??= new();
        // 1. Refuse what costs too much, before touching it.
        if (bytes.Length > limits.MaxBytes)
            return TooLarge(bytes.Length, limits);
        // 2. Bytes to text.
        var decoded = TextDecoder.Decode(bytes.Span, contentType);
        var start = SkipBlank(decoded.Text);
        if (start == decoded.Text.Length)
            return Empty();
        // 3. Text to feed, by its first character.
        var reading = decoded.Text[start] is '{' or '['
            ? ReadJson(decoded.Text[start..], baseUrl, limits)
            : ReadXml(decoded.Text, baseUrl, limits);
        // 4. What was learned on the way.
        return reading is FeedReading.Found found ? Complete(found.Feed, decoded) : reading;
    }

    private static FeedReading.Found Complete(Feed feed, DecodedText decoded)
    {
        var warnings = feed.Warnings.ToList();
        if (decoded.DeclarationLied)
            warnings.Insert(0, $"The declared encoding is wrong; the bytes were read as {decoded.Encoding}.");
        return new(feed with { Encoding = decoded.Encoding, Warnings = [.. warnings.Take(MaxWarnings)] });
    }

    private static int SkipBlank(string text)
    {
        var at = 0;
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] is '\uFEFF' or '\0'))
            at++;
        return at;
    }

    private static FeedReading ReadJson(string text, string? baseUrl, FeedLimits limits) =>
        JsonFeed.TryRead(text, baseUrl, limits) is { } feed
            ? new FeedReading.Found(feed)
            : new FeedReading.NotAFeed(
                NotAFeedReason.Unknown,
                "The address gives JSON that is no JSON Feed, or is cut off. Look for a feed on the outlet's pages.");

    private static FeedReading ReadXml(string text, string? baseUrl, FeedLimits limits)
    {
        if (FeedRoot.IsHtmlPage(text))
            return HtmlPage();
        var tree = XmlTree.Parse(text, limits);
        if (tree.EntityBomb)
            return new FeedReading.NotAFeed(
                NotAFeedReason.EntityBomb,
                "The feed declares entities that expand beyond all measure. This is an attack or a defect: tell its publisher.");
        if (FeedRoot.Find(tree.Document) is not { } root)
            return FeedRoot.LooksLikeHtml(text) ? HtmlPage() : Unknown();
        var feed = XmlFeed.Read(root, tree, baseUrl, limits);
        return tree.TooDeep && feed.Entries.Count == 0 ? TooDeep(limits) : new FeedReading.Found(feed);
    }

    private static FeedReading.NotAFeed Empty() => new(
        NotAFeedReason.Empty, "The feed is empty. Try again later, or open its address in a browser.");

    private static FeedReading.NotAFeed TooLarge(long length, FeedLimits limits) => new(
        NotAFeedReason.TooLarge,
        $"The feed has {length} bytes; {limits.MaxBytes} are allowed. Look for a smaller feed of the outlet, or raise the limit.");

    private static FeedReading.NotAFeed TooDeep(FeedLimits limits) => new(
        NotAFeedReason.TooDeep,
        $"The feed's elements are nested deeper than {limits.MaxDepth}. This is an attack or a defect: tell its publisher.");

    private static FeedReading.NotAFeed HtmlPage() => new(
        NotAFeedReason.Html,
        "The address gives a web page, not a feed. Add the page itself to find its feeds, or give the feed's address.");

    private static FeedReading.NotAFeed Unknown() => new(
        NotAFeedReason.Unknown,
        "The address gives neither RSS, Atom nor JSON Feed. Check it in a browser, or look for a feed on the outlet's pages.");
}
