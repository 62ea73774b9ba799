using Dibao.Keep;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep;

public class BackupTests
{
    // A page or two each: there is a seal at nearly every moment.
    private const long TinySegment = 6_000;

    // Less prove nothing; how many fall into one backup is the scheduler's.
    private const long LeastSeals = 6;

    [Fact]
    public async Task A_backup_beside_a_writer_that_seals_all_the_time_holds_all_that_was_known_when_it_began()
    {
        var folder = Directory.CreateTempSubdirectory("dibao-test-").FullName;
        var backup = Directory.CreateTempSubdirectory("dibao-backup-").FullName;
        var store = StoreFolder.OpenOrCreate(folder, new(Disk.Real, TinySegment));
        await using var archive = Archive.Open(store, new ArchiveOptions(), TimeProvider.System);
        for (var n = 0; n < 10; n++) await archive.KeepAsync(TestArchive.Page(n), CancellationToken.None);
        using var enough = new CancellationTokenSource();
        var capturing = Task.Run(async () =>
        {
            for (var n = 10; !enough.IsCancellationRequested; n++)
            {
                await archive.KeepAsync(TestArchive.Page(n), CancellationToken.None);
                if (n % 5 == 0) archive.Log.Publish();
            }
        }, CancellationToken.None);

        var sealedDuring = 0L;
        for (var round = 0; round < 6 || sealedDuring <= LeastSeals; round++)
        {
            round.ShouldBeLessThan(200, "nothing is sealed while backups are made");
            var (known, before) = (archive.Reader.Catalogue.Counts().Articles, store.Segments()[^1].Number);
            using (var beside = ArchiveReader.Open(folder)) Backup.Write(beside, backup, null, CancellationToken.None);
            sealedDuring += store.Segments()[^1].Number - before;
            Faults(backup).ShouldBeEmpty();
            var restored = Directory.CreateTempSubdirectory("dibao-restored-").FullName;
            Backup.Restore(backup, restored, null, CancellationToken.None);
            Faults(restored).ShouldBeEmpty();
            await using (var copy = TestArchive.Open(restored))
            {
                copy.Log.Fault.ShouldBeNull();
                copy.Reader.Catalogue.Counts().Articles.ShouldBeGreaterThanOrEqualTo(known);
            }
            Directory.Delete(restored, recursive: true);
        }

        await enough.CancelAsync();
        await capturing;
        Directory.Delete(backup, recursive: true);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task What_one_source_needs_goes_with_the_backup_as_private_as_it_is_and_back_again()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        test.Archive.Capture.Profiles.Set("https://hewan.example/rss.xml", new() { Cookie = "session=secret" });
        var backup = Directory.CreateTempSubdirectory("dibao-backup-").FullName;
        var restored = Directory.CreateTempSubdirectory("dibao-restored-").FullName;

        Backup.Write(test.Archive.Reader, backup, null, CancellationToken.None);
        Backup.Restore(backup, restored, null, CancellationToken.None);

        foreach (var folder in (string[])[backup, restored])
        {
            var file = Path.Combine(folder, "fetch-profiles.json");
            (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldContain("session=secret");
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        // What was forgotten is not kept by the backup.
        test.Archive.Capture.Profiles.Set("https://hewan.example/rss.xml", new());
        File.Delete(Path.Combine(test.Folder, "fetch-profiles.json"));
        Backup.Write(test.Archive.Reader, backup, null, CancellationToken.None);
        File.Exists(Path.Combine(backup, "fetch-profiles.json")).ShouldBeFalse();
    }

    private static List<Fault> Faults(string folder)
    {
        var faults = new List<Fault>();
        new ArchiveCheck(folder, 3).Run(faults.Add, null, CancellationToken.None);
        return faults;
    }
}
