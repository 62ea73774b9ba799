using Dibao.Capture;
using Dibao.Capture.Discovery;
using Dibao.Capture.Sources;
using Dibao.Server.Jobs;
using Dibao.Server.Read;

namespace Dibao.Server.Hosting;

/// <summary>Adds sources for the pages and the API, and has them polled at once.</summary>
internal sealed class SourceAdditions(Archive archive, Capturing capturing)
{
    public async Task<AddOutcome> AddAsync(string address, CancellationToken cancel)
    {
        switch (await archive.Capture.Finder.FindAsync(address, cancel))
        {
            case SourceFinding.Found { OtherFeeds: { Count: > 0 } others } page:
                return new AddOutcome.Refused($"The page has several feeds: give the address of the one you want. {string.Join(" , ", [page.Url, .. others.Select(feed => feed.Url)])}");
            case SourceFinding.Found { Best: { Kind: not SourceKind.Feed, Origin: not CandidateOrigin.Given } best }:
                return new AddOutcome.Refused(best.Kind == SourceKind.ListPage
                    ? $"The page has no feed. It can be watched as a list of its {best.Entries} articles: dibao add {best.Url} --list"
                    : $"The page has no feed, but its site has a sitemap: give its address, {best.Url}");
            case SourceFinding.Found found:
                var (url, outlet) = (found.Url, found.Outlet);
                if (!await archive.Capture.Book.WatchAsync(url, found.Best.ToChange(), outlet, archive.KeepAsync, cancel)) return new AddOutcome.AlreadyThere(url, outlet.Slug, outlet.Name);
                capturing.Wake();
                return new AddOutcome.Added(url, found.Title, outlet.Slug, outlet.Name);
            case SourceFinding.NotFound missing: return new AddOutcome.Refused(missing.Message);
            default: throw new InvalidOperationException("A finding is either found or not found.");
        }
    }
}
