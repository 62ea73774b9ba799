using System.IO.Compression;
using System.Text;
using Dapper;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Dibao.Find;
using Dibao.Keep;
using Dibao.Log;
using Dibao.Warc;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep;

public class TakedownTests
{
    private const string Secret = "通车仪式在雨中举行。";

    [Fact]
    public async Task A_taken_down_article_is_in_no_list_no_search_and_no_byte_of_the_archive()
    {
        await using var test = TestArchive.New();
        foreach (var n in Enumerable.Range(1, 8)) await test.Keep(TestArchive.Page(n));
        await test.Keep(TestArchive.Page(3, "通车仪式改在室内举行。", minutes: 30));
        await test.Keep(TestArchive.Page(3, "通车仪式改在室内举行。", minutes: 40));
        var article = test.Catalogue.Article("https://hewan.example/news/3")!;
        var (leaves, files) = (test.Archive.Keeper.Leaves, Sizes(test.Folder));
        var head = test.Archive.Log.Publish()!.Checkpoint;

        await test.TakeDown(article);

        var removed = test.Catalogue.Article(article.Id)!;
        removed.State.ShouldBe(ArticleState.TakenDown);
        removed.Removal!.Reason.ShouldBe("the person named in it asked");
        removed.Current.Title.ShouldBe("");
        test.Catalogue.Versions(article.Id).ShouldBeEmpty();
        test.Catalogue.Newest(null, null, 100).Articles.Select(a => a.Url).ShouldNotContain(article.Url);
        test.Catalogue.All().Count().ShouldBe(7);
        Found(test, "室内").ShouldBe(0);
        Found(test, "第3座桥").ShouldBe(0);
        test.Archive.Keeper.Leaves.ShouldBe(leaves + 1);
        var after = test.Archive.Log.Publish()!.Checkpoint;
        MerkleProof.VerifyConsistency(head.Size, head.Root, after.Size, after.Root, test.Archive.Reader.Log.Tree(after).Consistency(head.Size)).ShouldBeTrue();
        Words(test.Folder, "室内").ShouldBe(0);
        Words(test.Folder, "第3座桥").ShouldBe(0);
        Words(test.Folder, "第4座桥").ShouldBeGreaterThan(0);
        Sizes(test.Folder).Where(file => files.ContainsKey(file.Key)).ShouldAllBe(file => file.Value >= files[file.Key]);
        Faults(test).ShouldBeEmpty();
    }

    [Fact]
    public async Task Takedowns_that_come_together_share_one_writing_of_the_index_and_none_ends_before_it()
    {
        await using var test = TestArchive.New();
        foreach (var n in Enumerable.Range(1, 20)) await test.Keep(TestArchive.Page(n));
        var (store, database, times) = (test.Archive.Reader.Store, test.Archive.Reader.Database, 0);
        using var takedowns = new Takedowns(store, database, test.Archive.Keeper, new(store, database, (index, cancel) => { times++; SearchErasure.Run(index, cancel); }));
        var articles = Enumerable.Range(1, 10).Select(n => test.Catalogue.Article($"https://hewan.example/news/{n}")!).ToList();

        await Task.WhenAll(articles.Select(async article =>
        {
            await takedowns.RunAsync([takedowns.Planner.Plan(article)], TakedownCause.Request, "asked", TestArchive.Start.AddHours(2), CancellationToken.None);
            Found(test, $"第{article.Url.Split('/')[^1]}座桥").ShouldBe(0);
            database.Read(connection => connection.QuerySingle<long>("SELECT COUNT(*) FROM takedowns t JOIN articles a ON a.takedown_id = t.capture_id WHERE a.id = @Id AND t.done <> 1", new { article.Id })).ShouldBe(0);
        }));

        times.ShouldBeInRange(1, 3);
        Words(test.Folder, "第3座桥").ShouldBe(0);
    }

    [Fact]
    public async Task Living_through_a_takedown_and_rebuilding_after_it_come_to_the_same_rows()
    {
        await using var test = TestArchive.New();
        foreach (var n in Enumerable.Range(1, 6)) await test.Keep(TestArchive.Page(n));
        await test.Keep(TestArchive.Page(2, "通车仪式改在室内举行。", minutes: 30));
        await test.Keep(TestArchive.Page(2, status: 404, minutes: 40, entry: false));
        await test.Keep(TestArchive.Page(4, status: 404, minutes: 41, entry: false));
        await test.TakeDown(test.Catalogue.Article("https://hewan.example/news/2")!);
        foreach (var n in Enumerable.Range(7, 3)) await test.Keep(TestArchive.Page(n));
        await test.Keep(TestArchive.Page(2, minutes: 50));
        var before = CatalogueDump.Of(test.Archive.Reader.Database);
        var head = test.Archive.Log.Publish()!.Checkpoint;

        await test.Rebuild();

        CatalogueDump.Of(test.Archive.Reader.Database).ShouldBe(before);
        test.Archive.Log.Fault.ShouldBeNull();
        test.Archive.Log.Publish()!.Checkpoint.ShouldBe(head);
        test.Catalogue.Article("https://hewan.example/news/2")!.State.ShouldBe(ArticleState.TakenDown);
        Faults(test).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_takedown_that_was_ordered_and_not_carried_out_is_finished_by_the_next_opening_and_by_a_rebuild()
    {
        await using var test = TestArchive.New();
        foreach (var n in Enumerable.Range(1, 3)) await test.Keep(TestArchive.Page(n));
        var article = test.Catalogue.Article("https://hewan.example/news/2")!;
        await test.OrderTakedown(article);
        Words(test.Folder, "第2座桥").ShouldBeGreaterThan(0);
        var copy = Directory.CreateTempSubdirectory("dibao-test-").FullName;
        Backup.Write(test.Archive.Reader, copy, null, CancellationToken.None);

        await test.Reopen();

        test.Archive.Recovery.Unfinished.ShouldBeNull();
        Words(test.Folder, "第2座桥").ShouldBe(0);
        Faults(test).ShouldBeEmpty();
        await using var rebuilt = Archive.Rebuild(copy, new(), TimeProvider.System, null, CancellationToken.None);
        Words(copy, "第2座桥").ShouldBe(0);
        CatalogueDump.Of(rebuilt.Reader.Database).ShouldBe(CatalogueDump.Of(test.Archive.Reader.Database));
    }

    [Fact]
    public async Task What_was_taken_down_is_not_kept_again()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        var article = test.Catalogue.Article("https://hewan.example/news/1")!;
        await test.TakeDown(article);

        var again = await test.Keep(TestArchive.Page(1, minutes: 90));

        again.ShouldBe(new(0, article.Id, ArticleChange.None));
        Words(test.Folder, "第1座桥").ShouldBe(0);
    }

    [Fact]
    public async Task The_same_bytes_under_another_address_go_with_it_and_a_shared_error_page_stays()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        var page = TestArchive.Page(1);
        await test.Keep(page with { Url = "https://hewan.example/print/1", Entry = null, Exchanges = [page.Exchanges[0] with { Url = "https://hewan.example/print/1" }] });
        await test.Keep(TestArchive.Page(2));
        await test.Keep(Missing(1));
        await test.Keep(Missing(2));
        var article = test.Catalogue.Article("https://hewan.example/news/1")!;

        var plan = test.Archive.Takedowns.Planner.Plan(article);
        await test.TakeDown(article);

        plan.Articles.Select(a => a.Url).ShouldBe(["https://hewan.example/news/1", "https://hewan.example/print/1"], ignoreOrder: true);
        test.Catalogue.Article("https://hewan.example/print/1")!.State.ShouldBe(ArticleState.TakenDown);
        var other = test.Catalogue.CapturesOf("https://hewan.example/news/2")[0];
        other.Records.ShouldContain(record => record.Type == "revisit");
        Encoding.UTF8.GetString(test.Archive.Reader.Original(other)!.Bytes.Span).ShouldContain("no such page");
        Faults(test).ShouldBeEmpty();

        static CaptureBundle Missing(int n)
        {
            var bundle = TestArchive.Page(n, status: 404, minutes: 30, entry: false);
            return bundle with { Exchanges = [bundle.Exchanges[0] with { Body = "<h1>no such page</h1>"u8.ToArray() }] };
        }
    }

    [Fact]
    public async Task What_a_browser_drew_of_it_goes_with_it()
    {
        await using var test = TestArchive.New();
        var page = TestArchive.Page(1);
        var drawn = Encoding.UTF8.GetString(page.Exchanges[0].Body.Span).Replace(Secret, "浏览器画出来的一句话，别处没有。", StringComparison.Ordinal);
        await test.Keep(page with { Rendered = new() { Url = page.Url, At = page.At, Html = Encoding.UTF8.GetBytes(drawn), Agent = "Chromium" } });
        await test.Keep(TestArchive.Page(2));
        Words(test.Folder, "浏览器画出来的").ShouldBeGreaterThan(0);

        await test.TakeDown(test.Catalogue.Article("https://hewan.example/news/1")!);

        Words(test.Folder, "浏览器画出来的").ShouldBe(0);
        Words(test.Folder, "第1座桥").ShouldBe(0);
        Faults(test).ShouldBeEmpty();
        var before = CatalogueDump.Of(test.Archive.Reader.Database);
        await test.Rebuild();
        CatalogueDump.Of(test.Archive.Reader.Database).ShouldBe(before);
    }

    [Fact]
    public async Task A_feeds_answer_that_told_of_it_goes_with_it()
    {
        await using var test = TestArchive.New();
        await test.Keep(Feed(1, 2));
        await test.Keep(Feed(2, 3));
        await test.Keep(TestArchive.Page(1));
        await test.Keep(TestArchive.Page(2));

        await test.TakeDown(test.Catalogue.Article("https://hewan.example/news/1")!);

        var answers = test.Catalogue.CapturesOf("https://hewan.example/rss.xml");
        test.Archive.Reader.Original(answers.Single(answer => answer.Leaf == 0)).ShouldBeNull();
        test.Archive.Reader.Original(answers.Single(answer => answer.Leaf == 1)).ShouldNotBeNull();
        Words(test.Folder, "第1座桥").ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(700)]
    [InlineData(40_000)]
    [InlineData(5_000_000)]
    public void A_member_of_a_given_length_reads_as_the_same_content(int spare)
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 50).Select(n => $"line {n}\n")));
        var length = GzipMember.Compress(content).Length + spare;

        var member = SameLength.Member(content, length)!;

        member.Length.ShouldBe(length);
        GzipMember.Read(member, 1 << 20).ShouldBeOfType<GzipReading.Complete>().Content.ToArray().ShouldBe(content);
        using var standard = new GZipStream(new MemoryStream(member), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        standard.CopyTo(plain);
        plain.ToArray().ShouldBe(content);
        SameLength.Member(content, 20).ShouldBeNull();
    }

    private static CaptureBundle Feed(params int[] items)
    {
        var xml = $"<rss version=\"2.0\"><channel><title>河湾日报</title>{string.Concat(items.Select(n => $"<item><link>https://hewan.example/news/{n}</link><title>第{n}座桥今天通车</title><description>{Secret}</description></item>"))}</channel></rss>";
        var exchange = KeptHead.ToExchange("https://hewan.example/rss.xml", TestArchive.Start, "GET /rss.xml HTTP/1.1\r\n\r\n"u8.ToArray(),
            "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml; charset=utf-8\r\n\r\n"u8.ToArray(), Encoding.UTF8.GetBytes(xml));
        return new()
        {
            Kind = CaptureKind.Feed, Url = "https://hewan.example/rss.xml", SourceUrl = "https://hewan.example/rss.xml", At = TestArchive.Start,
            Outlet = new("hewan", "河湾日报", "https://hewan.example/"), Exchanges = [exchange],
        };
    }

    private static int Found(TestArchive test, string words) =>
        test.Archive.Reader.Search.Search(SearchQuery.Parse(words).ShouldBeOfType<QueryReading.Parsed>().Query, new()).Hits.Count;

    private static Dictionary<string, long> Sizes(string folder) => StoreFolder.OpenExisting(folder).Segments()
        .ToDictionary(segment => segment.Name, segment => new FileInfo(segment.Path).Length);

    // How many records of the segments hold the words, whatever the catalogue says.
    private static int Words(string folder, string words) => StoreFolder.OpenExisting(folder).Segments().Sum(segment =>
    {
        using var file = File.OpenRead(segment.Path);
        return new WarcReader(file).ReadAll().Count(entry => entry.Raw.Span.IndexOf(Encoding.UTF8.GetBytes(words)) >= 0);
    });

    private static List<Fault> Faults(TestArchive test)
    {
        var faults = new List<Fault>();
        new Verification(StoreFolder.OpenExisting(test.Folder), test.Archive.Reader.Database).Run(faults.Add, null, CancellationToken.None);
        return faults;
    }
}
