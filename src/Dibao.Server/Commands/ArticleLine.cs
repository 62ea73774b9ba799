namespace Dibao.Server.Commands;

/// <summary>An article as commands print it with <c>--json</c>.</summary>
internal sealed record ArticleLine
{
    public required long Id { get; init; }
    public required string Url { get; init; }
    public required string Outlet { get; init; }
    public required string Title { get; init; }
    public required ArticleState State { get; init; }
    public required IReadOnlyList<string> Authors { get; init; }
    public required string? Language { get; init; }
    public required DateTimeOffset? Published { get; init; }
    public required DateTimeOffset FirstCaptured { get; init; }
    public required DateTimeOffset LastCaptured { get; init; }
    public required int Versions { get; init; }

    public static ArticleLine Of(Article article) => new()
    {
        Id = article.Id,
        Url = article.Url,
        Outlet = article.Outlet.Slug,
        Title = article.Current.Title,
        State = article.State,
        Authors = article.Current.Authors,
        Language = article.Current.Language,
        Published = article.Current.Published,
        FirstCaptured = article.FirstCaptured,
        LastCaptured = article.LastCaptured,
        Versions = article.VersionCount,
    };
}
