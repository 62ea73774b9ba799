using Dibao.Keep;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep;

public class VerificationTests
{
    [Fact]
    public async Task A_sound_archive_has_no_faults_and_the_root_that_the_keeper_knows()
    {
        await using var test = TestArchive.New();
        foreach (var n in Enumerable.Range(1, 10)) await test.Keep(TestArchive.Page(n % 7));

        var (report, faults) = Verify(test);

        faults.ShouldBeEmpty();
        report.Captures.ShouldBe(10);
        report.Root.ToBytes().ShouldBe(test.Archive.Log.Publish()!.Checkpoint.Root.ToBytes());
    }

    [Fact]
    public async Task Every_flipped_byte_is_noticed_with_its_place()
    {
        await using var test = TestArchive.New();
        foreach (var n in Enumerable.Range(1, 3)) await test.Keep(TestArchive.Page(n));
        var bytes = await File.ReadAllBytesAsync(test.OpenSegment, TestContext.Current.CancellationToken);

        for (var at = 10; at < bytes.Length; at += 13)
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 0x20;
            // Bytes 4 to 9 of a member's header and the bits behind the last DEFLATE block say nothing about what is kept.
            if (SaysNothing(bytes, at)) continue;
            await File.WriteAllBytesAsync(test.OpenSegment, damaged, TestContext.Current.CancellationToken);
            var (_, faults) = Verify(test);
            faults.ShouldNotBeEmpty($"byte {at} of {bytes.Length}");
            faults[0].File.ShouldEndWith(".warc.gz");
        }
        await File.WriteAllBytesAsync(test.OpenSegment, bytes, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_segment_that_ends_before_what_was_acknowledged_is_noticed()
    {
        await using var test = TestArchive.New();
        foreach (var n in Enumerable.Range(1, 3)) await test.Keep(TestArchive.Page(n));
        var bytes = await File.ReadAllBytesAsync(test.OpenSegment, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(test.OpenSegment, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);

        var (_, faults) = Verify(test);

        faults.ShouldContain(fault => fault.Reason.Contains("acknowledged captures are missing", StringComparison.Ordinal));
        await File.WriteAllBytesAsync(test.OpenSegment, bytes, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_backup_restores_to_the_same_archive_and_a_second_one_copies_only_what_is_new()
    {
        await using var test = TestArchive.New();
        foreach (var n in Enumerable.Range(1, 5)) await test.Keep(TestArchive.Page(n));
        var backup = Directory.CreateTempSubdirectory("dibao-backup-").FullName;
        var restored = Directory.CreateTempSubdirectory("dibao-restored-").FullName;

        Backup.Write(test.Archive.Reader, backup, null, CancellationToken.None);
        await test.Keep(TestArchive.Page(6));
        Backup.Write(test.Archive.Reader, backup, null, CancellationToken.None);
        Backup.Restore(backup, restored, null, CancellationToken.None);

        await using var archive = TestArchive.Open(restored);
        archive.Reader.Catalogue.Counts().ShouldBe(test.Catalogue.Counts());
        archive.Log.Publish()!.Checkpoint.Root.ShouldBe(test.Archive.Log.Publish()!.Checkpoint.Root);
        Should.Throw<StoreException>(() => Backup.Restore(backup, restored, null, CancellationToken.None));
    }

    [Fact]
    public async Task A_backup_and_a_verification_made_while_captures_go_on_are_sound()
    {
        await using var test = TestArchive.New();
        foreach (var n in Enumerable.Range(1, 20)) await test.Keep(TestArchive.Page(n));
        using var enough = new CancellationTokenSource();
        var capturing = Task.Run(async () =>
        {
            for (var n = 21; !enough.IsCancellationRequested; n++) await Task.WhenAll(test.Keep(TestArchive.Page(n)), test.Keep(TestArchive.Page(n + 100_000)));
        });

        for (var i = 0; i < 5; i++)
        {
            Verify(test).Faults.ShouldBeEmpty();
            var backup = Directory.CreateTempSubdirectory("dibao-backup-").FullName;
            using (var beside = ArchiveReader.Open(test.Folder)) Backup.Write(beside, backup, null, CancellationToken.None);
            await using var copy = TestArchive.Open(backup);
            copy.Reader.Catalogue.Counts().Articles.ShouldBeGreaterThanOrEqualTo(20);
        }

        await enough.CancelAsync();
        await capturing;
    }

    private static (VerificationReport Report, List<Fault> Faults) Verify(TestArchive test)
    {
        var faults = new List<Fault>();
        var report = new Verification(StoreFolder.OpenExisting(test.Folder), test.Archive.Reader.Database).Run(faults.Add, null, CancellationToken.None);
        return (report, faults);
    }

    // Found by the members' own boundaries, which the reader under test gives for the sound file.
    private static bool SaysNothing(byte[] bytes, int at)
    {
        var member = new Dibao.Warc.WarcReader(new MemoryStream(bytes)).ReadAll().First(e => at < e.Offset + e.Length);
        var inside = at - member.Offset;
        return inside is >= 4 and < 10 || inside == member.Length - 9;
    }
}
