using System.CommandLine;
using Dibao.Capture;
using Dibao.Capture.Discovery;
using Dibao.Capture.Sources;

namespace Dibao.Server.Commands;

internal static class AddCommand
{
    private static readonly Argument<string> Address = new("URL") { Description = "A feed, a sitemap, or a page that points to feeds" };
    private static readonly Option<string?> Slug = new("--outlet") { Description = "The outlet's name in URLs and queries (default: by the feed's host)", HelpName = "SLUG" };
    private static readonly Option<string?> Name = new("--name") { Description = "The outlet's name for people (default: the feed's title)" };
    private static readonly Option<bool> All = new("--all") { Description = "All feeds of the page, where it has several" };
    private static readonly Option<bool> AsList = new("--list") { Description = "Watch the page itself, as a list of links to articles" };
    private static readonly Option<string?> Selector = new("--selector") { Description = "CSS selector of the links, for a list page (implies --list)", HelpName = "CSS" };
    private static readonly Option<bool> Find = new("--find") { Description = "Show what could be watched, and add nothing" };

    public static (Command, Func<Invocation, Task<int>>) Create() =>
        (new("add", "Watch an outlet's feed, sitemap or list page") { Address, Slug, Name, All, AsList, Selector, Find }, RunAsync);

    private static async Task<int> RunAsync(Invocation call)
    {
        var slug = call.Value(Slug);
        if (slug is not null) RequireSlug(slug);
        await using var archive = call.OpenArchive();
        var finder = archive.Capture.Finder;
        var asList = call.Value(AsList) || call.Value(Selector) is not null;
        switch (asList ? await finder.FindListAsync(call.Value(Address), call.Value(Selector), call.Cancel) : await finder.FindAsync(call.Value(Address), call.Cancel))
        {
            case SourceFinding.Found found when call.Value(Find): return ListCandidates(call, found, "Nothing was added, as you asked.");
            case SourceFinding.Found { OtherFeeds.Count: > 0 } several when !call.Value(All):
                return ListCandidates(call, several, "The page has several feeds, and nothing was added. Add the one you want by its address, or all with --all.");
            case SourceFinding.Found { Best: { Kind: SourceKind.ListPage, Origin: CandidateOrigin.Page } } list:
                return ListCandidates(call, list, "The page has no feed, and nothing was added. With --list the page itself is watched; --selector names its links.");
            case SourceFinding.Found { Best: { Kind: SourceKind.Sitemap, Origin: not CandidateOrigin.Given } } sitemap:
                return ListCandidates(call, sitemap, "The page has no feed, and nothing was added. Add a sitemap by its address, or the page itself with --list.");
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

    private static int ListCandidates(Invocation call, SourceFinding.Found page, string words)
    {
        SourceCandidate[] candidates = [page.Best, .. page.Others];
        if (call.Output.Json)
        {
            call.Output.Object(new
            {
                added = false, reason = words, outlet = page.Outlet.Slug,
                feeds = candidates.Select(candidate => new
                {
                    url = candidate.Url, title = candidate.Title, kind = candidate.Kind, origin = candidate.Origin, platform = candidate.Platform, selector = candidate.Selector,
                    read = candidate.Read, entries = candidate.Read ? candidate.Entries : (int?)null, newest = candidate.Newest,
                }),
            });
            return ExitCode.Findings;
        }
        call.Output.Line($"For {call.Value(Address)} there is:");
        foreach (var candidate in candidates) call.Output.Line($"  {candidate.Url}  {InWords(candidate)}");
        call.Output.Line(words);
        return ExitCode.Findings;
    }

    private static string InWords(SourceCandidate candidate)
    {
        var kind = candidate.Kind switch { SourceKind.Sitemap => "sitemap", SourceKind.ListPage => "list page", _ => "feed" };
        var what = candidate.Title is null ? kind : $"{candidate.Title} ({kind})";
        if (!candidate.Read) return $"{what}, not asked";
        return $"{what}, {candidate.Entries} entries{(candidate.Newest is { } newest ? $", the newest of {newest.UtcDateTime:yyyy-MM-dd}" : "")}";
    }

    private static async Task<int> AddAsync(Invocation call, Archive archive, SourceFinding.Found found)
    {
        var outlet = found.Outlet with { Slug = call.Value(Slug) ?? found.Outlet.Slug, Name = call.Value(Name) ?? found.Outlet.Name };
        await AddOneAsync(call, archive, found.Best, outlet);
        if (call.Value(All)) foreach (var other in found.OtherFeeds) await AddOneAsync(call, archive, other, outlet);
        call.Output.Note("It is captured by `dibao serve`, or now by `dibao capture --once`.");
        return ExitCode.Done;
    }

    private static async Task AddOneAsync(Invocation call, Archive archive, SourceCandidate source, OutletName outlet)
    {
        var added = await archive.Capture.Book.WatchAsync(source.Url, source.ToChange(), outlet, archive.KeepAsync, call.Cancel);
        if (call.Output.Json) call.Output.Object(new { added, url = source.Url, title = source.Title, kind = source.Kind, outlet = outlet.Slug, name = outlet.Name });
        else call.Output.Line(added ? $"Added {source.Url}, outlet {outlet.Slug} ({outlet.Name})." : $"{source.Url} is watched already; nothing changed.");
    }
}
