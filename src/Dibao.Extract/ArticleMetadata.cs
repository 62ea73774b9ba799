namespace Dibao.Extract;

/// <summary>What a page says about its article outside of the running text. Null where nothing says it, or nothing credible.</summary>
public sealed record ArticleMetadata
{
    /// <summary>Without the site's name.</summary>
    public Found<string>? Title { get; init; }

    /// <summary>Names only, in the page's order.</summary>
    public Found<IReadOnlyList<string>>? Authors { get; init; }

    /// <summary>The instant; its offset is the outlet's own where the page shows it, so that <c>Date</c> is the day its readers saw.</summary>
    public Found<DateTimeOffset>? Published { get; init; }

    /// <inheritdoc cref="Published"/>
    public Found<DateTimeOffset>? Modified { get; init; }

    /// <summary>At most 8, the broadest first.</summary>
    public Found<IReadOnlyList<string>>? Sections { get; init; }

    /// <summary>Keywords, at most 32.</summary>
    public Found<IReadOnlyList<string>>? Tags { get; init; }

    /// <summary>BCP 47, by the text before what the page claims.</summary>
    public Found<string>? Language { get; init; }

    /// <summary>The outlet's name.</summary>
    public Found<string>? Publisher { get; init; }

    /// <summary>ISO 3166-1 alpha-2, of the outlet: by its locale or its host's country domain.</summary>
    public Found<string>? Country { get; init; }

    /// <summary>The address that the page gives itself: absolute, http or https, of the page's own site.</summary>
    public Found<string>? CanonicalUrl { get; init; }

    /// <summary>Absolute http or https URL.</summary>
    public Found<string>? LeadImage { get; init; }

    /// <summary>What stands under the lead image.</summary>
    public string? LeadImageCaption { get; init; }

    /// <summary>True: only subscribers get all of it. False: the page says that it is free. Null: the page does not say.</summary>
    public Found<bool>? Paywalled { get; init; }

    /// <summary>These statements, with another page's of the same article where this one has none.</summary>
    public ArticleMetadata Or(ArticleMetadata other) => new()
    {
        Title = Title ?? other.Title,
        Authors = Authors ?? other.Authors,
        Published = Published ?? other.Published,
        Modified = Modified ?? other.Modified,
        Sections = Sections ?? other.Sections,
        Tags = Tags ?? other.Tags,
        Language = Language ?? other.Language,
        Publisher = Publisher ?? other.Publisher,
        Country = Country ?? other.Country,
        CanonicalUrl = CanonicalUrl ?? other.CanonicalUrl,
        LeadImage = LeadImage ?? other.LeadImage,
        LeadImageCaption = LeadImage is null ? other.LeadImageCaption : LeadImageCaption,
        Paywalled = Paywalled ?? other.Paywalled,
    };
}

/// <summary>How long a text is.</summary>
/// <param name="Words">Han, kana and Thai characters are counted as words at the rate their readers read: two Han or kana, five Thai to a word.</param>
/// <param name="Characters">Without white space.</param>
public readonly record struct TextLength(int Words, int Characters)
{
    // Brysbaert (2019), "How many words do we read per minute?": 238 for English prose.
    private const double WordsAMinute = 238;

    /// <summary>Whole minutes, at least one for any text.</summary>
    public TimeSpan ReadingTime => TimeSpan.FromMinutes(Words == 0 ? 0 : Math.Max(1, Math.Round(Words / WordsAMinute)));
}
