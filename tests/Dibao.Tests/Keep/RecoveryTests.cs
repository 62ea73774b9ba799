using Dapper;
using Dibao.Capture;
using Dibao.Find;
using Dibao.Keep;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep;

public class RecoveryTests
{
    [Fact]
    public async Task Every_cut_of_the_open_segment_keeps_what_was_whole_and_sets_the_rest_aside()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        var whole = new FileInfo(test.OpenSegment).Length;
        await test.Keep(TestArchive.Page(2));
        await test.Archive.DisposeAsync();
        var bytes = await File.ReadAllBytesAsync(test.OpenSegment, TestContext.Current.CancellationToken);
        var segment = test.OpenSegment;

        for (var length = whole + 1; length < bytes.Length; length += 97)
        {
            // As after a power cut that also took the catalogue's last transactions.
            await File.WriteAllBytesAsync(segment, bytes[..(int)length], TestContext.Current.CancellationToken);
            Backup.DeleteDatabase(StoreFolder.OpenExisting(test.Folder));
            await using var archive = TestArchive.Open(test.Folder);
            archive.Reader.Catalogue.Counts().Articles.ShouldBe(1, $"cut at {length}");
            archive.Recovery.Quarantined.ShouldNotBeNull();
            new FileInfo(archive.Recovery.Quarantined).Length.ShouldBe(length - whole);
            (await archive.KeepAsync(TestArchive.Page(3), CancellationToken.None)).Change.ShouldBe(ArticleChange.New);
        }
        await test.Reopen();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Captures_that_are_whole_behind_a_damaged_one_are_kept_and_the_damage_set_aside(bool withCatalogue)
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        var known = Path.Combine(test.Folder, "known");
        test.Archive.Reader.Database.CopyTo(known);
        var from = new FileInfo(test.OpenSegment).Length;
        await test.Keep(TestArchive.Page(2));
        var until = new FileInfo(test.OpenSegment).Length;
        foreach (var n in Enumerable.Range(3, 4)) await test.Keep(TestArchive.Page(n));
        // The same bytes as the third page: what it refers to stands behind the damage, too, and is found there.
        await test.Keep(TestArchive.Page(3, minutes: 30));
        await test.Keep(TestArchive.Page(2, minutes: 31));
        await test.Archive.DisposeAsync();
        var segment = test.OpenSegment;
        var bytes = await File.ReadAllBytesAsync(segment, TestContext.Current.CancellationToken);
        bytes.AsSpan((int)from, (int)(until - from) - 40).Clear();
        await File.WriteAllBytesAsync(segment, bytes, TestContext.Current.CancellationToken);
        var store = StoreFolder.OpenExisting(test.Folder);
        Backup.DeleteDatabase(store);
        if (withCatalogue) File.Move(known, store.DatabasePath);
        // As when nothing was signed over them yet.
        Directory.Delete(Path.Combine(test.Folder, "log"), recursive: true);

        await test.Reopen();

        // The second page's capture is gone, and with it what its revisit would have referred to.
        test.Archive.Recovery.Salvaged.ShouldBe(5);
        new FileInfo(test.Archive.Recovery.Quarantined!).Length.ShouldBe(bytes.Length - from);
        test.Catalogue.All().Select(article => article.Url).Order(StringComparer.Ordinal).ShouldBe(((int[])[1, 3, 4, 5, 6]).Select(n => $"https://hewan.example/news/{n}"));
        test.Archive.Log.Fault.ShouldBeNull();
        (await test.Keep(TestArchive.Page(7))).Change.ShouldBe(ArticleChange.New);
        var open = store.Segments()[^1];
        SegmentIndex.Read(open.IndexPath).ShouldBe(SegmentIndex.Walk(open.Path, 0, new FileInfo(open.Path).Length, CancellationToken.None));
        new ArchiveCheck(test.Folder, 4).Run(fault => throw new InvalidOperationException($"{fault}"), null, CancellationToken.None).Store.Captures.ShouldBe(7);
    }

    [Fact]
    public async Task A_rebuild_gives_the_same_rows_as_living_through_it_did()
    {
        await using var test = TestArchive.New();
        foreach (var n in Enumerable.Range(1, 20)) await test.Keep(TestArchive.Page(n));
        await test.Keep(TestArchive.Page(3, "通车仪式改在室内举行。", minutes: 30));
        await test.Keep(TestArchive.Page(4, minutes: 31));
        await test.Keep(TestArchive.Page(5, status: 410, minutes: 32, entry: false));
        await test.Keep(TestArchive.Page(6, pageError: "no answer", minutes: 33));
        await test.Keep(Source("https://hewan.example/rss.xml", SourceState.Active));
        var before = CatalogueDump.Of(test.Archive.Reader.Database);
        var index = CatalogueDump.OfSearch(test.Archive.Reader.Database);
        var head = test.Archive.Log.Publish()!.Checkpoint;

        await test.Rebuild();

        test.Archive.Recovery.Applied.ShouldBe(25);
        CatalogueDump.Of(test.Archive.Reader.Database).ShouldBe(before);
        index.Length.ShouldBeGreaterThan(1000);
        CatalogueDump.OfSearch(test.Archive.Reader.Database).ShouldBe(index);
        test.Archive.Log.Fault.ShouldBeNull();
        test.Archive.Log.Publish()!.Checkpoint.ShouldBe(head);
        var query = SearchQuery.Parse("室内").ShouldBeOfType<QueryReading.Parsed>().Query;
        test.Archive.Reader.Search.Search(query, new()).Hits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_rebuild_that_fails_puts_the_catalogue_back()
    {
        await using var test = TestArchive.New();
        foreach (var n in Enumerable.Range(1, 3)) await test.Keep(TestArchive.Page(n));
        await test.Archive.DisposeAsync();
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        Should.Throw<OperationCanceledException>(() => Archive.Rebuild(test.Folder, new(), TimeProvider.System, null, stopped.Token));

        using (var reader = ArchiveReader.Open(test.Folder)) reader.Catalogue.Counts().Articles.ShouldBe(3);
        await test.Reopen();
        test.Archive.Recovery.Applied.ShouldBe(0);
    }

    [Fact]
    public async Task Opening_applies_what_an_older_catalogue_lacks()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        var older = Path.Combine(test.Folder, "older");
        test.Archive.Reader.Database.CopyTo(older);
        await test.Keep(TestArchive.Page(2));

        await test.Reopen(() =>
        {
            var store = StoreFolder.OpenExisting(test.Folder);
            Backup.DeleteDatabase(store);
            File.Move(older, store.DatabasePath);
        });

        test.Archive.Recovery.Applied.ShouldBe(1);
        test.Catalogue.Counts().Articles.ShouldBe(2);
    }

    [Fact]
    public async Task A_catalogue_from_a_newer_dibao_is_refused_with_a_remedy()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        test.Archive.Reader.Database.Write(t => t.Connection!.Execute("PRAGMA user_version=9999", transaction: t));
        await test.Archive.DisposeAsync();

        var refused = Should.Throw<DatabaseVersionException>(() => TestArchive.Open(test.Folder));
        refused.Message.ShouldContain("9999");
        refused.Message.ShouldContain("dibao rebuild");
        Backup.DeleteDatabase(StoreFolder.OpenExisting(test.Folder));
        await test.Reopen();
    }

    [Fact]
    public async Task A_second_writer_is_refused_and_a_reader_is_not()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));

        Should.Throw<StoreException>(() => TestArchive.Open(test.Folder)).Message.ShouldContain("Another dibao");
        using var reader = ArchiveReader.Open(test.Folder);
        reader.Catalogue.Counts().Articles.ShouldBe(1);
    }

    [Fact]
    public async Task A_damaged_sealed_segment_stops_an_opening_without_a_catalogue_and_names_the_place()
    {
        await using var test = TestArchive.New();
        foreach (var n in Enumerable.Range(1, 3)) await test.Keep(TestArchive.Page(n));
        await test.Archive.DisposeAsync();
        var open = test.OpenSegment;
        var bytes = await File.ReadAllBytesAsync(open, TestContext.Current.CancellationToken);
        var damaged = bytes.ToArray();
        damaged[damaged.Length / 2] ^= 4;
        var sealedPath = open[..^".open".Length];
        await File.WriteAllBytesAsync(sealedPath, damaged, TestContext.Current.CancellationToken);
        File.Delete(open);
        Backup.DeleteDatabase(StoreFolder.OpenExisting(test.Folder));

        var stopped = Should.Throw<InvalidDataException>(() => TestArchive.Open(test.Folder));
        stopped.Message.ShouldContain(Path.GetFileName(sealedPath));
        stopped.Message.ShouldContain("dibao rebuild");

        File.Delete(sealedPath);
        await File.WriteAllBytesAsync(open, bytes, TestContext.Current.CancellationToken);
        await test.Reopen(() => Backup.DeleteDatabase(StoreFolder.OpenExisting(test.Folder)));
    }

    [Fact]
    public async Task A_folder_with_something_else_in_it_is_left_alone()
    {
        var folder = Directory.CreateTempSubdirectory("dibao-test-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "letter.txt"), "x", TestContext.Current.CancellationToken);
        Should.Throw<StoreException>(() => TestArchive.Open(folder)).Message.ShouldContain("no Dibao archive");
        Directory.GetFileSystemEntries(folder).Length.ShouldBe(1);
    }

    private static CaptureBundle Source(string url, SourceState state) => new()
    {
        Kind = CaptureKind.Source,
        Url = url,
        At = TestArchive.Start,
        Outlet = new("hewan", "河湾日报"),
        Source = new("河湾日报", state),
    };
}
