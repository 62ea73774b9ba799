using System.Runtime.Versioning;
using Dibao.Find;
using Dibao.Keep;
using Dibao.Log;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep;

public class SegmentWriterTests
{
    private const long SmallSegment = 20_000;
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    [Fact]
    public async Task Full_segments_are_sealed_and_the_archive_goes_on_in_the_next()
    {
        var folder = Directory.CreateTempSubdirectory("dibao-test-").FullName;
        var store = StoreFolder.OpenOrCreate(folder, StoreTuning.Standard with { SegmentBytes = SmallSegment });
        using (var database = new Database(store.DatabasePath, SearchTokenizer.Register))
        {
            await using var keeper = new Keeper(new(store, TimeProvider.System, null), database, new((_, _) => { }, (_, _) => { }), 0, TimeProvider.System);
            foreach (var n in Enumerable.Range(1, 40)) await keeper.KeepAsync(TestArchive.Page(n), CancellationToken.None);
        }

        var segments = store.Segments();

        segments.Count.ShouldBeGreaterThan(3);
        segments.Select(segment => segment.IsOpen).ShouldBe([.. Enumerable.Repeat(false, segments.Count - 1), true]);
        segments.ShouldAllBe(segment => new FileInfo(segment.Path).Length <= SmallSegment);
        if (!OperatingSystem.IsWindows()) segments.Where(segment => !segment.IsOpen).Select(ModeOf).ShouldAllBe(mode => mode == ReadOnly);
        await using var archive = Archive.Rebuild(folder, new(), TimeProvider.System, null, CancellationToken.None);
        archive.Reader.Catalogue.Counts().Articles.ShouldBe(40);
        var faults = new List<Fault>();
        new Verification(store, archive.Reader.Database).Run(faults.Add, null, CancellationToken.None).Segments.ShouldBe(segments.Count);
        faults.ShouldBeEmpty();
    }

    [UnsupportedOSPlatform("windows")]
    private static UnixFileMode ModeOf(SegmentFile segment) => File.GetUnixFileMode(segment.Path);
}
