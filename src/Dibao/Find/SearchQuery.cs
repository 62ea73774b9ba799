namespace Dibao.Find;

/// <summary>What is looked for: all of the terms, none of the excluded ones, within the filters.</summary>
public sealed record SearchQuery
{
    /// <summary>UTF-16 units.</summary>
    public const int MaxCharacters = 1000;

    /// <summary>Terms and filters together.</summary>
    public const int MaxTerms = 64;

    /// <summary>As it was typed.</summary>
    public required string Text { get; init; }

    public IReadOnlyList<SearchTerm> Terms { get; init; } = [];
    public IReadOnlyList<SearchTerm> Excluded { get; init; } = [];

    /// <summary>Slugs, any of them.</summary>
    public IReadOnlyList<string> Outlets { get; init; } = [];

    /// <summary>Slugs, none of them.</summary>
    public IReadOnlyList<string> ExcludedOutlets { get; init; } = [];

    /// <summary>BCP 47 in lower case, any of them; <c>zh</c> includes <c>zh-hans</c>.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>The first day that counts.</summary>
    public DateOnly? After { get; init; }

    /// <summary>The first day that no longer counts.</summary>
    public DateOnly? Before { get; init; }

    /// <summary>Nothing is asked for, so everything is found.</summary>
    public bool IsEmpty => this is { Terms: [], Excluded: [], Outlets: [], ExcludedOutlets: [], Languages: [], After: null, Before: null };

    /// <summary>
    /// Reads a query as typed: words (all must occur), <c>"a phrase"</c>, <c>-word</c>, <c>outlet:slug</c> (repeated: any of them),
    /// <c>lang:zh</c>, <c>after:2023-11-01</c> and <c>before:2024</c> (year, month or day). Chinese punctuation serves as well: ：，“”「」.
    /// </summary>
    public static QueryReading Parse(string text) => QueryParser.Read(text);
}

/// <summary>A word or a phrase.</summary>
public sealed record SearchTerm
{
    /// <summary>As it was typed, without quotes and sign.</summary>
    public required string Text { get; init; }

    /// <summary>As the index holds it: at least one token, to be found in this order without gaps.</summary>
    public required IReadOnlyList<string> Tokens { get; init; }

    /// <summary>The last token is a single character of a run, which every pair that begins with it holds too.</summary>
    public required bool EndsOpen { get; init; }
}

/// <summary>How a query was understood.</summary>
public abstract record QueryReading
{
    private QueryReading() { }

    public sealed record Parsed(SearchQuery Query) : QueryReading;

    /// <param name="Message">What is wrong, why, and what to write instead. English.</param>
    public sealed record Invalid(string Message) : QueryReading;
}
