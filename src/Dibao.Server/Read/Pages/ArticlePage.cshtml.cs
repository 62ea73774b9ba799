using Microsoft.AspNetCore.Mvc;

namespace Dibao.Server.Read.Pages;

/// <summary>One article in its newest wording.</summary>
public sealed class ArticlePageModel(ArchiveReader archive) : ReaderPage
{
    public Article Article { get; private set; } = null!;
    public ArticleView View { get; private set; } = null!;
    public ArticleVersion Shown => Article.Current;

    public IActionResult OnGet(long id)
    {
        if (archive.Catalogue.Article(id) is not { } article) return Missing();
        Article = article;
        if (article.Removal is { } removal) Response.StatusCode = RemovalStatus.Of(removal);
        View = ArticleView.Of(article, article.Current, archive, Ui);
        Feed = new($"/o/{Uri.EscapeDataString(article.Outlet.Slug)}/feed", "");
        return Page();
    }
}
