using Dapper;
using Dibao.Capture;
using Dibao.Keep;
using Dibao.Warc;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep;

/// <summary>A rebuild over damaged and missing segments: everything that can be read, and what cannot by name.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public class DamagedRebuildTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task All_that_can_be_read_is_rebuilt_and_all_that_cannot_is_named(bool withLog)
    {
        var damaged = await DamagedArchive.MakeAsync(withLog);
        var (faults, missing) = (new List<Fault>(), new List<MissingCapture>());
        await using (var archive = Archive.Rebuild(damaged.Folder, new(), TimeProvider.System, null, CancellationToken.None, faults.Add, missing.Add))
        {
            archive.Recovery.Damaged.ShouldBe(faults.Count);
            if (withLog) archive.Log.Fault.ShouldNotBeNull().ShouldContain("missing from the segments");
            File.Exists(archive.Recovery.Before).ShouldBeTrue();
        }
        // The damaged response and the manifest that lists it; the damaged manifest; the segment that is gone.
        faults.ShouldContain(fault => fault.File == damaged.First.Name && fault.Offset == damaged.Response.Offset);
        faults.ShouldContain(fault => fault.File == damaged.First.Name && fault.Reason.Contains("https://hewan.example/news/", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.File == damaged.Second.Name && fault.Offset == damaged.Manifest.Offset);
        faults.ShouldContain(fault => fault.File == damaged.Lost.Name && fault.Reason.Contains("it is missing", StringComparison.Ordinal));
        faults.Count.ShouldBe(4);
        faults.ShouldAllBe(fault => fault.Reason.Contains("restore", StringComparison.OrdinalIgnoreCase));

        // Every other capture is there. With the log, each at its place in it; without, those behind a seal.
        var after = Rows(damaged.Folder);
        var gone = damaged.Rows.ExceptBy(after.Select(row => row.Manifest), row => row.Manifest).ToList();
        gone.Count.ShouldBe(2 + damaged.LeavesOfLost.Count);
        if (withLog) after.ShouldBe(damaged.Rows.Where(row => !gone.Contains(row)));
        after.Where(row => row.Leaf > damaged.LeavesOfLost[^1]).ShouldBe(damaged.Rows.Where(row => row.Leaf > damaged.LeavesOfLost[^1]));
        if (withLog) missing.Select(capture => (capture.Leaf, capture.Url)).ShouldBe(gone.Select(row => (row.Leaf, row.Url)));
        Directory.Delete(damaged.Folder, recursive: true);
    }

    [Fact]
    public async Task What_was_rebuilt_so_opens_goes_on_and_is_whole_again_once_the_segments_are_back()
    {
        var damaged = await DamagedArchive.MakeAsync(withLog: true);
        await Archive.Rebuild(damaged.Folder, new(), TimeProvider.System, null, CancellationToken.None).DisposeAsync();

        await using (var again = TestArchive.Open(damaged.Folder)) (await again.KeepAsync(TestArchive.Page(900), CancellationToken.None)).Change.ShouldBe(ArticleChange.New);
        var found = new List<Fault>();
        new ArchiveCheck(damaged.Folder, 4).Run(found.Add, null, CancellationToken.None);
        // Its catalogue is what a rebuild gives, and the damage is told all the same.
        found.Where(fault => fault.Derived).ShouldBeEmpty();
        found.ShouldContain(fault => fault.File == damaged.Lost.Name);

        damaged.Restore();
        await using (var restored = Archive.Rebuild(damaged.Folder, new(), TimeProvider.System, null, CancellationToken.None, fault => throw new InvalidOperationException($"{fault}")))
        {
            restored.Log.Fault.ShouldBeNull();
            restored.Recovery.Before.ShouldBeNull();
        }
        // The open one has grown meanwhile.
        damaged.Dump.Split('\n').Where(line => !line.StartsWith("segments: ", StringComparison.Ordinal)).Except(Dump(damaged.Folder).Split('\n')).ShouldBeEmpty();
        Directory.Delete(damaged.Folder, recursive: true);
    }

    [Fact]
    public async Task A_sound_archive_sets_no_catalogue_aside_and_names_nothing()
    {
        var (folder, store) = await ManyAsync();
        var dump = Dump(folder);
        await using (var archive = Archive.Rebuild(folder, new(), TimeProvider.System, null, CancellationToken.None, fault => throw new InvalidOperationException($"{fault}")))
        {
            archive.Recovery.ShouldSatisfyAllConditions(recovery => recovery.Damaged.ShouldBe(0), recovery => recovery.Before.ShouldBeNull());
        }
        Dump(folder).ShouldBe(dump);
        Directory.Exists(store.Quarantine).ShouldBeFalse();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<(string, StoreFolder)> ManyAsync()
    {
        var folder = Directory.CreateTempSubdirectory("dibao-test-").FullName;
        var store = StoreFolder.OpenOrCreate(folder, StoreTuning.Standard with { SegmentBytes = 20_000 });
        await using var archive = Archive.Open(store, new ArchiveOptions(), TimeProvider.System);
        foreach (var n in Enumerable.Range(1, 40)) await archive.KeepAsync(TestArchive.Page(n), CancellationToken.None);
        store.Segments().Count.ShouldBeGreaterThan(5);
        return (folder, store);
    }

    private static List<(long Leaf, string Url, string Manifest)> Rows(string folder)
    {
        using var reader = ArchiveReader.Open(folder);
        return reader.Database.Read(connection => connection.Query<(long, string, string)>("SELECT leaf, url, hex(manifest) FROM captures ORDER BY leaf").ToList());
    }

    // Leaves of the captures in a segment.
    private static List<long> Names(string folder, string segment)
    {
        using var reader = ArchiveReader.Open(folder);
        return reader.Database.Read(connection => connection.Query<long>(
            "SELECT DISTINCT c.leaf FROM captures c JOIN records r ON r.capture_id = c.id JOIN segments s ON s.id = r.segment_id WHERE s.name = @segment ORDER BY 1", new { segment }).ToList());
    }

    private static string Dump(string folder)
    {
        using var reader = ArchiveReader.Open(folder);
        return CatalogueDump.Of(reader.Database);
    }

    private static WarcEntry Nth(SegmentFile segment, string kind, int n)
    {
        using var file = File.OpenRead(segment.Path);
        return new WarcReader(file).ReadAll().Where(entry => entry.Record!.Type == kind || entry.Record.Headers["Content-Type"] == kind).ElementAt(n);
    }

    private static void Flip(SegmentFile segment, WarcEntry entry)
    {
        var bytes = File.ReadAllBytes(segment.Path);
        bytes[entry.Offset + (entry.Length / 2)] ^= 4;
        File.Delete(segment.Path);
        File.WriteAllBytes(segment.Path, bytes);
        Disk.Real.SetReadOnly(segment.Path);
    }

    /// <summary>A response and a manifest damaged in two sealed segments, a third one gone; the catalogue is from before.</summary>
    private sealed record DamagedArchive(string Folder, SegmentFile First, SegmentFile Second, SegmentFile Lost, WarcEntry Response, WarcEntry Manifest)
    {
        private readonly List<(string Path, byte[] Bytes)> sound = [];

        public required List<(long Leaf, string Url, string Manifest)> Rows { get; init; }
        public required List<long> LeavesOfLost { get; init; }
        public required string Dump { get; init; }

        public static async Task<DamagedArchive> MakeAsync(bool withLog)
        {
            var (folder, store) = await ManyAsync();
            var segments = store.Segments();
            var (first, second, lost) = (segments[0], segments[1], segments[3]);
            var damaged = new DamagedArchive(folder, first, second, lost, Nth(first, "response", 1), Nth(second, Dibao.Keep.Manifest.ContentType, 2))
            {
                Rows = DamagedRebuildTests.Rows(folder), LeavesOfLost = Names(folder, lost.Name), Dump = DamagedRebuildTests.Dump(folder),
            };
            damaged.sound.AddRange(((SegmentFile[])[first, second, lost]).Select(segment => (segment.Path, File.ReadAllBytes(segment.Path))));
            Flip(first, damaged.Response);
            Flip(second, damaged.Manifest);
            File.Delete(lost.Path);
            if (!withLog) Directory.Delete(Path.Combine(folder, "log"), recursive: true);
            return damaged;
        }

        public void Restore()
        {
            foreach (var (path, bytes) in sound)
            {
                File.Delete(path);
                File.WriteAllBytes(path, bytes);
                Disk.Real.SetReadOnly(path);
            }
        }
    }
}
