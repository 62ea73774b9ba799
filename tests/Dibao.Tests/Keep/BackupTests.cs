using Dibao.Keep;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep;

public class BackupTests
{
    // A page or two each: there is a seal at nearly every moment.
    private const long TinySegment = 6_000;

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
        for (var round = 0; round < 6; round++)
        {
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
        sealedDuring.ShouldBeGreaterThan(6);
        Directory.Delete(backup, recursive: true);
    }

    private static List<Fault> Faults(string folder)
    {
        var faults = new List<Fault>();
        new ArchiveCheck(folder, 3).Run(faults.Add, null, CancellationToken.None);
        return faults;
    }
}
