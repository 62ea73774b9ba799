using Dibao.Capture;
using Dibao.SampleOutlet;
using Dibao.Server.Jobs;

namespace Dibao.Server.Commands;

/// <summary>What happens at the made-up publisher while the demo watches: one article is corrected, another deleted.</summary>
internal sealed class DemoEvents(SampleOutletServer outlet, Archive archive, CaptureTally tally, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(8);

    public async Task RunAsync(Action<string> say, CancellationToken cancel)
    {
        await Task.Delay(Pause, time, cancel);
        outlet.Edit(SampleOutletServer.EditedSlug);
        await LookAsync(SampleOutletServer.EditedSlug, cancel);
        Say(say, SampleOutletServer.EditedSlug, "The outlet corrected an article; both wordings are kept");
        await Task.Delay(Pause, time, cancel);
        outlet.Delete(SampleOutletServer.DeletedSlug);
        await LookAsync(SampleOutletServer.DeletedSlug, cancel);
        Say(say, SampleOutletServer.DeletedSlug, "The outlet deleted an article; the archive still has it");
    }

    // What the calendar would do within minutes or hours, now.
    private async Task LookAsync(string slug, CancellationToken cancel)
    {
        var feeds = outlet.Feeds.Select(feed => feed.ToString()).ToHashSet();
        await archive.Capture.Round.RunAsync(
            [.. archive.Capture.Book.Active().Where(source => feeds.Contains(source.Source.Url))], archive.KeepAsync, tally, cancel);
        if (Find(slug) is not { } article) return;
        var due = new Rechecks
        {
            Due = (_, _) => [new() { ArticleId = article.Id, Url = article.Url, Outlet = new(article.Outlet.Slug, article.Outlet.Name), Since = article.Newest }],
            Postpone = archive.Rechecks.Postpone,
        };
        await archive.Capture.Round.RecheckAsync(due, 1, archive.KeepAsync, cancel);
    }

    private void Say(Action<string> say, string slug, string what)
    {
        if (Find(slug) is { } article) say($"{what}: /a/{article.Id} ({article.Current.Title})");
    }

    private Article? Find(string slug) => archive.Reader.Catalogue.Article(outlet.UrlOf(slug).ToString());
}
