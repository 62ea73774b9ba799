using Dibao.Capture;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.FullText;

/// <summary>What recurs on an outlet's pages, from its server to the catalogue and through a rebuild.</summary>
public sealed class TemplateJourneyTests : IAsyncLifetime
{
    private const string Promise = "本报的记者每天走遍两岸的街巷，如果您看到了什么值得一写的事情，欢迎写信到编辑部来告诉我们。";
    private static readonly string[] Stories = ["渡轮", "图书馆", "灯塔", "面包房", "集市", "彗星", "球队"];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dibao-template-");
    private readonly ManualTime time = new();
    private TestSite site = null!;
    private Archive archive = null!;

    public async ValueTask InitializeAsync()
    {
        site = await TestSite.StartAsync();
        archive = Archive.Open(folder.FullName, new CaptureOptions { AllowHosts = [site.Authority] }, time);
        site.On("/feed", TestFeed.Of(Stories.Select((story, i) => new TestFeed.Item($"{i}", $"/a/{i}", story)).Reverse()), TestFeed.Type);
        for (var i = 0; i < Stories.Length; i++) site.On($"/a/{i}", Page(i));
        await archive.Capture.Book.AddAsync(site.Url("/feed"), null, new("post", "两岸报"), archive.KeepAsync, default);
        await archive.Capture.Round.RunAsync(archive.Capture.Book.Active(), archive.KeepAsync, null, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await archive.DisposeAsync();
        await site.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void What_recurs_is_learned_from_the_first_articles_and_left_out_of_the_next()
    {
        TextOf(0).ShouldContain("欢迎写信");
        TextOf(Stories.Length - 1).ShouldNotContain("欢迎写信");
        TextOf(Stories.Length - 1).ShouldContain("球队的故事第3段");
        var template = archive.Reader.Template(archive.Reader.Sources()[0].Source.Id);
        template.Pages.ShouldBe(Stories.Length);
        template.Blocks.ShouldContain(block => block.Text.StartsWith("本报的记者", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Learning_makes_no_article_look_edited()
    {
        time.Advance(TimeSpan.FromHours(2));
        var reports = await archive.Capture.Round.RecheckAsync(archive.Rechecks, 100, archive.KeepAsync, TestContext.Current.CancellationToken);
        reports.Count.ShouldBe(Stories.Length);
        for (var i = 0; i < Stories.Length; i++) VersionsOf(i).ShouldBe(1, Stories[i]);
        TextOf(0).ShouldContain("欢迎写信");

        // An edit still is one, and still read without what recurs.
        site.On($"/a/{Stories.Length - 1}", Page(Stories.Length - 1).Replace("第3段", "第3段（更正）", StringComparison.Ordinal));
        time.Advance(TimeSpan.FromHours(2));
        await archive.Capture.Round.RecheckAsync(archive.Rechecks, 100, archive.KeepAsync, TestContext.Current.CancellationToken);
        VersionsOf(Stories.Length - 1).ShouldBe(2);
        TextOf(Stories.Length - 1).ShouldContain("更正");
        TextOf(Stories.Length - 1).ShouldNotContain("欢迎写信");
    }

    [Fact]
    public async Task A_rebuild_reads_the_same_and_goes_on_so()
    {
        var before = Enumerable.Range(0, Stories.Length).Select(TextOf).ToList();
        await archive.DisposeAsync();
        archive = Archive.Rebuild(folder.FullName, new CaptureOptions { AllowHosts = [site.Authority] }, time, null, TestContext.Current.CancellationToken);
        Enumerable.Range(0, Stories.Length).Select(TextOf).ShouldBe(before);

        time.Advance(TimeSpan.FromHours(2));
        await archive.Capture.Round.RecheckAsync(archive.Rechecks, 100, archive.KeepAsync, TestContext.Current.CancellationToken);
        for (var i = 0; i < Stories.Length; i++) VersionsOf(i).ShouldBe(1, Stories[i]);
    }

    private ArticleVersion Current(int story) => archive.Reader.Catalogue.Article(site.Url($"/a/{story}")).ShouldNotBeNull().Current;

    private string TextOf(int story) => archive.Reader.Catalogue.Body(Current(story).Id).Text;

    private int VersionsOf(int story) => archive.Reader.Catalogue.Article(site.Url($"/a/{story}"))!.VersionCount;

    private static string Page(int story) =>
        $"<html lang=zh><head><title>{Stories[story]}</title></head><body><article><h1>{Stories[story]}</h1>"
        + string.Concat(Enumerable.Range(1, 5).Select(paragraph => $"<p>这是{Stories[story]}的故事第{paragraph}段，说的是那一天{Stories[story]}旁边发生的事情，人们至今还常常提起它来。</p>"))
        + $"<p>{Promise}</p></article></body></html>";
}
