using System.Text.Json;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Commands;

public class ImportTests
{
    private const int SigKill = 9;
    private const int SigTerm = 15;

    [Fact]
    public async Task An_import_ends_with_counts_and_a_report_of_each_refusal_and_a_second_one_changes_nothing()
    {
        using var folder = new TestFolder();
        WriteArticles(folder, 5);
        folder.Write("files/articles/gangbao/broken.md", "no link here, and no rule\n");
        var files = Path.Combine(folder.Path, "files");
        var run = await DibaoProcess.RunAsync(folder.Data, ["import", files, "--json"]);
        run.Code.ShouldBe(1, run.Error);
        var end = run.Json(run.Lines.Count - 1);
        end.GetProperty("new").GetInt32().ShouldBe(5);
        end.GetProperty("refused").GetInt32().ShouldBe(1);
        var report = await File.ReadAllLinesAsync(end.GetProperty("report").GetString()!, TestContext.Current.CancellationToken);
        report.Length.ShouldBe(2);
        report[1].ShouldStartWith("articles/gangbao/broken.md\t");

        var again = await DibaoProcess.RunAsync(folder.Data, ["import", files, "--json"]);
        again.Json(again.Lines.Count - 1).GetProperty("new").GetInt32().ShouldBe(0);
        again.Json(again.Lines.Count - 1).GetProperty("alreadyThere").GetInt32().ShouldBe(5);
        (await DibaoProcess.RunAsync(folder.Data, ["list", "--outlets", "--json"])).Json(0).GetProperty("slug").GetString().ShouldBe("gangbao");
    }

    [Fact]
    public async Task A_path_that_is_not_there_is_named_before_an_archive_is_made()
    {
        using var folder = new TestFolder();
        var run = await DibaoProcess.RunAsync(folder.Data, ["import", Path.Combine(folder.Path, "nowhere")]);
        run.Code.ShouldBe(3);
        run.Error.ShouldContain("nowhere");
        Directory.Exists(folder.Data).ShouldBeFalse();
    }

    [Theory]
    [InlineData(SigKill)]
    [InlineData(SigTerm)]
    public async Task No_acknowledged_article_is_lost_when_an_import_is_stopped_in_the_middle(int signal)
    {
        const int Articles = 1500;
        const int ReadBeforeTheSignal = 100;
        using var folder = new TestFolder();
        WriteArticles(folder, Articles);
        var files = Path.Combine(folder.Path, "files");
        Run stopped;
        await using (var dibao = DibaoProcess.Start(folder.Data, ["import", files, "--json"]))
        {
            for (var i = 0; i < ReadBeforeTheSignal; i++) dibao.WaitFor("\"kept\"");
            dibao.Signal(signal);
            stopped = await dibao.EndAsync();
        }
        stopped.Code.ShouldNotBe(0);
        var acknowledged = stopped.Lines.Where(line => line.StartsWith("{\"kept\"", StringComparison.Ordinal) && line.EndsWith('}'))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("kept").GetString()!).ToList();
        acknowledged.Count.ShouldBeInRange(ReadBeforeTheSignal, Articles - 1);

        // Opening for writing recovers; nothing is captured.
        (await DibaoProcess.RunAsync(folder.Data, ["capture", "--once"])).Code.ShouldBe(0);
        (await ListedAsync(folder)).ShouldHoldAll(acknowledged);
        (await DibaoProcess.RunAsync(folder.Data, ["verify"])).Code.ShouldBe(0);

        (await DibaoProcess.RunAsync(folder.Data, ["import", files])).Code.ShouldBe(0);
        (await ListedAsync(folder)).Count.ShouldBe(Articles);
        (await DibaoProcess.RunAsync(folder.Data, ["verify"])).Code.ShouldBe(0);
    }

    private static async Task<HashSet<string>> ListedAsync(TestFolder folder)
    {
        var run = await DibaoProcess.RunAsync(folder.Data, ["list", "--json", "--limit", "100000"]);
        run.Code.ShouldBe(0, run.Error);
        return [.. Enumerable.Range(0, run.Lines.Count).Select(line => run.Json(line).GetProperty("url").GetString()!)];
    }

    private static void WriteArticles(TestFolder folder, int count)
    {
        for (var i = 1; i <= count; i++)
        {
            folder.Write($"files/articles/gangbao/{1048576 - i}.md",
                $"<!--{1700000000000L + i * 60_000}-->\n[第{i}号渡轮的消息](https://gangbao.example/a/{i})\n------\n\n<p>第{i}号渡轮照常开出，码头上的人不多，风也不大。</p>\n");
        }
    }
}

internal static class Sets
{
    /// <summary>Every one of <paramref name="acknowledged"/> is there.</summary>
    public static void ShouldHoldAll(this HashSet<string> listed, IReadOnlyList<string> acknowledged) =>
        acknowledged.Where(url => !listed.Contains(url)).ShouldBeEmpty();
}
