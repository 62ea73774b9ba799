using System.Collections.Frozen;

namespace Dibao.Extract.Metadata;

/// <summary>What the words of a class or id say that an element holds.</summary>
[Flags]
internal enum MarkKinds
{
    None = 0,

    /// <summary>Other pieces or other people: navigation, comments, related articles.</summary>
    Elsewhere = 1,
    Byline = 2,
    Date = 4,
    Wall = 8,
}

/// <summary>Reads classes and ids word by word. Words are divided by anything but letters and digits, and by a capital after a small letter.</summary>
internal sealed class MarkWords
{
    private const int MaxWord = 24;

    private static readonly FrozenDictionary<string, MarkKinds>.AlternateLookup<ReadOnlySpan<char>> Words = Table(
        (MarkKinds.Elsewhere, "comment comments commentlist commentform respond reply replies disqus discussion reactions related relateds recommend recommended recommendation " +
            "recommendations recirc recirculation sidebar popular mostread mostpopular trending newsletter cookie consent nav navigation navbar menu breadcrumb " +
            "breadcrumbs search pinglun xiangguan tuijian carousel teaser teasers calendar readmore similar"),
        (MarkKinds.Byline, "byline bylines author authors authorname autor autoren auteur auteurs autore writer writers reporter journalist zuozhe jizhe verfasser signature firma " +
            "redactor byname"),
        (MarkKinds.Date, "date dates time datum datetime pubtime pubdate published publication publishdate publishtime publishedtime timestamp publish dateline riqi shijian " +
            "created posted postdate entrydate articledate newsdate fecha data postedon byline meta postmeta entrymeta articleinfo articlemeta stamp day"),
        (MarkKinds.Wall, "paywall regwall paidcontent premiumcontent subscriberonly subscribersonly piano meteredcontent")).GetAlternateLookup<ReadOnlySpan<char>>();

    // A page says the same few names a thousand times.
    private readonly Dictionary<string, MarkKinds> _known = new(StringComparer.Ordinal);

    /// <summary>Of a class.</summary>
    public MarkKinds Of(string? names)
    {
        if (string.IsNullOrEmpty(names)) return MarkKinds.None;
        if (_known.TryGetValue(names, out var known)) return known;
        return _known[names] = OfOnce(names);
    }

    /// <summary>Of an id, which no other element has.</summary>
    public static MarkKinds OfOnce(string? names)
    {
        if (string.IsNullOrEmpty(names)) return MarkKinds.None;
        var kinds = MarkKinds.None;
        Span<char> pair = stackalloc char[2 * MaxWord]; // the word before, and the one that is read
        var (before, length, lower) = (0, 0, false);
        for (var at = 0; at <= names.Length; at++)
        {
            var c = at < names.Length ? names[at] : ' ';
            var letter = char.IsAsciiLetterOrDigit(c);
            if (length > 0 && (!letter || (lower && char.IsAsciiLetterUpper(c))))
            {
                kinds |= Known(pair, before, length);
                (before, length) = Keep(pair, before, length, isLast: c == ' ');
            }

            lower = char.IsAsciiLetterLower(c);
            // Of a longer word the rest is passed over, and so it is none of these.
            if (letter && length < MaxWord) pair[before + length++] = char.ToLowerInvariant(c);
        }

        return kinds;
    }

    // "premium-content" is one of these names, "most read" of two classes is none.
    private static MarkKinds Known(ReadOnlySpan<char> pair, int before, int length)
    {
        Words.TryGetValue(pair.Slice(before, length), out var kinds);
        if (before > 0 && Words.TryGetValue(pair[..(before + length)], out var both)) kinds |= both & MarkKinds.Wall;
        return kinds;
    }

    private static (int Before, int Length) Keep(Span<char> pair, int before, int length, bool isLast)
    {
        if (isLast) return (0, 0);
        pair.Slice(before, length).CopyTo(pair);
        return (length, 0);
    }

    private static FrozenDictionary<string, MarkKinds> Table(params (MarkKinds Kind, string Words)[] lists)
    {
        var table = new Dictionary<string, MarkKinds>(StringComparer.Ordinal);
        foreach (var (kind, words) in lists)
            foreach (var word in words.Split(' ')) table[word] = table.GetValueOrDefault(word) | kind;
        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
