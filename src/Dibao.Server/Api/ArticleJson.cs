using Dibao.Find;
using Dibao.Keep;

namespace Dibao.Server.Api;

/// <summary>An outlet as the API gives it.</summary>
/// <param name="Articles">How many are kept; left out where an outlet stands within something else.</param>
public sealed record OutletJson(string Slug, string Name, string? HomeUrl, string? Language, long? Articles = null, DateTime? Newest = null)
{
    public static OutletJson Of(Outlet outlet) => new(outlet.Slug, outlet.Name, outlet.HomeUrl, outlet.Language);

    public static OutletJson Of(OutletShelf shelf) => Of(shelf.Outlet) with { Articles = shelf.Articles, Newest = shelf.Newest?.UtcDateTime };
}

/// <summary>An article as the API gives it. Times are ISO 8601 in UTC.</summary>
public sealed record ArticleJson
{
    public required long Id { get; init; }
    public required OutletJson Outlet { get; init; }
    public required string Url { get; init; }
    public required ArticleState State { get; init; }
    public required DateTime StateSince { get; init; }
    public required DateTime FirstCaptured { get; init; }
    public required DateTime LastCaptured { get; init; }
    public required int VersionCount { get; init; }
    public required VersionJson Current { get; init; }

    /// <summary>Safe HTML; in lists left out.</summary>
    public string? Html { get; init; }

    /// <summary>Paragraphs divided by empty lines; in lists left out.</summary>
    public string? Text { get; init; }

    /// <summary>Where the archive keeps its pictures: path by address; in lists left out.</summary>
    public IReadOnlyDictionary<string, string>? Images { get; init; }

    /// <summary>Articles with nearly the same text, the most alike first; in lists left out.</summary>
    public IReadOnlyList<KinJson>? AlsoIn { get; init; }

    /// <summary>Which sources announced it; in lists left out.</summary>
    public IReadOnlyList<SightingJson>? Sightings { get; init; }

    public static ArticleJson Of(Article article) => new()
    {
        Id = article.Id,
        Outlet = OutletJson.Of(article.Outlet),
        Url = article.Url,
        State = article.State,
        StateSince = article.StateSince.UtcDateTime,
        FirstCaptured = article.FirstCaptured.UtcDateTime,
        LastCaptured = article.LastCaptured.UtcDateTime,
        VersionCount = article.VersionCount,
        Current = VersionJson.Of(article.Current),
    };

    public static ArticleJson Full(Article article, ArchiveReader archive)
    {
        var body = archive.Catalogue.Body(article.Current.Id);
        var pictures = Read.Pictures.Of(article.Current, body, archive);
        var images = Capture.Media.ArticleImages.Of(article.Current.LeadImage, body.Html).Select(url => (Url: url, Path: pictures.PathOf(url))).Where(image => image.Path is not null);
        return Of(article) with
        {
            Html = body.Html,
            Text = body.Text,
            Images = images.ToDictionary(image => image.Url, image => image.Path!),
            AlsoIn = [.. archive.Kin(article.Id).Select(kin => new KinJson(kin.Article.Id, kin.Article.Outlet.Slug, kin.Article.Url, kin.Article.Current.Title, kin.Percent))],
            Sightings = [.. archive.Coverage.Sightings(article.Outlet.Id, article.Url).Select(seen => new SightingJson(seen.SourceId, seen.SourceUrl, seen.EntryId, seen.FirstSeen.UtcDateTime))],
        };
    }
}

/// <summary>An article with nearly the same text.</summary>
/// <param name="Percent">Estimated share of common text.</param>
public sealed record KinJson(long Id, string Outlet, string Url, string Title, int Percent);

/// <summary>That a source announced the article.</summary>
/// <param name="EntryId">As the source names it.</param>
public sealed record SightingJson(long Source, string Url, string EntryId, DateTime FirstSeen);

/// <summary>One wording of an article.</summary>
public sealed record VersionJson
{
    public required int Ordinal { get; init; }
    public required VersionOrigin Origin { get; init; }
    public required DateTime Captured { get; init; }
    public required string Title { get; init; }
    public string? Standfirst { get; init; }
    public required IReadOnlyList<string> Authors { get; init; }
    public DateTime? Published { get; init; }
    public DateTime? Modified { get; init; }
    public string? Language { get; init; }
    public string? LeadImage { get; init; }
    public string? LeadCaption { get; init; }
    public required IReadOnlyList<string> Sections { get; init; }

    /// <summary><c>sha256:…</c> of title, standfirst and text.</summary>
    public required string Wording { get; init; }

    public static VersionJson Of(ArticleVersion version) => new()
    {
        Ordinal = version.Ordinal,
        Origin = version.Origin,
        Captured = version.Captured.UtcDateTime,
        Title = version.Title,
        Standfirst = version.Standfirst,
        Authors = version.Authors,
        Published = version.Published?.UtcDateTime,
        Modified = version.Modified?.UtcDateTime,
        Language = version.Language,
        LeadImage = version.LeadImage,
        LeadCaption = version.LeadCaption,
        Sections = version.Sections,
        Wording = version.Wording.ToString(),
    };
}

/// <summary>One page of articles.</summary>
/// <param name="Next">To be given as <c>cursor</c> for the page after it.</param>
public sealed record ArticleListJson(IReadOnlyList<ArticleJson> Articles, string? Next);

/// <summary>One page of what was found.</summary>
/// <param name="TotalIsCapped">There are more hits than <paramref name="Total"/>, and the counts are of the newest.</param>
public sealed record SearchJson(
    int Total, bool TotalIsCapped, IReadOnlyList<HitJson> Hits, IReadOnlyList<OutletCountJson> Outlets, IReadOnlyList<TimeBucketJson> Histogram, string? Next);

/// <param name="Snippet">The passage that was found, in parts.</param>
public sealed record HitJson(ArticleJson Article, double Score, IReadOnlyList<SnippetPart> Snippet);

public sealed record OutletCountJson(string Slug, int Count);

/// <param name="Start">First day.</param>
/// <param name="End">First day of the next.</param>
public sealed record TimeBucketJson(DateOnly Start, DateOnly End, int Count);

/// <summary>A source and how it fares.</summary>
public sealed record SourceJson
{
    public required long Id { get; init; }
    public required string Url { get; init; }
    public string? Title { get; init; }
    public required SourceKind Kind { get; init; }

    /// <summary>CSS, of a list page's links.</summary>
    public string? Selector { get; init; }

    public required OutletJson Outlet { get; init; }
    public required SourceState State { get; init; }
    public DateTime? LastAttempt { get; init; }
    public DateTime? LastSuccess { get; init; }
    public string? LastError { get; init; }
    public required FailureKind Failure { get; init; }

    /// <summary>What there is to do about it, in English.</summary>
    public string? Remedy { get; init; }

    public required int Failures { get; init; }
    public DateTime? NextPoll { get; init; }

    public static SourceJson Of(SourceHealth health) => new()
    {
        Id = health.Source.Id,
        Kind = health.Source.Kind,
        Selector = health.Source.Selector,
        Failure = health.Failure,
        Remedy = Read.Remedies.Of(health.Failure, Read.Words.En),
        Url = health.Source.Url,
        Title = health.Source.Title,
        Outlet = OutletJson.Of(health.Outlet) with { Articles = health.Articles },
        State = health.Source.State,
        LastAttempt = health.LastAttempt?.UtcDateTime,
        LastSuccess = health.LastSuccess?.UtcDateTime,
        LastError = health.LastError,
        Failures = health.Failures,
        NextPoll = health.NextPoll?.UtcDateTime,
    };
}

/// <param name="Url">A feed, or a page that points to feeds.</param>
public sealed record SourceWish(string? Url);

/// <param name="Url">The feed that is polled.</param>
/// <param name="Added">False when it was watched already.</param>
public sealed record SourceAddedJson(string Url, bool Added, string Outlet);
