namespace Dibao.Publish.Feeds;

/// <summary>A list of articles as other readers subscribe to it, before it is written as Atom or JSON Feed.</summary>
public sealed record ArticleFeed
{
    /// <summary>What the list is, whatever address it is served at: the same name always gives the same identifier.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>Absolute URL of the feed itself.</summary>
    public required string SelfUrl { get; init; }

    /// <summary>Absolute URL of the page that shows the same list.</summary>
    public required string HomeUrl { get; init; }

    /// <summary>BCP 47; null for a list in several languages.</summary>
    public string? Language { get; init; }

    /// <summary>When anything in the list last changed.</summary>
    public required DateTimeOffset Updated { get; init; }

    public required IReadOnlyList<FeedArticle> Articles { get; init; }
}

/// <summary>One article of a feed.</summary>
/// <param name="PageUrl">Absolute URL of the archive's page for it.</param>
public sealed record FeedArticle(Article Article, ArticleBody Body, string PageUrl)
{
    /// <summary>When the wording shown came to be: as published for the first version, as captured for later ones.</summary>
    public DateTimeOffset Updated => UpdatedOf(Article);

    /// <inheritdoc cref="Updated"/>
    public static DateTimeOffset UpdatedOf(Article article) => article.Current switch
    {
        { Ordinal: <= 1, Published: { } published } version when published <= version.Captured => published,
        var version => version.Captured,
    };
}
