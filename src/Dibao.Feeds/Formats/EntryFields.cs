using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>An element as a source of a field.</summary>
/// <param name="Rank">0 is asked first.</param>
internal readonly record struct FieldSource(FeedField Field, byte Rank);

/// <summary>
/// Where fields come from: for each its elements, the most trusted first. Names without a prefix are RSS's and Atom's own.
/// </summary>
internal static class EntryFields
{
    // A field is read from the first of these that has something in it; a date from the first that can be read.
    private const string Entry = """
        Id          guid id
        Title       title dc:title dcterms:title itunes:title media:title news:title
        Published   pubdate published issued dcterms:issued dcterms:date created dc:date dcterms:created dc:pubdate date news:publicationdate
        Updated     updated dcterms:modified modified lastbuilddate dc:date lastmod
        Content     content:encoded fullitem contentencoded content:contentencoded xhtml:body xhtml:div body content
        Rights      rights copyright dc:rights dcterms:rights media:copyright media:license
        Comments    comments
        Language    dc:language dcterms:language language news:language
        """;

    private const string Feed = """
        Id          id guid
        Title       title dc:title dcterms:title itunes:title media:title
        Published   pubdate published issued dcterms:issued dcterms:created
        Updated     updated dcterms:modified lastbuilddate dc:date modified pubdate lastmod
        Summary     subtitle description tagline dc:description itunes:subtitle itunes:summary abstract info summary
        Rights      rights copyright dc:rights dcterms:rights media:copyright
        Language    language dc:language dcterms:language lang
        Generator   generator
        Icon        icon
        """;

    // Read one by one into lists, or by rules of their own.
    private const string Lists = """
        Link        link
        Authors     author authors creator managingeditor editor webmaster contributor publisher dc:creator dc:author dc:contributor dc:publisher dcterms:creator itunes:author itunes:owner
        Summary     description summary abstract itunes:summary itunes:subtitle dc:description dcterms:abstract googleplay:description media:description
        Categories  category keywords tags dc:subject itunes:category itunes:keywords media:category media:keywords news:keywords
        Enclosures  enclosure
        Image       image media:thumbnail media:content media:group itunes:image googleplay:image image:image video:video
        """;

    private static readonly FieldSource[]?[] OfEntry = Load(Entry);
    private static readonly FieldSource[]?[] OfFeed = Load(Feed);
    private static readonly bool[] Known = KnownOf(Entry, Lists);
    private static readonly bool[] KnownToFeed = KnownOf(Feed, Lists + "\nLink ttl skiphours skipdays sy:updateperiod sy:updatefrequency logo newlocation itunes:newfeedurl itunes:keywords\n");
    private static readonly string?[] Names = new string?[Vocabularies.Count * Tags.Count];

    public static ReadOnlySpan<FieldSource> ForEntry(Vocabulary vocabulary, Tag tag) => OfEntry[Index(vocabulary, tag)];

    public static ReadOnlySpan<FieldSource> ForFeed(Vocabulary vocabulary, Tag tag) => OfFeed[Index(vocabulary, tag)];

    /// <summary>Some field of an entry may come from the element.</summary>
    public static bool Knows(Vocabulary vocabulary, Tag tag) => Known[Index(vocabulary, tag)];

    public static bool KnowsOfFeed(Vocabulary vocabulary, Tag tag) => KnownToFeed[Index(vocabulary, tag)];

    /// <summary>The element's customary name: <c>dc:date</c>, whatever prefix the feed binds; lower case.</summary>
    public static string NameOf(Vocabulary vocabulary, Tag tag) =>
        Names[Index(vocabulary, tag)] ??= vocabulary.CustomaryPrefix() is { Length: > 0 } prefix
            ? $"{prefix}:{Tags.NameOf(tag)}"
            : Tags.NameOf(tag);

    private static int Index(Vocabulary vocabulary, Tag tag)
    {
        // RSS's and Atom's own names mean the same wherever they stand.
        var row = vocabulary == Vocabulary.Atom ? Vocabulary.Rss : vocabulary;
        return (int)row * Tags.Count + (int)tag;
    }

    private static FieldSource[]?[] Load(string table)
    {
        var sources = new List<FieldSource>?[Vocabularies.Count * Tags.Count];
        foreach (var (field, names) in Rows(table))
            for (var rank = 0; rank < names.Length; rank++)
                (sources[IndexOf(names[rank])] ??= []).Add(new(field, (byte)rank));
        return [.. sources.Select(list => list?.ToArray())];
    }

    private static bool[] KnownOf(params string[] tables)
    {
        var known = new bool[Vocabularies.Count * Tags.Count];
        foreach (var name in tables.SelectMany(Rows).SelectMany(row => row.Names))
            known[IndexOf(name)] = true;
        return known;
    }

    private static IEnumerable<(FeedField Field, string[] Names)> Rows(string table) => table
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(words => (Enum.Parse<FeedField>(words[0]), words[1..]));

    private static int IndexOf(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var vocabulary = colon < 0 ? Vocabulary.Rss : Vocabularies.OfPrefix(name.AsSpan(0, colon));
        return Index(vocabulary, Enum.Parse<Tag>(name[(colon + 1)..], ignoreCase: true));
    }
}
