namespace Dibao.Feeds.Formats;

/// <summary>Why bytes are no feed, in words for the person who gave the address.</summary>
internal static class Refusals
{
    public static FeedReading.NotAFeed Empty() => new(
        NotAFeedReason.Empty, "The feed is empty. Try again later, or open its address in a browser.");

    public static FeedReading.NotAFeed TooLarge(FeedLimits limits) => new(
        NotAFeedReason.TooLarge,
        $"The feed has more than {limits.MaxBytes} bytes, which is what is allowed. Look for a smaller feed of the outlet, or raise the limit.");

    public static FeedReading.NotAFeed EntryTooLarge(FeedLimits limits) => new(
        NotAFeedReason.TooLarge,
        $"The feed's first entry has more than {limits.MaxEntryLength} characters or {limits.MaxNodes} nodes. This is an attack or a defect: tell its publisher.");

    public static FeedReading.NotAFeed TooDeep(FeedLimits limits) => new(
        NotAFeedReason.TooDeep,
        $"The feed's elements are nested deeper than {limits.MaxDepth}. This is an attack or a defect: tell its publisher.");

    public static FeedReading.NotAFeed EntityBomb() => new(
        NotAFeedReason.EntityBomb,
        "The feed declares entities that expand beyond all measure. This is an attack or a defect: tell its publisher.");

    public static FeedReading.NotAFeed HtmlPage() => new(
        NotAFeedReason.Html,
        "The address gives a web page, not a feed. Add the page itself to find its feeds, or give the feed's address.");

    public static FeedReading.NotAFeed Unknown() => new(
        NotAFeedReason.Unknown,
        "The address gives neither RSS, Atom nor JSON Feed. Check it in a browser, or look for a feed on the outlet's pages.");

    public static FeedReading.NotAFeed UnknownJson() => new(
        NotAFeedReason.Unknown,
        "The address gives JSON that is no JSON Feed, or is cut off. Look for a feed on the outlet's pages.");

    public static FeedReading.NotAFeed Packed() => new(
        NotAFeedReason.Unknown, "The feed is packed as gzip, and the packing is broken. Try again later.");
}
