using Dibao.Keep;
using Dibao.Warc;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep;

public class ArchiveCheckTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Damage_is_reported_where_it_is_and_not_for_every_capture_behind_it(bool withIndex)
    {
        await using var test = TestArchive.New();
        foreach (var n in Enumerable.Range(1, 30)) await test.Keep(TestArchive.Page(n));
        await test.Archive.DisposeAsync();
        var bytes = await File.ReadAllBytesAsync(test.OpenSegment, TestContext.Current.CancellationToken);
        var entries = new WarcReader(new MemoryStream(bytes)).ReadAll().ToList();
        var manifests = entries.Where(entry => entry.Record!.Headers["Content-Type"] == Manifest.ContentType).ToList();
        var response = entries.Where(entry => entry.Record!.Type == "response").ElementAt(20);
        foreach (var damaged in (WarcEntry[])[manifests[4], manifests[5], response]) bytes[damaged.Offset + (damaged.Length / 2)] ^= 0x10;
        await File.WriteAllBytesAsync(test.OpenSegment, bytes, TestContext.Current.CancellationToken);
        if (!withIndex) foreach (var index in Directory.GetFiles(test.Folder, "*.idx*", SearchOption.AllDirectories)) File.Delete(index);

        var faults = new List<Fault>();
        var report = new ArchiveCheck(test.Folder, 3).Run(faults.Add, null, CancellationToken.None);

        // Each damage, the two leaves at the capture behind them, and the manifest whose response is gone.
        var kept = faults.Where(fault => !fault.Derived).ToList();
        kept.Select(fault => fault.Offset).Order().ShouldBe(new long?[]
        {
            manifests[4].Offset, manifests[5].Offset, manifests[6].Offset, response.Offset, manifests[20].Offset,
        }.Order(), string.Join(" | ", faults));
        kept.ShouldContain(fault => fault.Reason.Contains("leaves 4 to 5 have no capture", StringComparison.Ordinal));
        report.Store.Captures.ShouldBe(28);
        await File.WriteAllBytesAsync(test.OpenSegment, bytes, TestContext.Current.CancellationToken);
    }
}
