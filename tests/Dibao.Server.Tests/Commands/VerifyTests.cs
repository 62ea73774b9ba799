using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Commands;

public class VerifyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_log_that_only_grew_begins_with_a_checkpoint_kept_earlier_and_one_that_was_made_anew_does_not()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 2);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        var earlier = Keep(folder, "earlier");
        using var second = new LoopbackOutlet(articles: 3);
        await CaptureTests.CaptureAsync(folder.Data, second);
        var later = Keep(folder, "later");

        (await VerifyAsync(folder.Data, "--since", earlier)).Code.ShouldBe(0);
        (await VerifyAsync(folder.Data, "--since", later, "--level", "4")).Code.ShouldBe(0);

        // The archive as a forger would have it: the same key, and another first capture.
        Directory.Delete(Path.Combine(folder.Data, "seg"), recursive: true);
        Directory.Delete(Path.Combine(folder.Data, "db"), recursive: true);
        Directory.Delete(Path.Combine(folder.Data, "log"), recursive: true);
        await CaptureTests.CaptureAsync(folder.Data, second);
        (await VerifyAsync(folder.Data)).Code.ShouldBe(0);
        var changed = await VerifyAsync(folder.Data, "--since", earlier);
        changed.Code.ShouldBe(4);
        changed.Output.ShouldContain("the log was changed");
        var shorter = await VerifyAsync(folder.Data, "--since", later);
        shorter.Code.ShouldBe(4);
        shorter.Output.ShouldContain("leaves were taken away");

        Directory.Delete(Path.Combine(folder.Data, "log"), recursive: true);
        var gone = await VerifyAsync(folder.Data, "--since", earlier);
        gone.Code.ShouldBe(4);
        gone.Output.ShouldContain("there is no signed checkpoint");
    }

    [Fact]
    public async Task A_checkpoint_of_another_log_is_refused_by_name_and_what_is_none_is_usage()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 1);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        using var strangers = new TestFolder();
        await CaptureTests.CaptureAsync(strangers.Data, outlet);
        var theirs = Keep(strangers, "theirs");

        var run = await VerifyAsync(folder.Data, "--since", theirs);
        run.Code.ShouldBe(2);
        run.Error.ShouldContain(File.ReadLines(theirs).First());
        run.Error.ShouldContain(File.ReadLines(Path.Combine(folder.Data, "log", "checkpoint")).First());

        var forged = folder.Write("forged", File.ReadAllText(Path.Combine(folder.Data, "log", "checkpoint")).Replace("\n1\n", "\n2\n", StringComparison.Ordinal)
            .Replace(File.ReadAllLines(Path.Combine(folder.Data, "log", "checkpoint"))[2], Convert.ToBase64String(new byte[32]), StringComparison.Ordinal));
        (await VerifyAsync(folder.Data, "--since", forged)).Code.ShouldBe(2);
        (await VerifyAsync(folder.Data, "--since", folder.Write("letter", "dear archive"))).Code.ShouldBe(2);
        (await VerifyAsync(folder.Data, "--since", theirs, "--level", "2")).Code.ShouldBe(2);
        (await VerifyAsync(folder.Data, "--since", Path.Combine(folder.Path, "nowhere"))).Code.ShouldBe(3);
    }

    [Fact]
    public async Task A_rebuild_over_a_damaged_segment_says_what_is_missing_and_ends_with_4()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 4);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        var open = Directory.GetFiles(Path.Combine(folder.Data, "seg"), "*.open", SearchOption.AllDirectories).Single(path => path.EndsWith(".warc.gz.open", StringComparison.Ordinal));
        var segment = open[..^".open".Length];
        var sound = File.ReadAllBytes(open);
        var damaged = sound.ToArray();
        damaged[damaged.Length / 2] ^= 4;
        File.Move(open, segment);
        File.WriteAllBytes(segment, damaged);

        var run = await DibaoProcess.RunAsync(folder.Data, ["rebuild", "--json"]);
        run.Code.ShouldBe(4, run.Output + run.Error);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement).ToList();
        var fault = lines.First(line => line.TryGetProperty("file", out _));
        fault.GetProperty("file").GetString().ShouldBe(Path.GetFileName(segment));
        fault.GetProperty("offset").GetInt64().ShouldBeGreaterThan(0);
        fault.GetProperty("reason").GetString()!.ShouldContain("restore the segment from a backup");
        lines.Count(IsMissingCapture).ShouldBe(lines[^1].GetProperty("missing").GetInt32());
        lines[^1].GetProperty("damaged").GetInt64().ShouldBeGreaterThan(0);
        lines[^1].GetProperty("missing").GetInt64().ShouldBeGreaterThan(0);
        lines[^1].GetProperty("captures").GetInt64().ShouldBeGreaterThan(0);
        File.Exists(lines[^1].GetProperty("before").GetString()).ShouldBeTrue();
        (await VerifyAsync(folder.Data)).Code.ShouldBe(4);
        (await DibaoProcess.RunAsync(folder.Data, ["doctor"])).Output.ShouldContain("captures are missing from the segments");

        File.WriteAllBytes(segment, sound);
        (await DibaoProcess.RunAsync(folder.Data, ["rebuild"])).Code.ShouldBe(0);
        (await VerifyAsync(folder.Data, "--level", "3")).Code.ShouldBeOneOf(0, 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Records_that_are_longer_than_the_memory_are_verified(bool withIndex)
    {
        using var folder = new TestFolder();
        // One that stays long when it is packed, and one that does not.
        await KeepLongAsync(folder.Data, noise: 1, sound: true);
        await KeepLongAsync(folder.Data, noise: 16, sound: true);
        if (!withIndex) foreach (var index in Directory.GetFiles(folder.Data, "*.idx*", SearchOption.AllDirectories)) File.Delete(index);
        (string, string) little = ("DOTNET_GCHeapHardLimit", $"{(Long / 2) + (16 << 20):x}");
        foreach (var level in (string[])["1", "2", "3"])
        {
            var run = await DibaoProcess.RunAsync(folder.Data, ["verify", "--json", "--level", level], little);
            run.Code.ShouldBe(0, run.Output + run.Error);
            run.Json(0).GetProperty("records").GetInt64().ShouldBe(5);
        }

        // Damage in the middle of one is named with its place.
        await KeepLongAsync(folder.Data, noise: 2, sound: false);
        var changed = await DibaoProcess.RunAsync(folder.Data, ["verify", "--json", "--level", "2"], little);
        changed.Code.ShouldBe(4, changed.Output + changed.Error);
        changed.Json(0).GetProperty("offset").GetInt64().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Level_4_finds_what_the_catalogue_says_otherwise_than_its_rebuild_and_level_3_does_not()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 4);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        var sound = await VerifyAsync(folder.Data, "--level", "4");
        sound.Code.ShouldBe(0, sound.Output + sound.Error);
        sound.Json(0).GetProperty("level").GetInt32().ShouldBe(4);
        sound.Json(0).GetProperty("captures").GetInt64().ShouldBeGreaterThan(4);

        Sql(folder.Data, "UPDATE versions SET title = '渡轮停航' WHERE id = 2");
        (await VerifyAsync(folder.Data, "--level", "3")).Code.ShouldBe(0);
        var changed = await VerifyAsync(folder.Data, "--level", "4");
        changed.Code.ShouldBe(1, changed.Output + changed.Error);
        changed.Json(0).GetProperty("reason").GetString()!.ShouldContain("its table versions");
        changed.Json(0).GetProperty("derived").GetBoolean().ShouldBeTrue();
        changed.Json(changed.Lines.Count - 1).GetProperty("faults").GetInt64().ShouldBe(0);

        (await DibaoProcess.RunAsync(folder.Data, ["rebuild"])).Code.ShouldBe(0);
        (await VerifyAsync(folder.Data, "--level", "4")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task Damage_in_a_segment_is_named_with_its_file_and_offset_at_each_level_that_reads_it()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 3);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        var segment = Directory.GetFiles(Path.Combine(folder.Data, "seg"), "*.warc.gz*", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(segment, Cancel);
        bytes[bytes.Length / 2] ^= 0x10;
        await File.WriteAllBytesAsync(segment, bytes, Cancel);

        (await VerifyAsync(folder.Data, "--level", "0")).Code.ShouldBe(0);
        foreach (var level in (string[])["1", "2", "3", "4"])
        {
            var run = await VerifyAsync(folder.Data, "--level", level);
            run.Code.ShouldBe(4, $"level {level}: {run.Output}{run.Error}");
            run.Json(0).GetProperty("file").GetString().ShouldBe(Path.GetFileName(segment).Replace(".open", "", StringComparison.Ordinal));
            run.Json(0).GetProperty("offset").GetInt64().ShouldBeInRange(1, bytes.Length / 2);
        }
        (await VerifyAsync(folder.Data, "--level", "5")).Code.ShouldBe(2);
    }

    private static bool IsMissingCapture(System.Text.Json.JsonElement line) =>
        line.TryGetProperty("missing", out var url) && url.ValueKind == System.Text.Json.JsonValueKind.String && url.GetString()!.StartsWith("http", StringComparison.Ordinal);

    private const int Long = 96 << 20;

    // A feed's answer, which nobody reads as an article. One byte of `noise` is random, the others are not.
    private static async Task KeepLongAsync(string data, int noise, bool sound)
    {
        var body = new byte[Long];
        var random = new Random(noise);
        for (var at = 0; at < body.Length; at += noise) body[at] = (byte)random.Next(256);
        string segment;
        long from;
        await using (var archive = Archive.Open(data, new Dibao.Capture.CaptureOptions(), TimeProvider.System))
        {
            from = archive.Reader.Catalogue.Counts().SegmentBytes;
            await archive.KeepAsync(new()
            {
                Kind = Dibao.Capture.CaptureKind.Feed, Url = "https://hewan.example/film", At = DateTimeOffset.UnixEpoch.AddYears(50), Outlet = new("hewan", "河湾日报"),
                Exchanges = [Dibao.Capture.Fetch.KeptHead.ToExchange("https://hewan.example/film", DateTimeOffset.UnixEpoch.AddYears(50), default, "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n"u8.ToArray(), body)],
            }, Cancel);
            segment = archive.Reader.Store.Segments()[^1].Path;
        }
        if (sound) return;
        using var file = File.OpenHandle(segment, FileMode.Open, FileAccess.ReadWrite);
        var octet = new byte[1];
        RandomAccess.Read(file, octet, from + (Long / 4));
        octet[0] ^= 1;
        RandomAccess.Write(file, octet, from + (Long / 4));
    }

    internal static Task<Run> VerifyAsync(string data, params string[] options) => DibaoProcess.RunAsync(data, ["verify", .. options, "--json"]);

    private static string Keep(TestFolder folder, string name)
    {
        var kept = Path.Combine(folder.Path, name);
        File.Copy(Path.Combine(folder.Data, "log", "checkpoint"), kept);
        return kept;
    }

    private static void Sql(string data, string statement)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "db", "index.sqlite")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // this test's own words
        command.CommandText = statement;
#pragma warning restore CA2100
        command.ExecuteNonQuery().ShouldBeGreaterThan(0);
    }
}
