using Microsoft.AspNetCore.Mvc;

namespace Dibao.Server.Read.Pages;

/// <summary>What changed between two wordings of an article: the last two, unless others are asked for.</summary>
public sealed class CompareModel(ArchiveReader archive) : ReaderPage
{
    public Article Article { get; private set; } = null!;
    public ArticleVersion From { get; private set; } = null!;
    public ArticleVersion To { get; private set; } = null!;

    /// <summary>Of the texts.</summary>
    public Comparison Comparison { get; private set; } = null!;

    /// <summary>What is said about the article, where that changed.</summary>
    public IReadOnlyList<ComparedFact> Facts { get; private set; } = [];

    public bool SideBySide { get; private set; }
    public bool IsSame => Facts.Count == 0 && Comparison.IsSame;
    public string? Lang => LanguageTag.Of(Article, To);

    public string ViewPath(bool sideBySide) => $"/a/{Article.Id}/compare?from={From.Ordinal}&to={To.Ordinal}{(sideBySide ? "&view=side" : "")}";

    public IActionResult OnGet(long id, int? from, int? to, string? view)
    {
        if (archive.Catalogue.Article(id) is not { VersionCount: > 0 } article) return Missing();
        var versions = archive.Catalogue.Versions(id);
        var last = to ?? versions[^1].Ordinal;
        var first = from ?? Math.Max(1, last - 1);
        if (versions.FirstOrDefault(version => version.Ordinal == first) is not { } old) return Missing();
        if (versions.FirstOrDefault(version => version.Ordinal == last) is not { } young) return Missing();
        (Article, From, To, SideBySide) = (article, old, young, view == "side");
        Comparison = Comparison.Of(archive.Catalogue.Body(old.Id).Text, archive.Catalogue.Body(young.Id).Text);
        Facts = [.. AllFacts().Where(fact => fact.Before != fact.After)];
        return Page();
    }

    private IEnumerable<ComparedFact> AllFacts()
    {
        yield return new(Words.FactTitle, From.Title, To.Title, InOutletsWords: true);
        yield return new(Words.Standfirst, From.Standfirst ?? "", To.Standfirst ?? "", InOutletsWords: true);
        yield return new(Words.Author, Names(From), Names(To), InOutletsWords: true);
        yield return new(Words.Published, Time(From.Published), Time(To.Published), InOutletsWords: false);
        yield return new(Words.Modified, Time(From.Modified), Time(To.Modified), InOutletsWords: false);
        yield return new(Words.FactImage, From.LeadImage ?? "", To.LeadImage ?? "", InOutletsWords: false);
    }

    private string Names(ArticleVersion version) => string.Join(Words.ListSeparator, version.Authors);

    private string Time(DateTimeOffset? at) => at is { } time ? Ui.Moment(time) : "";
}

/// <summary>Something that is said about an article, before and after.</summary>
/// <param name="InOutletsWords">True for the outlet's own language, compared word by word; false for the archive's.</param>
public sealed record ComparedFact(string Name, string Before, string After, bool InOutletsWords)
{
    public IEnumerable<ComparedPiece> Pieces => InOutletsWords && Before.Length > 0 && After.Length > 0
        ? Comparison.Of(Before, After).Paragraphs.SelectMany(paragraph => paragraph)
        : [.. Whole(Fate.Removed, Before), .. Whole(Fate.Added, After)];

    private static IEnumerable<ComparedPiece> Whole(Fate fate, string text) => text.Length == 0 ? [] : [new(fate, text)];
}
