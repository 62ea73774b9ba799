using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Commands;

public partial class BackupTests
{
    [Fact]
    public async Task What_was_backed_up_is_restored_and_rebuilt_to_the_same_lists()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 6);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        var copy = Path.Combine(folder.Path, "copy");
        var restored = Path.Combine(folder.Path, "restored");
        (await DibaoProcess.RunAsync(folder.Data, ["backup", copy])).Code.ShouldBe(0);
        (await DibaoProcess.RunAsync(restored, ["restore", copy])).Code.ShouldBe(0);
        (await DibaoProcess.RunAsync(restored, ["verify"])).Code.ShouldBe(0);

        var before = (await DibaoProcess.RunAsync(folder.Data, ["list", "--json"])).Output;
        before.Split('\n').Length.ShouldBe(6);
        (await DibaoProcess.RunAsync(restored, ["list", "--json"])).Output.ShouldBe(before);
        (await DibaoProcess.RunAsync(restored, ["rebuild"])).Code.ShouldBe(0);
        (await DibaoProcess.RunAsync(restored, ["list", "--json"])).Output.ShouldBe(before);
        (await DibaoProcess.RunAsync(restored, ["restore", copy])).Code.ShouldBe(3);
    }

    [Fact]
    public async Task A_drill_a_backup_a_second_one_a_disk_that_is_gone_and_the_same_pages_again()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 4);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        var copy = Path.Combine(folder.Path, "copy");
        var first = await DibaoProcess.RunAsync(folder.Data, ["backup", copy, "--json"]);
        first.Json(0).GetProperty("copied").GetInt32().ShouldBe(1);
        // A takedown seals the segment and rewrites it in its place; what is captured after goes into the next.
        using var second = new LoopbackOutlet(articles: 3);
        var gone = (await DibaoProcess.RunAsync(folder.Data, ["list", "--json"])).Json(0).GetProperty("id").GetInt64();
        (await DibaoProcess.RunAsync(folder.Data, ["takedown", $"{gone}", "--reason", "asked", "--confirm"])).Code.ShouldBe(0);
        await CaptureTests.CaptureAsync(folder.Data, second);
        var again = await DibaoProcess.RunAsync(folder.Data, ["backup", copy, "--json"]);
        again.Json(0).GetProperty("copied").GetInt32().ShouldBe(2);
        Directory.GetFiles(Path.Combine(copy, "seg"), "*.warc.gz*", SearchOption.AllDirectories).Length.ShouldBe(2);
        (await DibaoProcess.RunAsync(folder.Data, ["backup", copy, "--json"])).Json(0).GetProperty("alreadyThere").GetInt32().ShouldBe(1);
        var pages = await PagesAsync(folder.Data, gone);
        pages.Count.ShouldBeGreaterThan(8);

        // The backup is an archive by itself, and so is what is restored from it.
        (await VerifyTests.VerifyAsync(copy, "--level", "4")).Code.ShouldBe(0);
        Directory.Delete(folder.Data, recursive: true);
        (await DibaoProcess.RunAsync(folder.Data, ["restore", copy])).Code.ShouldBe(0);

        (await VerifyTests.VerifyAsync(folder.Data, "--level", "3")).Code.ShouldBe(0);
        (await VerifyTests.VerifyAsync(folder.Data, "--level", "4", "--since", Path.Combine(copy, "log", "checkpoint"))).Code.ShouldBe(0);
        (await PagesAsync(folder.Data, gone)).ShouldBe(pages);
        // The log goes on under the same key.
        using var third = new LoopbackOutlet(articles: 1);
        var allow = ("DIBAO_CAPTURE_ALLOW_HOSTS", $"{outlet.Host},{second.Host},{third.Host}");
        (await DibaoProcess.RunAsync(folder.Data, ["add", third.Feed], allow)).Code.ShouldBe(0);
        var capture = await DibaoProcess.RunAsync(folder.Data, ["capture", "--once", "--all", "--json"], allow);
        capture.Json(capture.Lines.Count - 1).GetProperty("new").GetInt32().ShouldBe(1, capture.Output);
        (await VerifyTests.VerifyAsync(folder.Data, "--since", Path.Combine(copy, "log", "checkpoint"))).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_backup_that_was_damaged_is_not_opened_and_the_place_is_named()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 3);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        var copy = Path.Combine(folder.Path, "copy");
        (await DibaoProcess.RunAsync(folder.Data, ["backup", copy])).Code.ShouldBe(0);
        var segment = Directory.GetFiles(Path.Combine(copy, "seg"), "*.warc.gz*", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(segment, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes, TestContext.Current.CancellationToken);

        var run = await DibaoProcess.RunAsync(Path.Combine(folder.Path, "restored"), ["restore", copy]);

        run.Code.ShouldBe(4);
        run.Error.ShouldContain(Path.GetFileName(segment).Replace(".open", "", StringComparison.Ordinal) + " at ");
        Directory.Exists(Path.Combine(folder.Path, "restored", "db", "index.sqlite")).ShouldBeFalse();
    }

    // Made anew for each page.
    [GeneratedRegex("__RequestVerificationToken\\W+type=\\W*hidden\\W+value=[^ ]+", RegexOptions.NonBacktracking)]
    private static partial Regex FormToken();

    // What readers are shown, byte for byte but for the address of the server itself.
    private static async Task<SortedDictionary<string, string>> PagesAsync(string data, long gone)
    {
        await using var dibao = DibaoProcess.Start(data, ["serve", "--port", "0", "--json"], ("DIBAO_CAPTURE_ENABLED", "false"));
        var root = System.Text.Json.JsonDocument.Parse(dibao.WaitFor("listening")).RootElement.GetProperty("listening").GetString()!;
        using var http = new HttpClient { BaseAddress = new(root) };
        var pages = new SortedDictionary<string, string>(StringComparer.Ordinal);
        using var list = System.Text.Json.JsonDocument.Parse(await http.GetStringAsync("/api/v1/articles?limit=100", TestContext.Current.CancellationToken));
        var paths = list.RootElement.GetProperty("articles").EnumerateArray().Select(article => article.GetProperty("id").GetInt64())
            .SelectMany(id => (string[])[$"/api/v1/articles/{id}", $"/a/{id}", $"/a/{id}.md", $"/a/{id}/original"]).Append($"/a/{gone}");
        foreach (var path in paths)
        {
            using var answer = await http.GetAsync(path, TestContext.Current.CancellationToken);
            var text = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Replace(root, "", StringComparison.Ordinal);
            text = FormToken().Replace(text, "");
            pages[path] = $"{(int)answer.StatusCode} {text.Length} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
        }
        return pages;
    }
}
