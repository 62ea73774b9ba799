using Dibao.Find;
using Shouldly;
using Xunit;
using static Dibao.Tests.Find.Archive;

namespace Dibao.Tests.Find;

public sealed class SearchIndexTests : IDisposable
{
    private readonly Archive archive = new();

    public void Dispose() => archive.Dispose();

    [Fact]
    public void A_name_of_two_characters_is_found_inside_a_sentence()
    {
        archive.With("昨日普京抵达北京。", "昨日普通的京剧演出。");
        archive.Find("普京").ShouldBe([1]);
    }

    [Theory]
    [InlineData("李尚福訪莫斯科", "防长李尚福访莫斯科三天")]
    [InlineData("李尚福访莫斯科", "防長李尚福訪莫斯科三天")]
    [InlineData("台灣的鐘錶", "台湾的钟表")]
    [InlineData("着作", "著作等身")]
    [InlineData("国会図書館", "國會圖書館")]
    [InlineData("説明", "说明")]
    public void Traditional_simplified_and_regional_forms_find_each_other(string query, string text)
    {
        archive.With(text, "别的新闻");
        archive.Find(query).ShouldBe([1]);
    }

    [Theory]
    [InlineData("ＡＢＣ", "abc news")]
    [InlineData("abc", "ＡＢＣ电视台")]
    [InlineData("CAFE", "au Café du monde")]
    [InlineData("café", "CAFE\u0301")]
    [InlineData("strasse", "Straße")]
    [InlineData("カタカナ", "ｶﾀｶﾅ")]
    [InlineData("ガス", "ｶﾞｽ会社")]
    [InlineData("한국", "\u1112\u1161\u11AB\u1100\u116E\u11A8 뉴스")]
    [InlineData("２０２３年", "发生于2023年")]
    [InlineData("李尚福", "李\u200B尚\u200B福")]
    [InlineData("李尚福", "记者采访李尚\r\n福将军")]
    [InlineData("㈱", "(株)")]
    public void Width_case_accents_and_invisible_characters_do_not_matter(string query, string text)
    {
        archive.With(text, "另一条 other");
        archive.Find(query).ShouldBe([1]);
    }

    [Theory]
    [InlineData("\"莫斯科 会晤\"", new long[] { 1 })]
    [InlineData("\"moscow talks\"", new long[] { 3 })]
    [InlineData("moscow talks", new long[] { 3, 4 })]
    [InlineData("莫斯科 会晤", new long[] { 1, 2 })]
    public void A_phrase_wants_its_words_side_by_side(string query, long[] expected)
    {
        archive.With("在莫斯科会晤", "会晤在莫斯科", "The Moscow talks", "talks in Moscow");
        archive.Find(query).ShouldBe(expected);
    }

    [Theory]
    [InlineData("iPhone发布会", new long[] { 1 })]
    [InlineData("发布会iPhone", new long[] { 2 })]
    [InlineData("A股", new long[] { 3, 4 })]
    [InlineData("A股市场", new long[] { 3 })]
    [InlineData("G20峰", new long[] { 5 })]
    [InlineData("covid-19疫情", new long[] { 6 })]
    public void Phrases_cross_from_one_script_to_another(string query, long[] expected)
    {
        archive.With("秋季 iPhone 发布会", "发布会：iPhone", "今日A股市场", "看好A股", "G20峰会", "COVID-19疫情");
        archive.Find(query).ShouldBe(expected);
    }

    [Theory]
    [InlineData("福")]
    [InlineData("訪")]
    [InlineData("李")]
    public void One_character_is_found_at_the_beginning_the_middle_and_the_end(string query)
    {
        archive.With("李福访", "福访李", "访李福", "别的");
        archive.Find(query).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void One_character_alone_in_the_text_is_found() => archive.With("He wrote 福 on it", "none").Find("福").ShouldBe([1]);

    [Theory]
    [InlineData("北京 -上海", new long[] { 1 })]
    [InlineData("-上海", new long[] { 1, 3 })]
    [InlineData("-北京 -上海", new long[] { 3 })]
    [InlineData("北京 －\"上海 会议\"", new long[] { 1 })]
    public void What_has_a_minus_sign_must_not_occur(string query, long[] expected)
    {
        archive.With("北京天气", "北京和上海会议", "广州");
        archive.Find(query).ShouldBe(expected);
    }

    [Theory]
    [InlineData("outlet:one", new long[] { 1, 3 })]
    [InlineData("outlet：TWO 北京", new long[] { 2 })]
    [InlineData("outlet:one outlet:two", new long[] { 1, 2, 3 })]
    [InlineData("outlet:none 北京", new long[] { })]
    [InlineData("-outlet:one", new long[] { 2 })]
    [InlineData("after:2024", new long[] { 2, 3 })]
    [InlineData("after:2024-02 北京", new long[] { 3 })]
    [InlineData("before:2024-03-01", new long[] { 1, 2 })]
    [InlineData("before:2024-02-29", new long[] { 1, 2 })]
    [InlineData("after:2023/6 before:2024.2", new long[] { 1, 2 })]
    [InlineData("lang:zh", new long[] { 1, 2 })]
    [InlineData("lang:zh-Hant", new long[] { 2 })]
    [InlineData("lang:en lang:zh-hant", new long[] { 2, 3 })]
    public void Filters_narrow_what_is_found(string query, long[] expected)
    {
        archive.With(
            Document(1, "北京", newest: Day(2023, 12, 31)) with { Language = "zh-Hans" },
            Document(2, "北京", newest: Day(2024), outlet: 2) with { Language = "zh-Hant-TW" },
            Document(3, "北京", newest: Day(2024, 3, 1)) with { Language = "en" });
        archive.Find(query).ShouldBe(expected);
    }

    [Fact]
    public void Days_begin_where_the_reader_says()
    {
        archive.With(Document(1, "北京", newest: new DateTimeOffset(2024, 1, 1, 2, 0, 0, TimeSpan.FromHours(8))));
        archive.Search("after:2024").Hits.ShouldBeEmpty();
        var page = archive.Search("after:2024", new SearchOptions { UtcOffset = TimeSpan.FromHours(8) });
        page.Hits.Count.ShouldBe(1);
        page.Histogram.ShouldBe([new TimeBucket(new DateOnly(2024, 1, 1), new DateOnly(2024, 1, 2), 1)]);
    }

    [Fact]
    public void Title_standfirst_and_authors_are_searched_too()
    {
        archive.With(Document(1, "正文", title: "题目在此") with { Standfirst = "导语一句", Authors = ["王小明", "Ada Byron"] });
        foreach (var query in new[] { "题目", "导语", "王小明", "byron", "题目 导语 ada" }) archive.Find(query).ShouldBe([1], query);
    }

    [Fact]
    public void Authors_do_not_run_into_each_other_nor_into_the_marks()
    {
        archive.With(Document(1, "正文") with { Authors = ["王小明", "李大"] });
        archive.Find("明李").ShouldBeEmpty();
        archive.Find("oone").ShouldBeEmpty();
    }

    [Fact]
    public void Text_cannot_pass_itself_off_as_a_mark()
    {
        archive.With(Document(1, "\u0001otwo", title: "\u0001otwo"));
        archive.Find("outlet:two").ShouldBeEmpty();
        archive.Find("\u0001oone").ShouldBeEmpty();
    }

    [Fact]
    public void A_changed_article_is_found_by_its_new_words_only()
    {
        archive.With(Document(1, "旧闻", newest: Day(2024)));
        archive.With(Document(1, "新事", newest: Day(2025)) with { VersionId = 7 });
        archive.Find("旧闻").ShouldBeEmpty();
        archive.Search("新事").Hits.ShouldBe([new SearchHit(1, 7, Day(2025), 0)]);
        archive.Search("").Total.ShouldBe(1);
    }

    [Fact]
    public void A_removed_article_is_not_found()
    {
        archive.With("北京", "北京");
        archive.Remove(1);
        archive.Remove(99);
        archive.Find("北京").ShouldBe([2]);
    }

    [Fact]
    public void The_newest_come_first_and_pages_join_without_gap_or_overlap()
    {
        archive.With(Enumerable.Range(1, 25).Select(id => Document(id, "北京", newest: Day(2024).AddMinutes(id * 7 % 25))));
        var ids = new List<SearchHit>();
        string? cursor = null;
        do
        {
            var page = archive.Search("北京", new SearchOptions { Limit = 4, Cursor = cursor });
            page.Total.ShouldBe(25);
            ids.AddRange(page.Hits);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        ids.Select(hit => hit.ArticleId).Distinct().Count().ShouldBe(25);
        ids.Select(hit => hit.Newest).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void Pages_of_the_best_join_without_gap_or_overlap()
    {
        archive.With(Enumerable.Range(1, 25).Select(id => Document(id, string.Concat(Enumerable.Repeat("北京。", id)))));
        var first = archive.Search("北京", new SearchOptions { Order = SearchOrder.Best, Limit = 20 });
        var second = archive.Search("北京", new SearchOptions { Order = SearchOrder.Best, Limit = 20, Cursor = first.NextCursor });
        second.NextCursor.ShouldBeNull();
        first.Hits.Concat(second.Hits).Select(hit => hit.ArticleId).Order().ShouldBe(Enumerable.Range(1, 25).Select(id => (long)id));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("n")]
    [InlineData("n-5")]
    [InlineData("n5.x")]
    [InlineData("b99999999999999999999")]
    [InlineData("b3")]
    public void A_cursor_that_cannot_be_read_means_the_first_page(string cursor) =>
        archive.With("北京").Search("北京", new SearchOptions { Cursor = cursor }).Hits.Count.ShouldBe(1);

    [Fact]
    public void The_best_have_the_word_in_the_title_then_early_and_often()
    {
        var padding = string.Concat(Enumerable.Repeat("其他的事情很多。", 60));
        archive.With(
            Document(1, $"{padding}北京{padding}", newest: Day(2024, 5, 1)),
            Document(2, $"北京。{padding}北京，北京。{padding}", newest: Day(2024, 4, 1)),
            Document(3, $"北京{padding}", title: "北京", newest: Day(2023)));
        var best = archive.Search("北京", new SearchOptions { Order = SearchOrder.Best });
        best.Hits.Select(hit => hit.ArticleId).ShouldBe([3, 2, 1]);
        best.Hits.Select(hit => hit.Score).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void Of_equally_good_ones_the_newest_come_first()
    {
        archive.With(Enumerable.Range(1, 5).Select(id => Document(id, "北京", newest: Day(2020 + id))));
        archive.Search("北京", new SearchOptions { Order = SearchOrder.Best }).Hits.Select(hit => hit.ArticleId).ShouldBe([5, 4, 3, 2, 1]);
    }

    [Fact]
    public void Hits_are_counted_by_outlet_and_by_time()
    {
        archive.With(
            Document(1, "北京", newest: Day(2024, 1, 3), outlet: 2),
            Document(2, "北京", newest: Day(2024, 1, 1), outlet: 2),
            Document(3, "北京", newest: Day(2024, 1, 1)),
            Document(4, "上海", newest: Day(2020)));
        var page = archive.Search("北京");
        page.Outlets.ShouldBe([new OutletCount(2, "two", 2), new OutletCount(1, "one", 1)]);
        page.Histogram.Select(bucket => (bucket.Start.Day, bucket.Count)).ShouldBe([(1, 2), (2, 0), (3, 1)]);
        page.TotalIsCapped.ShouldBeFalse();
    }

    [Fact]
    public void Counting_stops_at_the_cap_and_says_so_but_the_list_goes_on()
    {
        archive.With(Enumerable.Range(1, SearchIndex.Cap + 50).Select(id => Document(id, "北京", newest: Day(2024).AddSeconds(id))));
        var page = archive.Search("北京", new SearchOptions { Limit = 100 });
        page.Total.ShouldBe(SearchIndex.Cap);
        page.TotalIsCapped.ShouldBeTrue();
        page.Outlets.Single().Count.ShouldBe(SearchIndex.Cap);
        var seen = 0;
        for (var next = page; ; next = archive.Search("北京", new SearchOptions { Limit = 100, Cursor = next.NextCursor }))
        {
            seen += next.Hits.Count;
            if (next.NextCursor is null) break;
        }
        seen.ShouldBe(SearchIndex.Cap + 50);
    }

    [Fact]
    public void Only_the_newest_hits_are_ranked_and_the_others_follow()
    {
        archive.With(Enumerable.Range(1, SearchIndex.RankCap + 2).Select(id => Document(id, "北京", newest: Day(2024).AddMinutes(id)) with
        {
            Title = id is 2 or 3 ? "北京" : "",
        }));
        var best = archive.Search("北京", new SearchOptions { Order = SearchOrder.Best });
        best.Hits.Take(2).Select(hit => hit.ArticleId).ShouldBe([3, SearchIndex.RankCap + 2]);
        var last = archive.Search("北京", new SearchOptions { Order = SearchOrder.Best, Cursor = $"b{SearchIndex.RankCap}" });
        last.Hits.Select(hit => (hit.ArticleId, hit.Score)).ShouldBe([(2, 0), (1, 0)]);
    }

    [Fact]
    public void The_order_in_which_articles_come_in_does_not_matter()
    {
        // More than is counted, over several blocks of the index, each a mixture of all times.
        const int All = SearchIndex.Cap + 2000;
        archive.With(Enumerable.Range(1, All).Select(id => Document(id, "北京", newest: Day(2024).AddMinutes((long)id * 7919 % All)) with
        {
            Title = (long)id * 7919 % All == All - SearchIndex.RankCap ? "北京" : "",
        }));
        var page = archive.Search("北京", new SearchOptions { Limit = 100 });
        page.Hits.Select(hit => hit.Newest).ShouldBe(Enumerable.Range(1, 100).Select(back => Day(2024).AddMinutes(All - back)));
        page.Histogram.Sum(bucket => bucket.Count).ShouldBe(SearchIndex.Cap);
        page.Histogram[0].Start.ShouldBe(DateOnly.FromDateTime(Day(2024).AddMinutes(All - SearchIndex.Cap).Date));
        var next = archive.Search("北京", new SearchOptions { Limit = 100, Cursor = page.NextCursor });
        next.Hits[0].Newest.ShouldBe(Day(2024).AddMinutes(All - 101));
        var best = archive.Search("北京", new SearchOptions { Order = SearchOrder.Best }).Hits;
        best[0].Newest.ShouldBe(Day(2024).AddMinutes(All - SearchIndex.RankCap));
        best[1].Newest.ShouldBe(Day(2024).AddMinutes(All - 1));
    }

    [Fact]
    public void History_that_comes_in_after_the_present_stands_behind_it()
    {
        archive.With(Enumerable.Range(1, SearchIndex.Cap).Select(id => Document(id, "北京", newest: Day(2024).AddMinutes(id))));
        archive.With(Enumerable.Range(1, 5000).Select(id => Document(SearchIndex.Cap + id, "北京", newest: Day(2000).AddMinutes(id))));
        var newest = archive.Search("北京", new SearchOptions { Limit = 1 });
        newest.Hits.Single().ArticleId.ShouldBe(SearchIndex.Cap);
        newest.Histogram[0].Start.Year.ShouldBe(2024);
        archive.Search("北京 before:2001", new SearchOptions { Limit = 1 }).Hits.Single().ArticleId.ShouldBe(SearchIndex.Cap + 5000);
        archive.Search("北京 before:2001").Total.ShouldBe(5000);
    }

    [Fact]
    public void Many_articles_of_one_moment_all_keep_their_day()
    {
        archive.With(Enumerable.Range(1, 3000).Select(id => Document(id, "北京", newest: Day(2024))));
        archive.Search("after:2024 before:2024-01-02").Total.ShouldBe(3000);
        archive.Search("outlet:one").Histogram.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1890)]
    [InlineData(9999)]
    public void Any_year_has_a_place(int year) =>
        archive.With(Document(1, "北京", newest: Day(year))).Search("北京").Hits.Single().Newest.ShouldBe(Day(year));
}
