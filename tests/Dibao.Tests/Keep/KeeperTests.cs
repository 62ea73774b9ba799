using Dibao.Capture;
using Dibao.Find;
using Dibao.Keep;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep;

public class KeeperTests
{
    [Fact]
    public async Task A_kept_article_is_listed_read_and_found()
    {
        await using var test = TestArchive.New();

        var outcome = await test.Keep(TestArchive.Page(1));

        outcome.Change.ShouldBe(ArticleChange.New);
        var article = test.Catalogue.Newest(null, null, 10).Articles.ShouldHaveSingleItem();
        article.Current.Title.ShouldBe("第1座桥今天通车");
        article.Outlet.Slug.ShouldBe("hewan");
        article.Number.ShouldBe(0xFFFFF);
        var body = test.Catalogue.Body(article.Current.Id);
        body.Text.ShouldContain("工程负责人林桥生说");
        body.Html.ShouldNotContain("<nav");
        var query = SearchQuery.Parse("林桥生").ShouldBeOfType<QueryReading.Parsed>().Query;
        test.Archive.Reader.Search.Search(query, new()).Hits.ShouldHaveSingleItem().ArticleId.ShouldBe(article.Id);
    }

    [Fact]
    public async Task A_changed_article_becomes_a_new_version_and_the_old_words_stay()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));

        var changed = await test.Keep(TestArchive.Page(1, "通车仪式改在室内举行。", minutes: 30));
        var same = await test.Keep(TestArchive.Page(1, "通车仪式改在室内举行。", minutes: 60));

        changed.Change.ShouldBe(ArticleChange.Changed);
        same.Change.ShouldBe(ArticleChange.Unchanged);
        var versions = test.Catalogue.Versions(changed.ArticleId!.Value);
        versions.Select(v => v.Ordinal).ShouldBe([1, 2]);
        test.Catalogue.Body(versions[0].Id).Text.ShouldContain("雨中");
        test.Catalogue.Body(versions[1].Id).Text.ShouldContain("室内");
        test.Catalogue.Article(changed.ArticleId.Value)!.Current.Ordinal.ShouldBe(2);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(451)]
    public async Task An_article_that_the_outlet_deletes_is_gone_and_stays_readable(int status)
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));

        var gone = await test.Keep(TestArchive.Page(1, status: status, minutes: 30, entry: false));
        var article = test.Catalogue.Article(gone.ArticleId!.Value)!;

        gone.Change.ShouldBe(ArticleChange.Gone);
        article.State.ShouldBe(ArticleState.Gone);
        article.StateSince.ShouldBe(TestArchive.Start.AddMinutes(30));
        test.Catalogue.Body(article.Current.Id).Text.ShouldContain("雨中");

        (await test.Keep(TestArchive.Page(1, minutes: 60))).Change.ShouldBe(ArticleChange.Back);
        test.Catalogue.Article(article.Id)!.State.ShouldBe(ArticleState.Back);
    }

    [Fact]
    public async Task The_feeds_text_stands_in_for_a_page_that_failed_and_never_replaces_one()
    {
        await using var test = TestArchive.New();

        var fromFeed = await test.Keep(TestArchive.Page(1, pageError: "hewan.example answered 500"));
        test.Catalogue.Article(fromFeed.ArticleId!.Value)!.Current.Origin.ShouldBe(VersionOrigin.Feed);

        (await test.Keep(TestArchive.Page(1, minutes: 5))).Change.ShouldBe(ArticleChange.Changed);
        (await test.Keep(TestArchive.Page(1, minutes: 10, pageError: "hewan.example answered 500"))).Change.ShouldBe(ArticleChange.Unchanged);
        test.Catalogue.Article(fromFeed.ArticleId.Value)!.Current.Origin.ShouldBe(VersionOrigin.Page);
    }

    [Fact]
    public async Task The_same_bytes_become_a_revisit_and_read_the_same()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));

        var again = await test.Keep(TestArchive.Page(1, minutes: 15));

        var capture = test.Catalogue.Capture(again.CaptureId)!;
        capture.Records.Select(record => record.Type).ShouldBe(["request", "revisit", "metadata", "metadata"]);
        var original = test.Archive.Reader.Original(capture).ShouldNotBeNull();
        original.ContentType.ShouldBe("text/html; charset=utf-8");
        System.Text.Encoding.UTF8.GetString(original.Bytes.Span).ShouldContain("通车仪式在雨中举行。");
    }

    [Fact]
    public async Task Captures_kept_side_by_side_each_get_a_leaf_of_their_own()
    {
        await using var test = TestArchive.New();

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 200).Select(n => Task.Run(() => test.Keep(TestArchive.Page(n)))));

        outcomes.ShouldAllBe(outcome => outcome.Change == ArticleChange.New);
        var leaves = outcomes.Select(outcome => test.Catalogue.Capture(outcome.CaptureId)!.Leaf).Order().ToList();
        leaves.ShouldBe(Enumerable.Range(0, 200).Select(n => (long)n));
        test.Archive.Keeper.Leaves.ShouldBe(200);
        test.Catalogue.Counts().Articles.ShouldBe(200);
    }

    [Fact]
    public async Task Pages_of_the_list_hold_each_article_once_newest_first()
    {
        await using var test = TestArchive.New();
        foreach (var n in Enumerable.Range(1, 25)) await test.Keep(TestArchive.Page(n));

        var titles = new List<string>();
        string? cursor = null;
        do
        {
            var page = test.Catalogue.Newest("hewan", cursor, 10);
            titles.AddRange(page.Articles.Select(a => a.Current.Title));
            cursor = page.Next;
        }
        while (cursor is not null);

        titles.ShouldBe(Enumerable.Range(1, 25).Reverse().Select(n => $"第{n}座桥今天通车"));
        test.Catalogue.Newest("nobody", null, 10).Articles.ShouldBeEmpty();
        test.Catalogue.Newest(null, "not a cursor", 10).Articles.Count.ShouldBe(10);
    }

    [Theory]
    [InlineData("a", ArticleVersion.MaxLead)]
    [InlineData("桥", ArticleVersion.MaxLeadBytes / 3)]
    [InlineData("\U00020BB7", ArticleVersion.MaxLeadBytes / 4)]
    public void A_lead_is_as_long_as_a_list_shows_it(string character, int times)
    {
        VersionDraft.LeadOf(string.Concat(Enumerable.Repeat(character, 500))).ShouldBe(string.Concat(Enumerable.Repeat(character, times)));
        VersionDraft.LeadOf(character).ShouldBe(character);
        VersionDraft.LeadOf($"b{string.Concat(Enumerable.Repeat(character, 500))}").ShouldStartWith($"b{character}");
    }

    [Fact]
    public async Task A_lead_is_how_the_text_begins_with_no_character_cut()
    {
        await using var test = TestArchive.New();
        var kept = await test.Keep(TestArchive.Page(1, string.Concat(Enumerable.Repeat("\U00020BB7", 300))));
        var version = test.Catalogue.Article(kept.ArticleId!.Value)!.Current;

        test.Catalogue.Body(version.Id).Text.ShouldStartWith(version.Lead);
        System.Text.Encoding.UTF8.GetByteCount(version.Lead).ShouldBeInRange(ArticleVersion.MaxLeadBytes - 3, ArticleVersion.MaxLeadBytes);
        char.IsHighSurrogate(version.Lead[^1]).ShouldBeFalse();
        test.Catalogue.Texts([version.Id])[version.Id].ShouldBe(test.Catalogue.Body(version.Id).Text);
    }
}
