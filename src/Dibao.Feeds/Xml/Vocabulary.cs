using System.Collections.Frozen;

namespace Dibao.Feeds.Xml;

/// <summary>The namespaces that feeds mix.</summary>
internal enum Vocabulary
{
    /// <summary>None, or any of RSS's own: they all mean the same element names.</summary>
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
    Other,
}

internal static class Vocabularies
{
    // By a part of the URI that survives the ways it is misspelled (case, slashes, www, http or https).
    private static readonly (string Part, Vocabulary Vocabulary)[] ByUri =
    [
        ("w3.org/2005/atom", Vocabulary.Atom),
        ("purl.org/atom/ns", Vocabulary.Atom),
        ("purl.org/net/rss1.1", Vocabulary.Rss),
        ("purl.org/rss/1.0/modules/content", Vocabulary.Content),
        ("purl.org/rss/1.0/modules/syndication", Vocabulary.Syndication),
        ("purl.org/rss/1.0/modules/", Vocabulary.Other),
        ("purl.org/rss/1.0", Vocabulary.Rss),
        ("my.netscape.com/", Vocabulary.Rss),
        ("channel.netscape.com/", Vocabulary.Rss),
        ("backend.userland.com/", Vocabulary.Rss),
        ("blogs.law.harvard.edu/tech/rss", Vocabulary.Rss),
        ("cyber.law.harvard.edu/rss", Vocabulary.Rss),
        ("purl.org/dc/elements/", Vocabulary.DublinCore),
        ("purl.org/dc/terms", Vocabulary.DublinCoreTerms),
        ("search.yahoo.com/mrss", Vocabulary.Media),
        ("itunes.com/dtds/podcast", Vocabulary.Itunes),
        ("itunes.com/dtd/podcast", Vocabulary.Itunes),
        ("example.com/dtds/podcast", Vocabulary.Itunes),
        ("22-rdf-syntax-ns", Vocabulary.Rdf),
        ("w3.org/1999/xhtml", Vocabulary.Xhtml),
    ];

    // What the prefixes mean where nothing declares them.
    private static readonly FrozenDictionary<string, Vocabulary> ByPrefix = new Dictionary<string, Vocabulary>
    {
        ["rss"] = Vocabulary.Rss,
        ["atom"] = Vocabulary.Atom,
        ["atom10"] = Vocabulary.Atom,
        ["atom03"] = Vocabulary.Atom,
        ["dc"] = Vocabulary.DublinCore,
        ["dcterms"] = Vocabulary.DublinCoreTerms,
        ["content"] = Vocabulary.Content,
        ["media"] = Vocabulary.Media,
        ["itunes"] = Vocabulary.Itunes,
        ["rdf"] = Vocabulary.Rdf,
        ["xhtml"] = Vocabulary.Xhtml,
        ["sy"] = Vocabulary.Syndication,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static Vocabulary OfUri(string uri)
    {
        foreach (var (part, vocabulary) in ByUri)
            if (uri.Contains(part, StringComparison.OrdinalIgnoreCase))
                return vocabulary;
        return Vocabulary.Other;
    }

    public static Vocabulary OfPrefix(string prefix) => ByPrefix.GetValueOrDefault(prefix, Vocabulary.Other);
}
