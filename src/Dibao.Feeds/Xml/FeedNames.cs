using System.Collections.Frozen;

namespace Dibao.Feeds.Xml;

/// <summary>What the tree builder knows about feeds and HTML, to mend what was left open.</summary>
internal static class FeedNames
{
    /// <summary>Elements that hold the document together: only their own kind of end tag may close across them.</summary>
    public static bool IsFrame(string name) => Frames.Contains(name);

    public static bool IsEntry(string name) => name is "item" or "entry";

    /// <summary>Elements that hold text only, so that the start of a sibling shows a forgotten end tag.</summary>
    public static bool IsLeaf(string name) => Leaves.Contains(name);

    /// <summary>What follows a leaf that was left open.</summary>
    public static bool StartsSibling(string name) => Siblings.Contains(name);

    /// <summary>HTML elements without an end tag, less those that feeds use as containers of text.</summary>
    public static bool IsVoid(string name) => Voids.Contains(name);

    private static readonly FrozenSet<string> Frames = Set("rss rdf feed channel item entry opml body");
    private static readonly FrozenSet<string> Leaves = Set("title link guid id pubdate published updated lastbuilddate language ttl comments");
    private static readonly FrozenSet<string> Siblings =
        Set("title link guid id pubdate published updated description summary content author category enclosure item entry " +
            "lastbuilddate language ttl comments image");
    private static readonly FrozenSet<string> Voids = Set("area br col embed hr img input param track wbr");

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet();
}
