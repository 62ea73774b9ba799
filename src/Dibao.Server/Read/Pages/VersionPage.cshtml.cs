using Microsoft.AspNetCore.Mvc;

namespace Dibao.Server.Read.Pages;

/// <summary>One article as it was worded once.</summary>
public sealed class VersionPageModel(ArchiveReader archive) : ReaderPage
{
    public ArticleView View { get; private set; } = null!;

    public IActionResult OnGet(long id, int ordinal)
    {
        if (archive.Catalogue.Article(id) is not { } article) return Missing();
        if (archive.Catalogue.Versions(id).FirstOrDefault(version => version.Ordinal == ordinal) is not { } shown) return Missing();
        View = ArticleView.Of(article, shown, archive, Ui);
        Feed = new($"/o/{Uri.EscapeDataString(article.Outlet.Slug)}/feed", "");
        return Page();
    }
}
