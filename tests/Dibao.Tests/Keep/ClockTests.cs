using Dibao.Keep;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep;

/// <summary>A clock that jumps, in an archive of small segments.</summary>
public class ClockTests
{
    private const long SmallSegment = 20_000;

    [Fact]
    public async Task A_clock_that_jumps_back_between_segments_changes_no_order_and_loses_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("dibao-clock-").FullName;
        var time = new Clock { Now = TestArchive.Start };
        var store = StoreFolder.OpenOrCreate(folder, new(Disk.Real, SmallSegment));
        await using (var archive = Archive.Open(store, new ArchiveOptions(), time))
        {
            for (var n = 0; n < 40; n++)
            {
                // Back by a month, a year, and to before there was a web; then forward again.
                if (n is 10 or 20 or 30) time.Now = n switch { 10 => TestArchive.Start.AddMonths(-1), 20 => new(1969, 12, 31, 23, 59, 59, TimeSpan.Zero), _ => TestArchive.Start.AddYears(1) };
                await archive.KeepAsync(TestArchive.Page(n) with { At = time.GetUtcNow() }, CancellationToken.None);
            }
            archive.Log.Publish();
        }
        var segments = StoreFolder.OpenExisting(folder).Segments();
        segments.Count.ShouldBeGreaterThan(4);
        segments.Select(segment => segment.Number).ShouldBe(Enumerable.Range(1, segments.Count).Select(n => (long)n));
        // By name alone they would stand in another order.
        segments.Select(segment => segment.Name).ShouldNotBe(segments.Select(segment => segment.Name).Order(StringComparer.Ordinal));

        new ArchiveCheck(folder, 4).Run(fault => throw new InvalidOperationException($"{fault}"), null, CancellationToken.None).Store.Captures.ShouldBe(40 + Seals(segments));
        await using var rebuilt = Archive.Rebuild(folder, new(), time, null, CancellationToken.None);
        rebuilt.Log.Fault.ShouldBeNull();
        rebuilt.Reader.Catalogue.Counts().Articles.ShouldBe(40);
        (await rebuilt.KeepAsync(TestArchive.Page(41), CancellationToken.None)).CaptureId.ShouldBe(41 + Seals(segments));
    }

    // Each segment begins with what the one before was.
    private static int Seals(IReadOnlyList<SegmentFile> segments) => segments.Count - 1;

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
