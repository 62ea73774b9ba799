using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>From the tree to the feed: head, entries, warnings.</summary>
internal static class XmlFeed
{
    public static Feed Read(XmlElement root, XmlTree tree, string? documentUrl, FeedLimits limits)
    {
        var format = FeedRoot.FormatOf(root) ?? FeedFormat.Rss;
        var feed = format == FeedFormat.Atom ? Atom.ReadFeed(root, documentUrl) : Rss.ReadFeed(root, format, documentUrl);
        var baseUrl = format == FeedFormat.Atom || !Urls.IsHttp(feed.Link) ? documentUrl : feed.Link;
        var elements = EntriesOf(root).ToList();
        // An entry cut off in the middle may lack its id: it would come back as another one when the feed is whole again.
        var entries = elements.Where(entry => entry.Closed).Take(limits.MaxEntries)
            .Select(entry => entry.Name == "entry" ? Atom.ReadEntry(entry, baseUrl) : Rss.ReadEntry(entry, baseUrl));
        return feed with { Entries = [.. entries], Warnings = [.. WarningsOf(tree, elements, limits)] };
    }

    // Items stand in the channel, or beside it (RDF), or where a careless publisher left them.
    private static IEnumerable<XmlElement> EntriesOf(XmlElement parent)
    {
        foreach (var child in parent.Elements)
            if (child.IsNative() && FeedNames.IsEntry(child.Name))
                yield return child;
            else if (child.Name is "channel" or "items" or "entries" or "rss" or "rdf" or "feed")
                foreach (var inner in EntriesOf(child))
                    yield return inner;
    }

    private static IEnumerable<string> WarningsOf(XmlTree tree, List<XmlElement> entries, FeedLimits limits)
    {
        if (tree.TooDeep)
            yield return $"Elements are nested deeper than {limits.MaxDepth}; reading stopped there.";
        if (tree.Full)
            yield return $"The feed is longer than allowed ({limits.MaxEntries} entries, {limits.MaxNodes} nodes); reading stopped there.";
        else if (tree.Truncated)
            yield return entries.Exists(entry => !entry.Closed)
                ? "The feed is cut off; its last entry is incomplete and was left out."
                : "The feed is cut off; its complete entries were read.";
        if (tree.Mended > 0)
            yield return $"The XML is not well-formed: {tree.Mended} tags were mended.";
    }
}
