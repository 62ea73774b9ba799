namespace Dibao;

/// <summary>One publisher of news, watched through one source or several.</summary>
public sealed record Outlet
{
    public required long Id { get; init; }

    /// <summary>Name in URLs, folders and queries (<c>outlet:rfi-cn</c>): lower-case letters, digits, dots and hyphens of any script; never a path.</summary>
    public required string Slug { get; init; }

    /// <summary>Name for people: 法广.</summary>
    public required string Name { get; init; }

    public string? HomeUrl { get; init; }

    /// <summary>BCP 47 tag of most of its articles, when known.</summary>
    public string? Language { get; init; }
}
