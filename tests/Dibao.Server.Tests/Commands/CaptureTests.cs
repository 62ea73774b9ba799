using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Commands;

public class CaptureTests
{
    private const int SigTerm = 15;

    [Fact]
    public async Task A_round_says_what_happened_to_each_source_and_then_all_is_there_to_read()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 5);
        var round = await CaptureAsync(folder.Data, outlet);
        round.Json(0).GetProperty("source").GetString().ShouldBe(outlet.Feed);
        round.Json(0).GetProperty("new").GetInt32().ShouldBe(5);
        round.Json(1).GetProperty("failed").GetInt32().ShouldBe(0);

        var found = await DibaoProcess.RunAsync(folder.Data, ["search", "渡轮", "--json"]);
        found.Code.ShouldBe(0);
        found.Json(found.Lines.Count - 1).GetProperty("total").GetInt32().ShouldBe(5);

        var article = (await DibaoProcess.RunAsync(folder.Data, ["list", "--json", "--limit", "1"])).Json(0);
        var shown = await DibaoProcess.RunAsync(folder.Data, ["show", article.GetProperty("id").GetInt64().ToString(), "--md"]);
        shown.Output.ShouldContain("# 渡轮第");
        shown.Output.ShouldContain("码头将在春天之前完成修缮");
        (await DibaoProcess.RunAsync(folder.Data, ["show", article.GetProperty("url").GetString()!, "--versions", "--json"])).Json(0).GetProperty("ordinal").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_page_with_several_feeds_adds_none_and_names_them()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 1);
        var run = await DibaoProcess.RunAsync(folder.Data, ["add", $"http://{outlet.Host}/"], ("DIBAO_CAPTURE_ALLOW_HOSTS", outlet.Host));
        run.Code.ShouldBe(1);
        run.Output.ShouldContain("/feed.xml");
        run.Output.ShouldContain("/other.xml");
        (await DibaoProcess.RunAsync(folder.Data, ["list", "--sources"])).Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_source_that_is_watched_already_is_not_added_again()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 1);
        string[] add = ["add", outlet.Feed, "--outlet", "harbour", "--name", "港报", "--json"];
        var allow = ("DIBAO_CAPTURE_ALLOW_HOSTS", outlet.Host);
        (await DibaoProcess.RunAsync(folder.Data, add, allow)).Json(0).GetProperty("added").GetBoolean().ShouldBeTrue();
        (await DibaoProcess.RunAsync(folder.Data, add, allow)).Json(0).GetProperty("added").GetBoolean().ShouldBeFalse();
        var sources = await DibaoProcess.RunAsync(folder.Data, ["list", "--sources", "--json"]);
        sources.Lines.Count.ShouldBe(1);
        sources.Json(0).GetProperty("outlet").GetString().ShouldBe("harbour");
    }

    [Fact]
    public async Task A_loopback_address_is_not_asked_unless_it_is_allowed()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 1);
        var run = await DibaoProcess.RunAsync(folder.Data, ["add", outlet.Feed]);
        run.Code.ShouldBe(1);
        run.Error.ShouldContain("loopback");
        run.Error.ShouldContain("DIBAO_CAPTURE_ALLOW_HOSTS");
    }

    [Fact]
    public async Task A_source_that_fails_is_a_finding()
    {
        using var folder = new TestFolder();
        using (var outlet = new LoopbackOutlet(articles: 1)) await CaptureAsync(folder.Data, outlet);
        var run = await DibaoProcess.RunAsync(folder.Data, ["capture", "--once", "--all", "--json"]);
        run.Code.ShouldBe(1);
        run.Json(0).GetProperty("end").GetString().ShouldBe("failed");
    }

    [Fact]
    public async Task SIGTERM_in_the_middle_of_a_capture_loses_nothing_that_was_kept()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 12, pagesAnswered: 4);
        var allow = ("DIBAO_CAPTURE_ALLOW_HOSTS", outlet.Host);
        (await DibaoProcess.RunAsync(folder.Data, ["add", outlet.Feed], allow)).Code.ShouldBe(0);
        await using (var dibao = DibaoProcess.Start(folder.Data, ["serve", "--port", "0", "--json"], allow))
        {
            dibao.WaitFor("listening");
            var before = await KeptAsync(folder.Data, atLeast: 4);
            dibao.Signal(SigTerm);
            (await dibao.EndAsync()).Code.ShouldBe(0);
            before.ShouldBe(4);
        }

        (await DibaoProcess.RunAsync(folder.Data, ["verify"])).Code.ShouldBe(0);
        outlet.Release();
        (await DibaoProcess.RunAsync(folder.Data, ["capture", "--once", "--all"], allow)).Code.ShouldBe(0);
        (await DibaoProcess.RunAsync(folder.Data, ["list", "--json"])).Lines.Count.ShouldBe(12);
        (await DibaoProcess.RunAsync(folder.Data, ["verify"])).Code.ShouldBe(0);
    }

    internal static async Task<Run> CaptureAsync(string data, LoopbackOutlet outlet)
    {
        var allow = ("DIBAO_CAPTURE_ALLOW_HOSTS", outlet.Host);
        (await DibaoProcess.RunAsync(data, ["add", outlet.Feed], allow)).Code.ShouldBe(0);
        var run = await DibaoProcess.RunAsync(data, ["capture", "--once", "--json"], allow);
        run.Code.ShouldBe(0, run.Error);
        return run;
    }

    // Readers work beside the writer: what they see was acknowledged.
    private static async Task<long> KeptAsync(string data, long atLeast)
    {
        using var archive = ArchiveReader.Open(data);
        long kept;
        while ((kept = archive.Catalogue.Counts().Articles) < atLeast) await Task.Delay(20);
        return kept;
    }
}
