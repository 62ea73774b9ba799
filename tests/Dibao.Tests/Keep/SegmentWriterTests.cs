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
        var store = StoreFolder.OpenOrCreate(folder);
        using (var database = new Database(store.DatabasePath, SearchTokenizer.Register))
        {
            await using var keeper = new Keeper(new(store, TimeProvider.System, null, SmallSegment), database, (_, _) => { }, 0);
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

    [Fact]
    public void A_segment_that_could_not_be_begun_holds_nothing_of_the_one_before()
    {
        var store = StoreFolder.OpenOrCreate(Directory.CreateTempSubdirectory("dibao-test-").FullName);
        var clock = new ClockThatFails(after: 3);
        using var writer = new SegmentWriter(store, clock, null, SmallSegment);
        writer.Append(new byte[15_000]);
        writer.Sync();

        // The next segment's file is there, and its first record fails as it does when the disk fills up at this moment.
        Should.Throw<IOException>(() => writer.MakeRoom(10_000));
        writer.TakeBack();

        writer.End.ShouldBe(0);
        new FileInfo(store.Segments()[^1].Path).Length.ShouldBe(0);
    }

    [UnsupportedOSPlatform("windows")]
    private static UnixFileMode ModeOf(SegmentFile segment) => File.GetUnixFileMode(segment.Path);

    private sealed class ClockThatFails(int after) : TimeProvider
    {
        private int asked;

        public override DateTimeOffset GetUtcNow() => ++asked > after ? throw new IOException("No space left on device") : TestArchive.Start;
    }
}
