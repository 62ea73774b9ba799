using Dibao.Capture;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture;

public sealed class RecheckTests : StageTest
{
    [Theory]
    [InlineData(200, true)]
    [InlineData(404, true)]
    [InlineData(410, true)]
    [InlineData(451, true)]
    [InlineData(403, false)]
    [InlineData(500, false)]
    public async Task A_recheck_keeps_every_answer_and_waits_where_it_is_no_news_of_the_article(int status, bool news)
    {
        Site.On("/1", status);
        DateTimeOffset? postponed = null;
        var rechecks = Due("/1", until => postponed = until);
        var report = (await Stage.Stage.Round.RecheckAsync(rechecks, 10, Stage.KeepAsync, default)).ShouldHaveSingleItem();
        (report.Change is not null).ShouldBe(news);
        (postponed is null).ShouldBe(news);
        var bundle = Stage.Articles.ShouldHaveSingleItem();
        bundle.Entry.ShouldBeNull();
        bundle.Exchanges[^1].Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_recheck_that_finds_304_waits_for_its_rung()
    {
        Site.On("/1", 304);
        DateTimeOffset? postponed = null;
        await Stage.Stage.Round.RecheckAsync(Due("/1", until => postponed = until), 10, Stage.KeepAsync, default);
        postponed.ShouldBe(Stage.Time.GetUtcNow().AddMinutes(15));
        Stage.Kept.ShouldHaveSingleItem().Exchanges[^1].Status.ShouldBe(304);
    }

    private Rechecks Due(string path, Action<DateTimeOffset?> postpone) => new()
    {
        Due = (_, _) => [new() { ArticleId = 1, Url = Site.Url(path), Outlet = new("test", "test"), Since = Stage.Time.GetUtcNow() }],
        Postpone = (_, until) => postpone(until),
    };
}
