using System.Text.Json;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Commands;

/// <summary>What operators do with sources, as processes: find, look after, take the past.</summary>
public class SourcesTests
{
    [Fact]
    public async Task What_could_be_watched_is_shown_and_nothing_is_added()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 3);
        var run = await DibaoProcess.RunAsync(folder.Data, ["add", $"http://{outlet.Host}/", "--find", "--json"], Allow(outlet));
        run.Code.ShouldBe(1, run.Error);
        var found = run.Json(0);
        found.GetProperty("added").GetBoolean().ShouldBeFalse();
        var feeds = found.GetProperty("feeds").EnumerateArray().ToDictionary(feed => feed.GetProperty("url").GetString()!, feed => feed);
        feeds[outlet.Feed].GetProperty("kind").GetString().ShouldBe("feed");
        feeds[outlet.Feed].GetProperty("entries").GetInt32().ShouldBe(3);
        feeds[outlet.Feed].GetProperty("newest").GetString()!.ShouldStartWith("2026-11-20");
        (await DibaoProcess.RunAsync(folder.Data, ["list", "--sources"])).Output.ShouldBeEmpty();

        var words = await DibaoProcess.RunAsync(folder.Data, ["add", outlet.Feed, "--find"], Allow(outlet));
        words.Output.ShouldContain("3 entries");
        words.Output.ShouldContain("Nothing was added");
    }

    [Fact]
    public async Task Sources_say_how_they_fare_and_what_to_do()
    {
        using var folder = new TestFolder();
        string feed;
        using (var outlet = new LoopbackOutlet(articles: 2))
        {
            feed = outlet.Feed;
            (await DibaoProcess.RunAsync(folder.Data, ["add", feed, "--outlet", "harbour"], Allow(outlet))).Code.ShouldBe(0);
            (await DibaoProcess.RunAsync(folder.Data, ["capture", "--once"], Allow(outlet))).Code.ShouldBe(0);
            var well = await DibaoProcess.RunAsync(folder.Data, ["sources", "--json"]);
            well.Code.ShouldBe(0, well.Error);
            var source = well.Json(0);
            source.GetProperty("url").GetString().ShouldBe(feed);
            source.GetProperty("outlet").GetString().ShouldBe("harbour");
            source.GetProperty("articles").GetInt64().ShouldBe(2);
            source.GetProperty("seenIn7Days").GetInt32().ShouldBe(2);
            source.GetProperty("missedIn7Days").GetInt32().ShouldBe(0);
            source.GetProperty("lastProblem").ValueKind.ShouldBe(JsonValueKind.Null);
            (await DibaoProcess.RunAsync(folder.Data, ["sources", "--failing"])).Output.ShouldBeEmpty();
        }
        await DibaoProcess.RunAsync(folder.Data, ["capture", "--once", "--all"], ("DIBAO_CAPTURE_ALLOW_HOSTS", new Uri(feed).Authority));
        var failing = await DibaoProcess.RunAsync(folder.Data, ["sources", "--failing"]);
        failing.Code.ShouldBe(1);
        failing.Output.ShouldContain(feed);
        failing.Output.ShouldContain("nothing answers");
        failing.Output.ShouldContain("What to do:");
    }

    [Fact]
    public async Task The_past_is_taken_from_the_sitemap_so_many_a_day_and_can_be_stopped()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 1, past: 4);
        (await DibaoProcess.RunAsync(folder.Data, ["add", outlet.Feed], Allow(outlet))).Code.ShouldBe(0);
        (await DibaoProcess.RunAsync(folder.Data, ["backfill"])).Output.ShouldBeEmpty();
        (await DibaoProcess.RunAsync(folder.Data, ["backfill", outlet.Feed])).Code.ShouldBe(2);
        (await DibaoProcess.RunAsync(folder.Data, ["backfill", "http://nowhere.example/", "--since", "2026-01-01"])).Code.ShouldBe(2);

        var first = await DibaoProcess.RunAsync(folder.Data, ["backfill", outlet.Feed, "--since", "2026-01-01", "--per-day", "3", "--json"], Allow(outlet));
        first.Code.ShouldBe(0, first.Error);
        var progress = first.Json(first.Lines.Count - 1);
        (progress.GetProperty("all").GetInt32(), progress.GetProperty("kept").GetInt32(), progress.GetProperty("waiting").GetInt32()).ShouldBe((5, 3, 2));
        progress.GetProperty("ended").ValueKind.ShouldBe(JsonValueKind.Null);
        var again = await DibaoProcess.RunAsync(folder.Data, ["backfill", outlet.Feed, "--json"], Allow(outlet));
        again.Json(again.Lines.Count - 1).GetProperty("kept").GetInt32().ShouldBe(3, "that was today's share");

        var stopped = await DibaoProcess.RunAsync(folder.Data, ["backfill", outlet.Feed, "--stop", "--json"], Allow(outlet));
        stopped.Json(0).GetProperty("ended").ValueKind.ShouldBe(JsonValueKind.String);
        stopped.Json(0).GetProperty("waiting").GetInt32().ShouldBe(0);
        (await DibaoProcess.RunAsync(folder.Data, ["list", "--json"])).Lines.Count(line => line.Contains("\"url\"", StringComparison.Ordinal)).ShouldBe(3);
    }

    private static (string, string) Allow(LoopbackOutlet outlet) => ("DIBAO_CAPTURE_ALLOW_HOSTS", outlet.Host);
}
