using Dibao.Capture;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture;

public sealed class RecheckTests : IAsyncLifetime
{
    private TestSite site = null!;
    private TestStage archive = null!;

    public async ValueTask InitializeAsync()
    {
        site = await TestSite.StartAsync();
        archive = new(site.Authority);
    }

    public async ValueTask DisposeAsync()
    {
        archive.Dispose();
        await site.DisposeAsync();
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(404, true)]
    [InlineData(410, true)]
    [InlineData(451, true)]
    [InlineData(403, false)]
    [InlineData(500, false)]
    public async Task A_recheck_keeps_what_is_news_of_the_article(int status, bool kept)
    {
        site.On("/1", status);
        DateTimeOffset? postponed = null;
        var rechecks = Due("/1", until => postponed = until);
        var report = (await archive.Stage.Round.RecheckAsync(rechecks, 10, archive.KeepAsync, default)).ShouldHaveSingleItem();
        (report.Change is not null).ShouldBe(kept);
        (postponed is null).ShouldBe(kept);
        if (!kept) return;
        var bundle = archive.Articles.ShouldHaveSingleItem();
        bundle.Entry.ShouldBeNull();
        bundle.Exchanges[^1].Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_recheck_that_finds_304_waits_for_its_rung()
    {
        site.On("/1", 304);
        DateTimeOffset? postponed = null;
        await archive.Stage.Round.RecheckAsync(Due("/1", until => postponed = until), 10, archive.KeepAsync, default);
        postponed.ShouldBe(archive.Time.GetUtcNow().AddMinutes(15));
        archive.Kept.ShouldBeEmpty();
    }

    private Rechecks Due(string path, Action<DateTimeOffset?> postpone) => new()
    {
        Due = (_, _) => [new() { ArticleId = 1, Url = site.Url(path), Outlet = new("test", "test"), Since = archive.Time.GetUtcNow() }],
        Postpone = (_, until) => postpone(until),
    };
}
