using System.CommandLine;
using Dibao.Capture;
using Dibao.Capture.Sources;

namespace Dibao.Server.Commands;

internal static class AddCommand
{
    private static readonly Argument<string> Address = new("URL") { Description = "A feed, or a page that points to feeds" };
    private static readonly Option<string?> Slug = new("--outlet") { Description = "The outlet's name in URLs and queries (default: by the feed's host)", HelpName = "SLUG" };
    private static readonly Option<string?> Name = new("--name") { Description = "The outlet's name for people (default: the feed's title)" };
    private static readonly Option<bool> All = new("--all") { Description = "All feeds of the page, where it has several" };

    public static (Command, Func<Invocation, Task<int>>) Create() => (new("add", "Watch an outlet's feed") { Address, Slug, Name, All }, RunAsync);

    private static async Task<int> RunAsync(Invocation call)
    {
        var slug = call.Value(Slug);
        if (slug is not null) RequireSlug(slug);
        await using var archive = call.OpenArchive();
        switch (await archive.Capture.Finder.FindAsync(call.Value(Address), call.Cancel))
        {
            case SourceFinding.Found { Others.Count: > 0 } several when !call.Value(All): return ListFeeds(call, several);
            case SourceFinding.Found found: return await AddAsync(call, archive, found);
            case SourceFinding.NotFound missing:
                if (call.Output.Json) call.Output.Object(new { added = false, reason = missing.Message });
                call.Output.Error(missing.Message);
                return ExitCode.Findings;
            default: throw new InvalidOperationException("A finding is either found or not found.");
        }
    }

    /// <exception cref="UsageException">It is no slug.</exception>
    internal static void RequireSlug(string slug)
    {
        var near = OutletNaming.SlugOf(slug);
        if (near != slug) throw new UsageException($"\"{slug}\" cannot be an outlet's slug: use lower-case letters, digits, dots and hyphens{(near is null ? "" : $", as in {near}")}.");
    }

    private static int ListFeeds(Invocation call, SourceFinding.Found page)
    {
        FeedCandidate[] feeds = [new(page.Url, page.Title), .. page.Others];
        if (call.Output.Json)
        {
            call.Output.Object(new { added = false, reason = "the page has several feeds", feeds = feeds.Select(feed => new { url = feed.Url, title = feed.Title }) });
            return ExitCode.Findings;
        }
        call.Output.Line($"{call.Value(Address)} has {feeds.Length} feeds:");
        foreach (var feed in feeds) call.Output.Line($"  {feed.Url}  {feed.Title}");
        call.Output.Line("Nothing was added. Add the one you want by its address, or all with --all.");
        return ExitCode.Findings;
    }

    private static async Task<int> AddAsync(Invocation call, Archive archive, SourceFinding.Found found)
    {
        var outlet = found.Outlet with { Slug = call.Value(Slug) ?? found.Outlet.Slug, Name = call.Value(Name) ?? found.Outlet.Name };
        await AddOneAsync(call, archive, found.Url, found.Title, outlet);
        foreach (var other in found.Others) await AddOneAsync(call, archive, other.Url, other.Title, outlet);
        call.Output.Note("It is captured by `dibao serve`, or now by `dibao capture --once`.");
        return ExitCode.Done;
    }

    private static async Task AddOneAsync(Invocation call, Archive archive, string url, string? title, OutletName outlet)
    {
        var added = await archive.Capture.Book.AddAsync(url, title, outlet, archive.KeepAsync, call.Cancel);
        if (call.Output.Json) call.Output.Object(new { added, url, title, outlet = outlet.Slug, name = outlet.Name });
        else call.Output.Line(added ? $"Added {url}, outlet {outlet.Slug} ({outlet.Name})." : $"{url} is watched already; nothing changed.");
    }
}
