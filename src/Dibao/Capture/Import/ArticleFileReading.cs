namespace Dibao.Capture.Import;

/// <summary>What the bytes of an article file turned out to say.</summary>
public abstract record ArticleFileReading
{
    private ArticleFileReading() { }

    /// <summary>One article.</summary>
    public sealed record Parsed : ArticleFileReading
    {
        public required FileDialect Dialect { get; init; }

        /// <summary>Plain text, on one line.</summary>
        public required string Title { get; init; }

        /// <summary>Absolute, serialised as the WHATWG URL standard does.</summary>
        public required string Url { get; init; }

        public DateTimeOffset? Published { get; init; }

        /// <summary>As the file holds it: unsafe.</summary>
        public required string Html { get; init; }

        /// <summary>True when <see cref="Html"/> is a page with its template, and not the article alone.</summary>
        public bool WholePage { get; init; }

        public string? Language { get; init; }
        public IReadOnlyList<string> Authors { get; init; } = [];
        public IReadOnlyList<string> Tags { get; init; } = [];
    }

    /// <summary>A list of articles that are not in it: dialect D.</summary>
    public sealed record Listed(IReadOnlyList<ListRow> Rows) : ArticleFileReading;

    /// <param name="Line">From 1.</param>
    public sealed record Refused(int Line, string Reason) : ArticleFileReading;
}

/// <summary>One line of a list.</summary>
/// <param name="Url">Absolute; null where the line links to a file of the list's own archive.</param>
/// <param name="Month">1 to 12, in UTC+8; lists do not tell the year.</param>
/// <param name="Day">1 to 31.</param>
public readonly record struct ListRow(string Title, string? Url, int Month, int Day);
