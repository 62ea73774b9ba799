using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Commands;

public class CheckTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_of_any_origin_are_read_and_what_is_wrong_in_them_is_named_with_its_place()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 4);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        var warc = Path.Combine(folder.Path, "out.warc.gz");
        var wacz = Path.Combine(folder.Path, "out.wacz");
        (await DibaoProcess.RunAsync(folder.Data, ["export", "--format", "warc", "--output", warc])).Code.ShouldBe(0);
        (await DibaoProcess.RunAsync(folder.Data, ["export", "--format", "wacz", "--output", wacz])).Code.ShouldBe(0);

        var sound = await CheckAsync(warc);
        sound.Code.ShouldBe(0, sound.Output + sound.Error);
        var records = sound.Json(0).GetProperty("records").GetInt64();
        records.ShouldBeGreaterThan(8);
        (await CheckAsync(wacz)).Code.ShouldBe(0);
        // The same records twice are no set.
        (await CheckAsync(warc, wacz)).Output.ShouldContain("was used before");

        var bytes = await File.ReadAllBytesAsync(warc, Cancel);
        bytes[bytes.Length / 2] ^= 8;
        await File.WriteAllBytesAsync(warc, bytes, Cancel);
        var damaged = await CheckAsync(warc);
        damaged.Code.ShouldBe(4);
        damaged.Json(0).GetProperty("file").GetString().ShouldBe(warc);
        damaged.Json(0).GetProperty("offset").GetInt64().ShouldBeInRange(1, bytes.Length / 2);
        damaged.Json(damaged.Lines.Count - 1).GetProperty("passedOver").GetInt64().ShouldBe(1);
        damaged.Json(damaged.Lines.Count - 1).GetProperty("records").GetInt64().ShouldBe(records - 1);

        var package = await File.ReadAllBytesAsync(wacz, Cancel);
        await File.WriteAllBytesAsync(wacz, package[..^30], Cancel);
        (await CheckAsync(wacz)).Code.ShouldBe(4);
        var letter = await DibaoProcess.RunAsync(folder.Data, ["check", folder.Write("letter.txt", "dear archive")]);
        letter.Code.ShouldBe(4);
        letter.Output.ShouldContain("letter.txt at 0: the record is damaged: it does not start with WARC/");
        (await CheckAsync(Path.Combine(folder.Path, "nowhere"))).Code.ShouldBe(3);
    }

    [Fact]
    public async Task What_is_intact_behind_damage_is_imported()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 6);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        var warc = Path.Combine(folder.Path, "out.warc.gz");
        (await DibaoProcess.RunAsync(folder.Data, ["export", "--format", "warc", "--output", warc])).Code.ShouldBe(0);
        var bytes = await File.ReadAllBytesAsync(warc, Cancel);
        // In a response, and not in what comes first: some pages stand before it, and some behind.
        bytes[bytes.Length / 2] ^= 8;
        await File.WriteAllBytesAsync(warc, bytes, Cancel);

        var again = Path.Combine(folder.Path, "again");
        var import = await DibaoProcess.RunAsync(again, ["import", warc, "--json"]);

        import.Code.ShouldBe(1, import.Error);
        using var reader = ArchiveReader.Open(again);
        reader.Catalogue.Counts().Articles.ShouldBeInRange(5, 6);
    }

    private static Task<Run> CheckAsync(params string[] files) => DibaoProcess.RunAsync(Path.GetTempPath(), ["check", .. files, "--json"]);
}
