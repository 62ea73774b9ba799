using System.Collections.Frozen;

namespace Dibao.Feeds.Xml;

/// <summary>Local names that reading a feed knows, whatever their case. All others are <see cref="Unknown"/> and keep their spelling.</summary>
internal enum Tag : byte
{
    Unknown,

    // Frames
    Rss, Rdf, Feed, Channel, Item, Entry, Items, Entries, Opml, Head, Body, Outline, UrlSet, Url, SitemapIndex, Sitemap,

    // What a feed and its entries say of themselves
    Title, Link, Guid, Id, PubDate, Published, Issued, Created, Date, Updated, Modified, LastBuildDate, Description, Summary, Abstract,
    Subtitle, Tagline, Info, Content, Encoded, ContentEncoded, FullItem, Author, Authors, Creator, ManagingEditor, Editor, WebMaster,
    Contributor, Publisher, Owner, Name, Email, Uri, Homepage, Language, Lang, Category, Subject, Keywords, Keyword, Tags, Enclosure, Image,
    Icon, Logo, Thumbnail, Group, Rights, Copyright, License, Generator, Ttl, SkipHours, Hour, SkipDays, Day, UpdatePeriod,
    UpdateFrequency, UpdateBase, Comments, CommentRss, CommentsRss, Comment, Source, Total, InReplyTo, Duration, Docs, Cloud, TextInput,
    LastMod, Loc, ChangeFreq, Priority, News, Publication, PublicationDate, Video, ThumbnailLoc, OrigLink, OrigEnclosureLink,
    Available, Valid, BibliographicCitation, Href, Text, Player, Credit, Width, Height, Caption, Medium, Explicit, Block, NewFeedUrl, NewLocation,

    // Of HTML: containers and elements without an end tag
    Div, Area, Br, Col, Embed, Hr, Img, Input, Param, Track, Wbr, Meta, Base, P, Html, Script, Style,
}

internal static class Tags
{
    public static readonly int Count = Enum.GetValues<Tag>().Length;

    private static readonly string[] Names = [.. Enum.GetNames<Tag>().Select(name => name.ToLowerInvariant())];

    private static readonly FrozenDictionary<string, Tag> ByName = Enum.GetValues<Tag>()
        .Where(tag => tag != Tag.Unknown)
        .Select(tag => KeyValuePair.Create(Names[(int)tag], tag))
        .Concat(
        [
            new("content-encoded", Tag.ContentEncoded), new("in-reply-to", Tag.InReplyTo), new("publication_date", Tag.PublicationDate),
            new("thumbnail_loc", Tag.ThumbnailLoc), new("comment-rss", Tag.CommentRss), new("new-feed-url", Tag.NewFeedUrl),
        ])
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, Tag>.AlternateLookup<ReadOnlySpan<char>> OfSpan =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly Tag[] Leaves =
    [
        Tag.Title, Tag.Link, Tag.Guid, Tag.Id, Tag.PubDate, Tag.Published, Tag.Updated, Tag.LastBuildDate, Tag.Language, Tag.Ttl, Tag.Comments,
    ];

    private static readonly bool[] Frames = Set(
        [Tag.Rss, Tag.Rdf, Tag.Feed, Tag.Channel, Tag.Item, Tag.Entry, Tag.Opml, Tag.Body, Tag.UrlSet, Tag.SitemapIndex]);

    private static readonly bool[] LeafSet = Set(Leaves);

    private static readonly bool[] Siblings = Set(
    [
        .. Leaves, Tag.Description, Tag.Summary, Tag.Content, Tag.Author, Tag.Category, Tag.Enclosure, Tag.Item, Tag.Entry, Tag.Image,
    ]);

    private static readonly bool[] Voids =
        Set([Tag.Area, Tag.Br, Tag.Col, Tag.Embed, Tag.Hr, Tag.Img, Tag.Input, Tag.Param, Tag.Track, Tag.Wbr]);

    public static Tag Of(ReadOnlySpan<char> localName) => OfSpan.TryGetValue(localName, out var tag) ? tag : Tag.Unknown;

    /// <summary>In lower case.</summary>
    public static string NameOf(Tag tag) => Names[(int)tag];

    /// <summary>Elements that hold the document together: only their own kind of end tag may close across them.</summary>
    public static bool IsFrame(this Tag tag) => Frames[(int)tag];

    /// <summary>Elements that hold text only, so that the start of a sibling shows a forgotten end tag.</summary>
    public static bool IsLeaf(this Tag tag) => LeafSet[(int)tag];

    /// <summary>What follows a leaf that was left open.</summary>
    public static bool StartsSibling(this Tag tag) => Siblings[(int)tag];

    /// <summary>HTML elements without an end tag, less those that feeds use as containers of text.</summary>
    public static bool IsVoid(this Tag tag) => Voids[(int)tag];

    private static bool[] Set(Tag[] tags)
    {
        var set = new bool[Enum.GetValues<Tag>().Length];
        foreach (var tag in tags)
            set[(int)tag] = true;
        return set;
    }
}
