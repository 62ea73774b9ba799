using System.Security.Cryptography;
using Dapper;
using Dibao.Capture;
using Dibao.Find;
using Dibao.Keep;
using Dibao.Log;
using Dibao.Warc;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep;

/// <summary>What the log says of sealed segments, and what it notices.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public class SealTests
{
    private const long SmallSegment = 20_000;

    [Fact]
    public async Task Each_sealed_segment_is_a_leaf_that_says_what_the_file_was()
    {
        var folder = await ManyAsync();
        var segments = StoreFolder.OpenExisting(folder).Segments();
        using var reader = ArchiveReader.Open(folder);
        var head = reader.Log.Checkpoint()!;
        var tree = reader.Log.Tree(head.Checkpoint);
        foreach (var (before, after) in segments.Zip(segments.Skip(1)))
        {
            var found = SegmentHead.Read(after).Seal.ShouldNotBeNull();
            var bytes = await File.ReadAllBytesAsync(before.Path, TestContext.Current.CancellationToken);
            (found.Seal.Segment, found.Seal.Bytes, found.Seal.Sha256).ShouldBe((before.Name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))));
            Leaf.TryRead(tree.Entry(found.Seal.Leaves).Span, out var leaf).ShouldBeTrue();
            leaf.ToBytes().ShouldBe(found.Leaf.ToBytes());
            leaf.Kind.ShouldBe(LeafKind.Seal);
            reader.Log.Prove(found.Seal.Leaves, head).Index.ShouldBe(found.Seal.Leaves);
        }
        (await CheckAsync(folder, 4)).ShouldBeEmpty();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_rebuild_gives_the_same_rows_and_the_same_log_with_seals()
    {
        var folder = await ManyAsync();
        string before, after;
        using (var reader = ArchiveReader.Open(folder)) before = CatalogueDump.Of(reader.Database);
        await using (var rebuilt = Archive.Rebuild(folder, new(), TimeProvider.System, null, CancellationToken.None))
        {
            rebuilt.Log.Fault.ShouldBeNull();
            after = CatalogueDump.Of(rebuilt.Reader.Database);
        }
        after.ShouldBe(before);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [InlineData(3, false)]
    public async Task A_lost_segment_is_named(int level, bool withCatalogue)
    {
        var folder = await ManyAsync();
        var store = StoreFolder.OpenExisting(folder);
        if (!withCatalogue) Backup.DeleteDatabase(store);
        var lost = store.Segments()[2];
        File.Delete(lost.Path);
        (await CheckAsync(folder, level)).ShouldContain(fault => fault.File == lost.Name && fault.Reason.Contains("it is missing", StringComparison.Ordinal));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Segments_that_changed_places_are_named()
    {
        var folder = await ManyAsync();
        var segments = StoreFolder.OpenExisting(folder).Segments();
        var (one, other) = (segments[1], segments[2]);
        File.Move(one.Path, one.Path + ".aside");
        File.Move(other.Path, one.Path);
        File.Move(one.Path + ".aside", other.Path);
        var faults = await CheckAsync(folder, 0);
        faults.ShouldContain(fault => fault.File == one.Name && fault.Offset == 0 && fault.Reason.Contains(other.Name, StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.File == other.Name && fault.Offset == 0 && fault.Reason.Contains(one.Name, StringComparison.Ordinal));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_segment_of_another_length_is_named_with_the_place_where_it_ends()
    {
        var folder = await ManyAsync();
        Backup.DeleteDatabase(StoreFolder.OpenExisting(folder));
        var cut = StoreFolder.OpenExisting(folder).Segments()[1];
        var bytes = await File.ReadAllBytesAsync(cut.Path, TestContext.Current.CancellationToken);
        Overwrite(cut, bytes[..^7]);
        (await CheckAsync(folder, 0)).ShouldContain(fault => fault.File == cut.Name && fault.Offset == bytes.Length - 7 && fault.Reason.Contains($"sealed with {bytes.Length}", StringComparison.Ordinal));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Bytes_that_say_nothing_of_what_is_kept_are_held_to_the_seal_as_well_without_any_index()
    {
        var folder = await ManyAsync();
        var changed = StoreFolder.OpenExisting(folder).Segments()[1];
        var bytes = await File.ReadAllBytesAsync(changed.Path, TestContext.Current.CancellationToken);
        // The time in the first member's header (RFC 1952 §2.3.1): no CRC and no digest is over it.
        bytes[5] ^= 1;
        Overwrite(changed, bytes);
        File.Delete(changed.IndexPath);
        (await CheckAsync(folder, 0)).ShouldBeEmpty();
        (await CheckAsync(folder, 1)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            fault => fault.File.ShouldBe(changed.Name), fault => fault.Reason.ShouldContain("SHA-256"), fault => fault.Derived.ShouldBeFalse());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_seal_that_was_written_anew_to_fit_another_segment_is_not_the_logs()
    {
        var folder = await ManyAsync();
        var segments = StoreFolder.OpenExisting(folder).Segments();
        var (cut, next) = (segments[^2], segments[^1]);
        var shorter = (await File.ReadAllBytesAsync(cut.Path, TestContext.Current.CancellationToken))[..^9];
        var bytes = await File.ReadAllBytesAsync(next.Path, TestContext.Current.CancellationToken);
        Overwrite(cut, shorter);
        await File.WriteAllBytesAsync(next.Path, Resealed(bytes, shorter), TestContext.Current.CancellationToken);
        File.Delete(cut.IndexPath);
        Backup.DeleteDatabase(StoreFolder.OpenExisting(folder));
        var faults = await CheckAsync(folder, 0);
        faults.ShouldHaveSingleItem().Reason.ShouldContain("is not the log's leaf");
        faults[0].File.ShouldBe(next.Name);
        // Nothing but the log tells.
        Directory.Delete(Path.Combine(folder, "log"), recursive: true);
        (await CheckAsync(folder, 0)).ShouldBeEmpty();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_takedown_may_rewrite_a_sealed_segment_and_nothing_else_may()
    {
        var folder = await ManyAsync();
        await using (var archive = Open(folder))
        {
            var article = archive.Reader.Catalogue.Article("https://hewan.example/news/3")!;
            await archive.Takedowns.RunAsync([archive.Takedowns.Planner.Plan(article)], TakedownCause.Request, "asked", TestArchive.Start, CancellationToken.None);
        }
        foreach (var level in (int[])[0, 1, 2, 3, 4]) (await CheckAsync(folder, level)).ShouldBeEmpty($"level {level}");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_archive_from_before_there_were_seals_opens_goes_on_and_says_how_many_have_none()
    {
        var folder = await ManyAsync();
        var store = StoreFolder.OpenExisting(folder);
        foreach (var segment in store.Segments().Skip(1).Where(segment => !segment.IsOpen)) Overwrite(segment, WithoutSeal(await File.ReadAllBytesAsync(segment.Path, TestContext.Current.CancellationToken)));
        File.Delete(store.Segments()[^1].Path);
        foreach (var index in Directory.GetFiles(folder, "*.idx*", SearchOption.AllDirectories)) File.Delete(index);
        Backup.DeleteDatabase(store);
        Directory.Delete(Path.Combine(folder, "log"), recursive: true);
        var old = store.Segments().Count;

        await using (var archive = Open(folder)) await archive.KeepAsync(TestArchive.Page(900), CancellationToken.None);

        (await CheckAsync(folder, 4)).ShouldBeEmpty();
        new Verification(store, null, 0).Run(_ => { }, null, CancellationToken.None).Unsealed.ShouldBe(old - 1);
        SegmentHead.Read(store.Segments()[^1]).Seal!.Seal.Segment.ShouldBe(store.Segments()[^2].Name);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_segment_that_was_begun_and_never_written_to_is_sealed_with_the_first_capture_after_the_crash()
    {
        var folder = await ManyAsync();
        var store = StoreFolder.OpenExisting(folder);
        var last = store.Segments()[^1];
        last.IsOpen.ShouldBeTrue();
        var head = SegmentHead.Read(last);
        var bytes = await File.ReadAllBytesAsync(last.Path, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(last.Path, bytes[..(int)head.EndOfInfo], TestContext.Current.CancellationToken);
        Backup.DeleteDatabase(store);
        Directory.Delete(Path.Combine(folder, "log"), recursive: true);

        await using (var archive = Open(folder)) await archive.KeepAsync(TestArchive.Page(900), CancellationToken.None);

        var again = SegmentHead.Read(store.Segments()[^1]);
        store.Segments()[^1].Name.ShouldBe(last.Name);
        (again.Seal!.Seal.Segment, again.Seal.Seal.Sha256, again.Seal.Seal.Leaves).ShouldBe((head.Seal!.Seal.Segment, head.Seal.Seal.Sha256, head.Seal.Seal.Leaves));
        (await CheckAsync(folder, 4)).ShouldBeEmpty();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_verification_beside_a_writer_that_seals_all_the_time_finds_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("dibao-test-").FullName;
        var store = StoreFolder.OpenOrCreate(folder, StoreTuning.Standard with { SegmentBytes = 6_000 });
        using var enough = new CancellationTokenSource();
        await using (var archive = Archive.Open(store, new ArchiveOptions(), TimeProvider.System))
        {
            await archive.KeepAsync(TestArchive.Page(0), CancellationToken.None);
            var capturing = Task.Run(async () =>
            {
                for (var n = 1; !enough.IsCancellationRequested; n++)
                {
                    await archive.KeepAsync(TestArchive.Page(n), CancellationToken.None);
                    if (n % 5 == 0) archive.Log.Publish();
                }
            }, CancellationToken.None);
            var before = store.Segments().Count;
            for (var round = 0; round < 40 || store.Segments().Count < before + 20; round++) (await CheckAsync(folder, round % 4)).ShouldBeEmpty($"round {round}");
            await enough.CancelAsync();
            await capturing;
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_new_key_and_a_seal_belong_to_no_outlet()
    {
        await using var test = TestArchive.New();
        // Before there is any outlet, too.
        await test.Archive.RotateLogKeyAsync(TestArchive.Start, CancellationToken.None);
        test.Catalogue.Outlets().ShouldBeEmpty();
        await test.Keep(TestArchive.Page(1));
        await test.Archive.Keeper.SealAsync(CancellationToken.None);
        await test.Keep(TestArchive.Page(2));
        var (before, kinds) = (CatalogueDump.Of(test.Archive.Reader.Database), test.Archive.Reader.Database.Read(connection =>
            connection.Query<(long Kind, long? Outlet)>("SELECT kind, outlet_id FROM captures ORDER BY id").ToList()));
        kinds.ShouldBe([((long)CaptureKind.LogKey, (long?)null), ((long)CaptureKind.Article, 1), ((long)CaptureKind.Seal, null), ((long)CaptureKind.Article, 1)]);
        await test.Rebuild();
        CatalogueDump.Of(test.Archive.Reader.Database).ShouldBe(before);
        test.Archive.Log.Fault.ShouldBeNull();
        test.Catalogue.Outlets().ShouldHaveSingleItem();
    }

    [Fact]
    public void Keys_that_an_older_catalogue_filed_under_an_outlet_are_taken_out_of_it()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("dibao-test-").FullName, "index.sqlite");
        OldCatalogue.Make(path, before: 15, "INSERT INTO captures (id, kind, url, at, leaf, manifest, outlet_id) VALUES (2, 7, 'b', 0, 1, x'01', 1)");
        using var migrated = new Database(path, SearchTokenizer.Register);
        migrated.Read(connection => connection.Query<long?>("SELECT outlet_id FROM captures ORDER BY id").ToList()).ShouldBe([1, null]);
        migrated.Read(connection => connection.Query("PRAGMA foreign_key_check").Count()).ShouldBe(0);
    }

    // Some segments, the last one open; a checkpoint over all.
    private static async Task<string> ManyAsync()
    {
        var folder = Directory.CreateTempSubdirectory("dibao-test-").FullName;
        await using var archive = Open(folder);
        foreach (var n in Enumerable.Range(1, 40)) await archive.KeepAsync(TestArchive.Page(n), CancellationToken.None);
        archive.Reader.Store.Segments().Count.ShouldBeGreaterThan(4);
        return folder;
    }

    private static Archive Open(string folder) => Archive.Open(StoreFolder.OpenOrCreate(folder, StoreTuning.Standard with { SegmentBytes = SmallSegment }), new ArchiveOptions(), TimeProvider.System);

    private static async Task<List<Fault>> CheckAsync(string folder, int level)
    {
        var faults = new List<Fault>();
        await Task.Run(() => new ArchiveCheck(folder, level).Run(faults.Add, null, CancellationToken.None));
        return faults;
    }

    private static void Overwrite(SegmentFile segment, byte[] bytes)
    {
        File.Delete(segment.Path);
        File.WriteAllBytes(segment.Path, bytes);
        Disk.Real.SetReadOnly(segment.Path);
    }

    private static byte[] WithoutSeal(byte[] bytes)
    {
        var members = new WarcReader(new MemoryStream(bytes)).ReadAll().Take(3).ToList();
        members[1].Record!.TargetUri!.ShouldStartWith("urn:dibao:segment:");
        return [.. bytes[..(int)members[1].Offset], .. bytes[(int)members[2].Offset..]];
    }

    private static byte[] Resealed(byte[] bytes, byte[] before)
    {
        var seal = new WarcReader(new MemoryStream(bytes)).ReadAll().Skip(1).First();
        var manifest = System.Text.Json.JsonSerializer.Deserialize(seal.Record!.Block.Span, KeepJson.Default.Manifest)!;
        var changed = manifest with { Seal = manifest.Seal! with { Bytes = before.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(before)) } };
        var headers = new WarcHeaders();
        foreach (var (name, value) in seal.Record.Headers.Fields.Where(field => field.Key is not ("Content-Length" or "WARC-Block-Digest"))) headers.Add(name, value);
        var record = WarcRecord.Create(headers, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(changed, KeepJson.Readable.Manifest));
        return [.. bytes[..(int)seal.Offset], .. GzipMember.Compress(record.ToBytes()), .. bytes[(int)(seal.Offset + seal.Length)..]];
    }
}
