using System.Globalization;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds;

/// <summary>A medium as Media RSS describes it.</summary>
/// <param name="Length">Bytes as declared.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public sealed record MediaContent(string Url, string? Type, string? Medium, int? Width, int? Height, TimeSpan? Duration, long? Length);

/// <summary>A place on Earth.</summary>
/// <param name="Latitude">Degrees north, WGS 84.</param>
/// <param name="Longitude">Degrees east, WGS 84.</param>
public readonly record struct GeoPoint(double Latitude, double Longitude);

/// <summary>What feeds' modules say of an entry, each read when somebody asks. URLs are as written.</summary>
/// <remarks>iTunes, Podcasting 2.0, Media RSS, GeoRSS and W3C Geo, Creative Commons, slash, Atom Threading (RFC 4685), CommentAPI.</remarks>
public sealed class EntryModules
{
    private readonly FeedElement entry;

    internal EntryModules(FeedElement entry) => this.entry = entry;

    /// <summary><c>itunes:duration</c>: seconds, or <c>mm:ss</c>, or <c>hh:mm:ss</c>.</summary>
    public TimeSpan? Duration => DurationOf(Text(Vocabulary.Itunes, "duration"));

    public int? Season => Number(Text(Vocabulary.Itunes, "season") ?? Text(Vocabulary.Podcast, "season"));

    public int? Episode => Number(Text(Vocabulary.Itunes, "episode") ?? Text(Vocabulary.Podcast, "episode"));

    /// <summary><c>full</c>, <c>trailer</c> or <c>bonus</c>.</summary>
    public string? EpisodeType => Text(Vocabulary.Itunes, "episodeType")?.ToLowerInvariant();

    public bool? IsExplicit => Text(Vocabulary.Itunes, "explicit")?.ToLowerInvariant() switch
    {
        "yes" or "true" or "explicit" => true,
        "no" or "false" or "clean" => false,
        _ => null,
    };

    /// <summary><c>podcast:transcript</c>.</summary>
    public IReadOnlyList<Enclosure> Transcripts =>
        [.. All(Vocabulary.Podcast, "transcript").Where(found => found.Attribute("url") is not null)
            .Select(found => new Enclosure(found.Attribute("url")!, found.Attribute("type"), null))];

    /// <summary><c>podcast:chapters</c>.</summary>
    public string? Chapters => First(Vocabulary.Podcast, "chapters")?.Attribute("url");

    /// <summary>All <c>media:content</c>, groups opened.</summary>
    public IReadOnlyList<MediaContent> Media => [.. Everything(entry).Where(IsContent).Select(MediaOf)];

    /// <summary><c>georss:point</c>, <c>gml:pos</c>, or <c>geo:lat</c> with <c>geo:long</c>.</summary>
    public GeoPoint? Location =>
        PointOf(Everything(entry).FirstOrDefault(found => found.Vocabulary == Vocabulary.Geo && Is(found, "point") && found.Children.Count == 0)?.Text)
        ?? PointOf(Everything(entry).FirstOrDefault(found => found.Vocabulary == Vocabulary.Geo && Is(found, "pos"))?.Text)
        ?? PointOf($"{AnyText(Vocabulary.Geo, "lat")} {AnyText(Vocabulary.Geo, "long")}");

    /// <summary>The licence's address: <c>creativeCommons:license</c>, <c>cc:license</c>, a link with <c>rel=license</c>.</summary>
    public string? License =>
        First(Vocabulary.CreativeCommons, "license") is { } found
            ? found.Attribute("rdf:resource") ?? found.Text
            : entry.Children.FirstOrDefault(child => Is(child, "link") && child.Attribute("rel") == "license")?.Attribute("href");

    /// <summary><c>slash:comments</c>, <c>thr:total</c>.</summary>
    public int? CommentCount => Number(Text(Vocabulary.Slash, "comments") ?? Text(Vocabulary.Threading, "total"));

    /// <summary><c>wfw:commentRss</c>.</summary>
    public string? CommentsFeed => Text(Vocabulary.CommentApi, "commentRss");

    /// <summary>The identifier of what the entry answers: <c>thr:in-reply-to</c>.</summary>
    public string? InReplyTo => First(Vocabulary.Threading, "in-reply-to") is { } found ? found.Attribute("ref") ?? found.Attribute("href") : null;

    private static bool Is(FeedElement element, string name) => element.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static bool IsContent(FeedElement element) =>
        element.Vocabulary == Vocabulary.Media && Is(element, "content") && element.Attribute("url") is { Length: > 0 };

    private IEnumerable<FeedElement> All(Vocabulary vocabulary, string name) =>
        entry.Children.Where(child => child.Vocabulary == vocabulary && Is(child, name));

    private FeedElement? First(Vocabulary vocabulary, string name) => All(vocabulary, name).FirstOrDefault();

    private string? Text(Vocabulary vocabulary, string name) => All(vocabulary, name).Select(child => child.Text).FirstOrDefault(text => text.Length > 0);

    private string? AnyText(Vocabulary vocabulary, string name) =>
        Everything(entry).FirstOrDefault(found => found.Vocabulary == vocabulary && Is(found, name))?.Text;

    private static IEnumerable<FeedElement> Everything(FeedElement parent) => parent.Children.SelectMany(child => Everything(child).Prepend(child));

    private static MediaContent MediaOf(FeedElement content) => new(
        content.Attribute("url")!, content.Attribute("type"), content.Attribute("medium"), Number(content.Attribute("width")),
        Number(content.Attribute("height")), DurationOf(content.Attribute("duration")),
        long.TryParse(content.Attribute("fileSize"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null);

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static TimeSpan? DurationOf(string? text)
    {
        if (text is null)
            return null;
        var seconds = 0.0;
        foreach (var part in text.Split(':'))
        {
            if (!double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 1e7)
                return null;
            seconds = seconds * 60 + number;
        }

        return seconds < 1e9 ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static GeoPoint? PointOf(string? text)
    {
        var parts = text?.Split((char[])[' ', ',', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries) ?? [];
        return parts.Length == 2 && TryDegrees(parts[0], 90, out var latitude) && TryDegrees(parts[1], 180, out var longitude)
            ? new(latitude, longitude)
            : null;
    }

    private static bool TryDegrees(string text, double limit, out double degrees) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out degrees) &&
        Math.Abs(degrees) <= limit;
}
