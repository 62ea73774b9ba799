using System.Text;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Commands;

public class FeedTests
{
    private static readonly string[] FeedMembers = ["title", "link", "id", "language", "updated", "subtitle", "authors", "entries", "format", "encoding", "warnings"];

    private static readonly string[] EntryMembers =
    [
        "id", "title", "title_raw", "link", "published", "updated", "authors", "summary", "summary_text", "content", "categories", "enclosures", "language",
    ];

    private const string Feed = """
        <rss version="2.0"><channel><title>港报</title><link>https://gangbao.example/</link>
        <item><title>渡轮 &amp;lt;b&amp;gt; &lt;i&gt;复航&lt;/i&gt;</title><link>/a/1</link><pubDate>Tue, 02 Jan 2024 11:04:05 +0800</pubDate>
        <description>&lt;p&gt;码头&lt;/p&gt;</description><enclosure url="/a/1.mp3" type="audio/mpeg" length="7"/></item><item><guid>x</guid></item></channel></rss>
        """;

    [Fact]
    public async Task A_feed_is_one_object_in_which_every_member_is_there()
    {
        using var folder = new TestFolder();
        var path = folder.Write("feed.xml", Feed);
        var run = await DibaoProcess.RunAsync(folder.Data, ["feed", path, "--json"]);
        run.Code.ShouldBe(0, run.Error);
        var feed = run.Json(0);
        foreach (var member in FeedMembers) feed.TryGetProperty(member, out _).ShouldBeTrue(member);
        feed.GetProperty("id").ValueKind.ShouldBe(JsonValueKind.Null);
        feed.GetProperty("authors").GetArrayLength().ShouldBe(0);
        foreach (var entry in feed.GetProperty("entries").EnumerateArray())
            foreach (var member in EntryMembers) entry.TryGetProperty(member, out _).ShouldBeTrue(member);
        var first = feed.GetProperty("entries")[0];
        first.GetProperty("published").GetString().ShouldBe("2024-01-02T03:04:05Z");
        first.GetProperty("title").GetString().ShouldBe("渡轮 <b> 复航");
        first.GetProperty("title_raw").GetString().ShouldBe("渡轮 &lt;b&gt; <i>复航</i>");
        first.GetProperty("link").GetString().ShouldBe("https://gangbao.example/a/1");
        first.GetProperty("summary").GetString().ShouldBe("<p>码头</p>");
        first.GetProperty("summary_text").GetString().ShouldBe("码头");
        first.GetProperty("enclosures")[0].GetProperty("length").GetInt64().ShouldBe(7);
        feed.GetProperty("entries")[1].GetProperty("published").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_list_is_answered_a_line_each_in_order_and_what_is_no_feed_with_an_error()
    {
        using var folder = new TestFolder();
        var paths = Enumerable.Range(0, 60).Select(i => i == 30 ? "/nowhere/at/all.xml" : folder.Write($"{i}.xml", Feed.Replace("港报", $"港报{i}"))).ToList();
        var list = folder.Write("list.txt", string.Join('\n', paths) + "\n\n");
        var run = await DibaoProcess.RunAsync(folder.Data, ["feed", "--jsonl", list]);
        run.Code.ShouldBe(1, run.Error);
        run.Lines.Count.ShouldBe(60);
        for (var i = 0; i < 60; i++)
        {
            run.Json(i).GetProperty("path").GetString().ShouldBe(paths[i]);
            if (i == 30) run.Json(i).GetProperty("error").GetString()!.ShouldContain("/nowhere/at/all.xml");
            else run.Json(i).GetProperty("title").GetString().ShouldBe($"港报{i}");
        }
    }

    [Fact]
    public async Task What_is_no_feed_says_so_and_is_a_finding()
    {
        using var folder = new TestFolder();
        var page = folder.Write("page.html", "<!DOCTYPE html><html><body>no</body></html>");
        var run = await DibaoProcess.RunAsync(folder.Data, ["feed", page, "--json"]);
        run.Code.ShouldBe(1);
        run.Json(0).GetProperty("reason").GetString().ShouldBe("html");
        run.Error.ShouldContain("web page");
        (await DibaoProcess.RunAsync(folder.Data, ["feed", page, "--zone", "Nowhere/Else"])).Code.ShouldBe(2);
    }

    [Fact]
    public async Task More_than_is_allowed_is_refused_through_a_pipe_as_from_a_file()
    {
        using var folder = new TestFolder();
        var small = Encoding.UTF8.GetBytes(Feed);
        (await DibaoProcess.RunPipedAsync(folder.Data, ["feed", "--json"], small)).Json(0).GetProperty("title").GetString().ShouldBe("港报");

        var item = "<item><title>渡轮</title><guid>x</guid><description>" + new string('y', 10_000) + "</description></item>";
        var large = Encoding.UTF8.GetBytes(Feed.Replace("<item>", string.Concat(Enumerable.Repeat(item, 800)) + "<item>", StringComparison.Ordinal));
        (await DibaoProcess.RunPipedAsync(folder.Data, ["feed", "--json"], large)).Json(0).GetProperty("entries").GetArrayLength().ShouldBeGreaterThan(800);
        var excessive = Encoding.UTF8.GetBytes(Feed.Replace("<item>", string.Concat(Enumerable.Repeat(item, 3_500)) + "<item>", StringComparison.Ordinal));
        foreach (var run in new[]
        {
            await DibaoProcess.RunPipedAsync(folder.Data, ["feed", "--json"], excessive),
            await DibaoProcess.RunAsync(folder.Data, ["feed", folder.Write("large.xml", Encoding.UTF8.GetString(excessive)), "--json"]),
        })
        {
            run.Code.ShouldBe(1);
            run.Json(0).GetProperty("reason").GetString().ShouldBe("tooLarge");
            run.Error.ShouldContain("raise the limit");
        }
    }

    [Fact]
    public async Task An_address_is_asked_as_the_archive_would_and_a_private_one_only_when_it_is_allowed()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 2);
        var refused = await DibaoProcess.RunAsync(folder.Data, ["feed", outlet.Feed]);
        refused.Code.ShouldBe(1);
        refused.Error.ShouldContain("DIBAO_CAPTURE_ALLOW_HOSTS");
        var run = await DibaoProcess.RunAsync(folder.Data, ["feed", outlet.Feed, "--json"], ("DIBAO_CAPTURE_ALLOW_HOSTS", outlet.Host));
        run.Code.ShouldBe(0, run.Error);
        run.Json(0).GetProperty("entries").GetArrayLength().ShouldBe(2);
        Directory.Exists(folder.Data).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_json_people_read_titles_and_addresses()
    {
        using var folder = new TestFolder();
        var run = await DibaoProcess.RunAsync(folder.Data, ["feed", folder.Write("feed.xml", Feed)]);
        run.Output.ShouldContain("港报");
        run.Output.ShouldContain("2024-01-02 03:04  渡轮 <b> 复航");
        run.Output.ShouldContain("https://gangbao.example/a/1");
    }
}
