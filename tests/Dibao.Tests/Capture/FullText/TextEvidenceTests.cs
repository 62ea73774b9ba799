using Dibao.Capture.FullText;
using Dibao.Extract;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.FullText;

public sealed class TextEvidenceTests : IAsyncLifetime
{
    private const string Boilerplate = "Subscribe to our letter and support the journalism of this house with a gift, however small, every month.";

    private readonly TestStage archive = new("x.example");
    private TextEvidence evidence = null!;
    private long source;

    public async ValueTask InitializeAsync()
    {
        evidence = new(archive.Database, archive.Time);
        source = (await archive.WatchAsync("https://x.example/feed")).Source.Id;
    }

    public ValueTask DisposeAsync()
    {
        archive.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Nothing_is_preferred_until_four_articles_are_known()
    {
        for (var n = 0; n < 3; n++) Learn(n, Story(n), "short");
        evidence.Of(source).Prefer.ShouldBeNull();
        Learn(3, Story(3), "short").ShouldBe(TextPreference.Page);
    }

    [Fact]
    public void A_feed_that_is_as_long_and_cleaner_is_preferred()
    {
        for (var n = 0; n < 6; n++) Learn(n, $"{Story(n)}\n\n{Boilerplate}", Story(n));
        var habits = evidence.Of(source);
        habits.Prefer.ShouldBe(TextPreference.Feed);
        habits.Clutter.ShouldBe(Boilerplate.Length);
        habits.Samples.ShouldBe(6);
    }

    [Fact]
    public void A_page_that_is_longer_is_preferred_though_it_has_a_line_too_many()
    {
        for (var n = 0; n < 6; n++) Learn(n, $"{Story(n)}\n\n{Story(n + 100)}\n\n{Boilerplate}", Story(n)[..80]);
        evidence.Of(source).Prefer.ShouldBe(TextPreference.Page);
    }

    [Fact]
    public void Pages_behind_a_wall_leave_the_feed()
    {
        for (var n = 0; n < 6; n++) Learn(n, Story(n)[..60], Story(n));
        evidence.Of(source).Prefer.ShouldBe(TextPreference.Feed);
    }

    private TextPreference? Learn(int number, string page, string feed) =>
        evidence.Learn(source, new() { Id = $"{number}", Link = $"https://x.example/{number}", Title = $"{number}" }, Reading(page), Reading(feed));

    private static ArticleReading Reading(string text) => new() { Kind = PageKind.Article, Metadata = new(), Text = text };

    private static string Story(int number) =>
        $"Story {number} begins at the harbour of bay {number}.\n\n" + string.Join("\n\n", Enumerable.Range(1, 5).Select(p => $"Paragraph {p} of story {number} tells of boat {number * 7 + p}, of her crew of {p + number} and of the tide that took them out."));
}
