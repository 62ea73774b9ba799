namespace Dibao;

/// <summary>One article as a feed announced it. Kept with the capture, since feeds forget.</summary>
/// <remarks>Source: RFC 4287 §4.1.2 (Atom entry), RSS 2.0 <c>item</c>, JSON Feed 1.1 <c>items</c>.</remarks>
public sealed record Entry
{
    /// <summary>The feed's own identifier (guid, atom:id), or the link where it gives none.</summary>
    public required string Id { get; init; }

    /// <summary>Absolute URL of the article.</summary>
    public required string Link { get; init; }

    /// <summary>Plain text.</summary>
    public required string Title { get; init; }

    public DateTimeOffset? Published { get; init; }
    public DateTimeOffset? Updated { get; init; }
    public IReadOnlyList<string> Authors { get; init; } = [];
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>HTML as the feed wrote it, unsafe until it went through <c>Dibao.Extract</c>.</summary>
    public string? Summary { get; init; }

    /// <summary>Full text as HTML, unsafe as <see cref="Summary"/>.</summary>
    public string? Content { get; init; }

    public string? Language { get; init; }

    /// <summary>Absolute URLs of the sounds and films that go with it (RSS 2.0 enclosure, RFC 4287 §4.2.7.2).</summary>
    public IReadOnlyList<string> Enclosures { get; init; } = [];

    /// <summary>Changes when anything that the feed says of the article changes.</summary>
    public Digest Fingerprint() => Digest.OfText(string.Join('\u001f',
        Id, Link, Title, Published?.ToUnixTimeMilliseconds(), Updated?.ToUnixTimeMilliseconds(),
        string.Join('\u001e', Authors), string.Join('\u001e', Categories), Summary, Content));
}
