namespace Dibao.Find;

/// <summary>What the index takes of an article: its current version.</summary>
public sealed record SearchDocument
{
    public required long ArticleId { get; init; }
    public required long VersionId { get; init; }
    public required long OutletId { get; init; }
    public required string OutletSlug { get; init; }

    /// <summary>Published, or else first captured: the order of lists.</summary>
    public required DateTimeOffset Newest { get; init; }

    public required string Title { get; init; }
    public string? Standfirst { get; init; }
    public required string Text { get; init; }
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>BCP 47.</summary>
    public string? Language { get; init; }
}
