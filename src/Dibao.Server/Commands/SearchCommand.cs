using System.CommandLine;
using Dibao.Find;

namespace Dibao.Server.Commands;

internal static class SearchCommand
{
    private static readonly Argument<string[]> Words = new("QUERY")
    {
        Description = "In quotes: 'words \"a phrase\" -word outlet:slug lang:zh after:2023-11 before:2024'", Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<bool> Best = new("--best") { Description = "Best first, rather than newest" };
    private static readonly Option<int> Limit = new("--limit") { Description = "How many hits, at most 100", DefaultValueFactory = _ => 20 };

    public static (Command, Func<Invocation, Task<int>>) Create() => (new("search", "Find articles") { Words, Best, Limit }, RunAsync);

    private static Task<int> RunAsync(Invocation call)
    {
        var reading = SearchQuery.Parse(string.Join(' ', call.Value(Words)));
        if (reading is not QueryReading.Parsed { Query: var query }) throw new UsageException(((QueryReading.Invalid)reading).Message);
        using var archive = call.OpenReader();
        var page = archive.Search.Search(query, new() { Limit = call.Value(Limit), Order = call.Value(Best) ? SearchOrder.Best : SearchOrder.Newest });
        foreach (var hit in page.Hits) Print(call.Output, archive, query, hit);
        if (call.Output.Json) call.Output.Object(new { total = page.Total, totalIsCapped = page.TotalIsCapped, shown = page.Hits.Count });
        else call.Output.Note($"{page.Total}{(page.TotalIsCapped ? "+" : "")} found, {page.Hits.Count} shown.");
        return Task.FromResult(page.Total > 0 ? ExitCode.Done : ExitCode.Findings);
    }

    private static void Print(Output output, ArchiveReader archive, SearchQuery query, SearchHit hit)
    {
        if (archive.Catalogue.Article(hit.ArticleId) is not { } article) return;
        var snippet = Snippet.Make(archive.Catalogue.Body(hit.VersionId).Text, query);
        if (output.Json) { output.Object(new { article = ArticleLine.Of(article), score = hit.Score, snippet }); return; }
        ListCommand.Print(output, article);
        output.Line("          " + string.Concat(snippet.Select(part => part.Match ? $"[{part.Text}]" : part.Text)));
    }
}
