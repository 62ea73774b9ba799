using Microsoft.AspNetCore.Mvc;

namespace Dibao.Server.Read.Pages;

/// <summary>What changed between two wordings of an article: the last two, unless others are asked for.</summary>
public sealed class CompareModel(ArchiveReader archive) : ReaderPage
{
    public Article Article { get; private set; } = null!;
    public ArticleVersion From { get; private set; } = null!;
    public ArticleVersion To { get; private set; } = null!;
    public Comparison Comparison { get; private set; } = null!;
    public string? Lang => LanguageTag.Of(Article, To);

    public IActionResult OnGet(long id, int? from, int? to)
    {
        if (archive.Catalogue.Article(id) is not { VersionCount: > 0 } article) return Missing();
        var versions = archive.Catalogue.Versions(id);
        var last = to ?? versions[^1].Ordinal;
        var first = from ?? Math.Max(1, last - 1);
        if (versions.FirstOrDefault(version => version.Ordinal == first) is not { } old) return Missing();
        if (versions.FirstOrDefault(version => version.Ordinal == last) is not { } young) return Missing();
        (Article, From, To) = (article, old, young);
        Comparison = Comparison.Of(Wording(old), Wording(young));
        return Page();
    }

    private string Wording(ArticleVersion version) =>
        $"{version.Title.ReplaceLineEndings(" ")}\n{version.Standfirst?.ReplaceLineEndings(" ")}\n{archive.Catalogue.Body(version.Id).Text}";
}
