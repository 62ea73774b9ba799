using System.CommandLine;
using Dibao.Keep;

namespace Dibao.Server.Commands;

internal static class ListCommand
{
    private static readonly Option<string?> Outlet = new("--outlet") { Description = "Only articles of this outlet", HelpName = "SLUG" };
    private static readonly Option<int> Limit = new("--limit") { Description = "How many articles", DefaultValueFactory = _ => 20 };
    private static readonly Option<bool> Outlets = new("--outlets") { Description = "List the outlets instead" };
    private static readonly Option<bool> Sources = new("--sources") { Description = "List the sources and how they fare instead" };

    public static (Command, Func<Invocation, Task<int>>) Create() =>
        (new("list", "List the newest articles, the outlets, or the sources") { Outlet, Limit, Outlets, Sources }, RunAsync);

    private static Task<int> RunAsync(Invocation call)
    {
        using var archive = call.OpenReader();
        if (call.Value(Sources)) return Task.FromResult(ListSources(call, archive));
        return Task.FromResult(call.Value(Outlets) ? ListOutlets(call, archive) : ListArticles(call, archive));
    }

    private static int ListArticles(Invocation call, ArchiveReader archive)
    {
        var outlet = call.Value(Outlet);
        if (outlet is not null && archive.Catalogue.Outlet(outlet) is null)
        {
            throw new UsageException($"There is no outlet \"{outlet}\": dibao list --outlets shows those there are.");
        }
        var left = call.Value(Limit);
        string? cursor = null;
        while (left > 0)
        {
            var page = archive.Catalogue.Newest(outlet, cursor, Math.Min(left, Catalogue.MaxPage));
            foreach (var article in page.Articles) Print(call.Output, article);
            left -= page.Articles.Count;
            cursor = page.Next;
            if (cursor is null) break;
        }
        return ExitCode.Done;
    }

    internal static void Print(Output output, Article article)
    {
        if (output.Json) output.Object(ArticleLine.Of(article));
        else output.Line($"{article.Id,8}  {article.Newest:yyyy-MM-dd HH:mm}  {article.Outlet.Slug}  {article.Current.Title}{Marks(article)}");
    }

    private static string Marks(Article article)
    {
        var versions = article.VersionCount > 1 ? $"  [{article.VersionCount} versions]" : "";
        return article.State is ArticleState.Gone ? versions + "  [gone]" : versions;
    }

    private static int ListOutlets(Invocation call, ArchiveReader archive)
    {
        foreach (var shelf in archive.Catalogue.Outlets())
        {
            if (call.Output.Json) call.Output.Object(new { slug = shelf.Outlet.Slug, name = shelf.Outlet.Name, homeUrl = shelf.Outlet.HomeUrl, articles = shelf.Articles, newest = shelf.Newest });
            else call.Output.Line($"{shelf.Articles,8}  {shelf.Outlet.Slug}  {shelf.Outlet.Name}");
        }
        return ExitCode.Done;
    }

    private static int ListSources(Invocation call, ArchiveReader archive)
    {
        foreach (var health in archive.Sources())
        {
            if (call.Output.Json)
            {
                call.Output.Object(new
                {
                    url = health.Source.Url, outlet = health.Outlet.Slug, title = health.Source.Title, state = health.Source.State,
                    lastAttempt = health.LastAttempt, lastSuccess = health.LastSuccess, lastError = health.LastError, failures = health.Failures,
                    nextPoll = health.NextPoll, articles = health.Articles,
                });
            }
            else call.Output.Line($"{health.Outlet.Slug}  {health.Source.Url}  {Words(health)}");
        }
        return ExitCode.Done;
    }

    private static string Words(SourceHealth health) => health switch
    {
        { Source.State: SourceState.Retired } => "retired: its server says that it is gone for good",
        { LastAttempt: null } => "not polled yet",
        { LastError: { } error } => $"failed {health.Failures} times in a row: {error}",
        _ => $"well at {health.LastSuccess:yyyy-MM-dd HH:mm}Z, next {health.NextPoll:yyyy-MM-dd HH:mm}Z",
    };
}
