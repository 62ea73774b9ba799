using System.Collections.Frozen;

namespace Dibao.Feeds.Xml;

/// <summary>The namespaces that feeds mix.</summary>
internal enum Vocabulary : byte
{
    /// <summary>None, or any of RSS's own: they all mean the same element names. Sitemaps stand here too.</summary>
    Rss,
    Atom,
    DublinCore,
    DublinCoreTerms,
    Content,
    Media,
    Itunes,
    Rdf,
    Xhtml,
    Syndication,
    Podcast,
    GooglePlay,
    Geo,
    Slash,
    Threading,
    CommentApi,
    CreativeCommons,
    FeedBurner,
    News,
    SitemapImage,
    SitemapVideo,
    Svg,
    MathMl,
    Other,
}

internal static class Vocabularies
{
    public const int Count = (int)Vocabulary.Other + 1;

    // By a part of the URI that survives the ways it is misspelled (case, slashes, www, http or https).
    private static readonly (string Part, Vocabulary Vocabulary)[] ByUri =
    [
        ("w3.org/2005/atom", Vocabulary.Atom),
        ("purl.org/atom/ns", Vocabulary.Atom),
        ("purl.org/net/rss1.1", Vocabulary.Rss),
        ("purl.org/rss/1.0/modules/content", Vocabulary.Content),
        ("purl.org/rss/1.0/modules/syndication", Vocabulary.Syndication),
        ("purl.org/rss/1.0/modules/slash", Vocabulary.Slash),
        ("purl.org/rss/1.0/modules/", Vocabulary.Other),
        ("purl.org/rss/1.0", Vocabulary.Rss),
        ("my.netscape.com/", Vocabulary.Rss),
        ("channel.netscape.com/", Vocabulary.Rss),
        ("backend.userland.com/creativecommons", Vocabulary.CreativeCommons),
        ("backend.userland.com/", Vocabulary.Rss),
        ("blogs.law.harvard.edu/tech/rss", Vocabulary.Rss),
        ("blogs.law.harvard.edu/tech/creativecommons", Vocabulary.CreativeCommons),
        ("cyber.law.harvard.edu/rss/creativecommons", Vocabulary.CreativeCommons),
        ("cyber.law.harvard.edu/rss", Vocabulary.Rss),
        ("creativecommons.org/ns", Vocabulary.CreativeCommons),
        ("web.resource.org/cc", Vocabulary.CreativeCommons),
        ("purl.org/dc/elements/", Vocabulary.DublinCore),
        ("purl.org/dc/terms", Vocabulary.DublinCoreTerms),
        ("search.yahoo.com/mrss", Vocabulary.Media),
        ("api.maps.yahoo.com/", Vocabulary.Other),
        ("itunes.com/dtds/podcast", Vocabulary.Itunes),
        ("itunes.com/dtd/podcast", Vocabulary.Itunes),
        ("example.com/dtds/podcast", Vocabulary.Itunes),
        ("podcastindex.org/namespace", Vocabulary.Podcast),
        ("podcast-namespace/blob", Vocabulary.Podcast),
        ("google.com/schemas/play-podcasts", Vocabulary.GooglePlay),
        ("georss.org/georss", Vocabulary.Geo),
        ("w3.org/2003/01/geo", Vocabulary.Geo),
        ("opengis.net/gml", Vocabulary.Geo),
        ("purl.org/syndication/thread", Vocabulary.Threading),
        ("wellformedweb.org/commentapi", Vocabulary.CommentApi),
        ("rssnamespace.org/feedburner", Vocabulary.FeedBurner),
        ("feedburner.org/feedburner", Vocabulary.FeedBurner),
        ("sitemaps.org/schemas/sitemap/", Vocabulary.Rss),
        ("google.com/schemas/sitemap-news", Vocabulary.News),
        ("google.com/schemas/sitemap-image", Vocabulary.SitemapImage),
        ("google.com/schemas/sitemap-video", Vocabulary.SitemapVideo),
        ("google.com/schemas/sitemap/", Vocabulary.Rss),
        ("22-rdf-syntax-ns", Vocabulary.Rdf),
        ("w3.org/1999/xhtml", Vocabulary.Xhtml),
        ("w3.org/2000/svg", Vocabulary.Svg),
        ("w3.org/1998/math", Vocabulary.MathMl),
    ];

    // The URIs as nearly everybody writes them, found without searching.
    private static readonly FrozenDictionary<string, Vocabulary> ByCustomaryUri = new[]
    {
        "http://www.w3.org/2005/Atom", "http://purl.org/rss/1.0/", "http://purl.org/rss/1.0/modules/content/", "http://purl.org/rss/1.0/modules/slash/",
        "http://purl.org/rss/1.0/modules/syndication/", "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/", "http://search.yahoo.com/mrss/",
        "http://www.itunes.com/dtds/podcast-1.0.dtd", "https://podcastindex.org/namespace/1.0", "http://www.google.com/schemas/play-podcasts/1.0",
        "http://www.georss.org/georss", "http://www.w3.org/2003/01/geo/wgs84_pos#", "http://purl.org/syndication/thread/1.0",
        "http://wellformedweb.org/CommentAPI/", "http://rssnamespace.org/feedburner/ext/1.0", "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://www.w3.org/1999/xhtml", "http://www.sitemaps.org/schemas/sitemap/0.9", "http://www.google.com/schemas/sitemap-news/0.9",
        "com-wordpress:feed-additions:1", "http://backend.userland.com/creativeCommonsRssModule", "http://schemas.google.com/g/2005",
    }.ToFrozenDictionary(uri => uri, Search);

    // What the prefixes mean where nothing declares them, the customary one of each vocabulary first.
    private static readonly (string Prefix, Vocabulary Vocabulary)[] Customary =
    [
        ("rss", Vocabulary.Rss),
        ("atom", Vocabulary.Atom), ("atom10", Vocabulary.Atom), ("atom03", Vocabulary.Atom), ("a10", Vocabulary.Atom),
        ("dc", Vocabulary.DublinCore),
        ("dcterms", Vocabulary.DublinCoreTerms), ("dct", Vocabulary.DublinCoreTerms), ("dcterm", Vocabulary.DublinCoreTerms),
        ("content", Vocabulary.Content),
        ("media", Vocabulary.Media), ("mrss", Vocabulary.Media),
        ("itunes", Vocabulary.Itunes),
        ("rdf", Vocabulary.Rdf),
        ("xhtml", Vocabulary.Xhtml),
        ("sy", Vocabulary.Syndication),
        ("podcast", Vocabulary.Podcast),
        ("googleplay", Vocabulary.GooglePlay),
        ("georss", Vocabulary.Geo), ("geo", Vocabulary.Geo), ("gml", Vocabulary.Geo),
        ("slash", Vocabulary.Slash),
        ("thr", Vocabulary.Threading),
        ("wfw", Vocabulary.CommentApi),
        ("creativecommons", Vocabulary.CreativeCommons), ("cc", Vocabulary.CreativeCommons),
        ("feedburner", Vocabulary.FeedBurner),
        ("news", Vocabulary.News), ("n", Vocabulary.News),
        ("image", Vocabulary.SitemapImage),
        ("video", Vocabulary.SitemapVideo),
        ("svg", Vocabulary.Svg),
        ("math", Vocabulary.MathMl), ("mml", Vocabulary.MathMl), ("m", Vocabulary.MathMl),
    ];

    private static readonly FrozenDictionary<string, Vocabulary> ByPrefix =
        Customary.ToFrozenDictionary(pair => pair.Prefix, pair => pair.Vocabulary, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, Vocabulary>.AlternateLookup<ReadOnlySpan<char>> OfPrefixSpan =
        ByPrefix.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly string[] PrefixOf =
        [.. Enumerable.Range(0, Count).Select(index => Customary.FirstOrDefault(pair => (int)pair.Vocabulary == index).Prefix ?? "")];

    public static Vocabulary OfUri(string uri) => ByCustomaryUri.TryGetValue(uri, out var known) ? known : Search(uri);

    private static Vocabulary Search(string uri)
    {
        foreach (var (part, vocabulary) in ByUri)
            if (uri.Contains(part, StringComparison.OrdinalIgnoreCase))
                return vocabulary;
        return Vocabulary.Other;
    }

    public static Vocabulary OfPrefix(ReadOnlySpan<char> prefix) =>
        OfPrefixSpan.TryGetValue(prefix, out var vocabulary) ? vocabulary : Vocabulary.Other;

    /// <summary>The prefix that feeds use for it; empty for RSS and Atom, whose elements stand without one.</summary>
    public static string CustomaryPrefix(this Vocabulary vocabulary) =>
        vocabulary is Vocabulary.Rss or Vocabulary.Atom or Vocabulary.Other ? "" : PrefixOf[(int)vocabulary];
}
