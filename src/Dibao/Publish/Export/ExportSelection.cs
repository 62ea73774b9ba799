using Dibao.Find;

namespace Dibao.Publish.Export;

/// <summary>Which articles are exported.</summary>
public sealed record ExportSelection
{
    /// <summary>Slug; null for all outlets.</summary>
    public string? Outlet { get; init; }

    /// <summary>Null for all articles.</summary>
    public SearchQuery? Query { get; init; }

    /// <summary>By the order of capture, or with a query the newest first; a page at a time, so that any number fits in memory.</summary>
    public IEnumerable<Article> Of(ArchiveReader archive) => Query is { } query
        ? Found(archive, query).Where(article => Outlet is null || article.Outlet.Slug == Outlet)
        : archive.Catalogue.All(Outlet);

    /// <summary>In words, on one line: for what tells where an export comes from.</summary>
    public override string ToString() => (Outlet, Query) switch
    {
        (null, null) => "everything",
        (var outlet, null) => $"outlet {outlet}",
        (null, var query) => $"query {ArticleFileWriter.FoldLines(query.Text)}",
        var (outlet, query) => $"outlet {outlet}, query {ArticleFileWriter.FoldLines(query.Text)}",
    };

    private static IEnumerable<Article> Found(ArchiveReader archive, SearchQuery query)
    {
        const int Page = 100;
        string? cursor = null;
        do
        {
            var page = archive.Search.Search(query, new() { Limit = Page, Cursor = cursor });
            foreach (var article in archive.Catalogue.Articles([.. page.Hits.Select(hit => hit.ArticleId)])) yield return article;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }
}
