using Dibao.Keep;
using Dibao.Log;
using Dibao.Prove;
using Dibao.Tests.Keep;
using Dibao.Tests.Log;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Prove;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public class TransparencyLogTests
{
    [Fact]
    public async Task Every_acknowledged_capture_is_a_leaf_under_a_signed_checkpoint()
    {
        await using var test = TestArchive.New();
        for (var n = 0; n < 300; n++) await test.Keep(TestArchive.Page(n % 50, minutes: n));
        var checkpoint = test.Archive.Log.Publish()!;
        checkpoint.Checkpoint.Size.ShouldBe(300);
        checkpoint.RequireFrom(test.Archive.Reader.Log.Keys[0]);
        for (var leaf = 0L; leaf < 300; leaf += 7) test.Archive.Reader.Log.Prove(leaf, checkpoint).Index.ShouldBe(leaf);
        Audit(test.Folder).ShouldBeEmpty();
        Tool.Go("log", Path.Combine(test.Folder, "log"), test.Archive.Reader.Log.Keys[0].ToString()).ShouldEndWith(" 300");
    }

    [Fact]
    public async Task The_key_is_private_and_what_FORMAT_names()
    {
        await using var test = TestArchive.New();
        var path = Path.Combine(test.Folder, "keys", "log.key");
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var lines = File.ReadAllLines(Path.Combine(test.Folder, "FORMAT"));
        lines[0].ShouldBe("dibao-store 1");
        lines[2].ShouldBe(SigningKey.Parse(File.ReadAllText(path)).Verifier.ToString());
        lines[2].ShouldStartWith(lines[1] + "+");
    }

    [Fact]
    public async Task It_goes_on_after_a_restart_where_it_was()
    {
        await using var test = TestArchive.New();
        for (var n = 0; n < 5; n++) await test.Keep(TestArchive.Page(n));
        var first = test.Archive.Log.Publish()!.Checkpoint;
        await test.Reopen();
        test.Archive.Log.Latest!.Checkpoint.ShouldBe(first);
        await test.Keep(TestArchive.Page(6));
        var second = test.Archive.Log.Publish()!.Checkpoint;
        var tree = test.Archive.Reader.Log.Tree(second);
        MerkleProof.VerifyConsistency(first.Size, first.Root, second.Size, second.Root, tree.Consistency(first.Size)).ShouldBeTrue();
    }

    [Fact]
    public async Task Closing_signs_what_was_kept_last()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        await test.Archive.DisposeAsync();
        new LogReader(StoreFolder.OpenExisting(test.Folder)).Checkpoint()!.Checkpoint.Size.ShouldBe(1);
    }

    [Fact]
    public async Task Tiles_that_are_gone_or_damaged_are_made_again()
    {
        await using var test = TestArchive.New();
        for (var n = 0; n < 260; n++) await test.Keep(TestArchive.Page(n % 20, minutes: n));
        var before = test.Archive.Log.Publish()!.Checkpoint;
        var tiles = Path.Combine(test.Folder, "log", "tile");
        await test.Reopen(() => Directory.Delete(tiles, recursive: true));
        test.Archive.Log.Fault.ShouldBeNull();
        Audit(test.Folder).ShouldBeEmpty();
        await test.Reopen(() =>
        {
            foreach (var path in Directory.GetFiles(tiles, "*", SearchOption.AllDirectories)) File.WriteAllBytes(path, [1, 2, 3]);
        });
        test.Archive.Log.Fault.ShouldBeNull();
        test.Archive.Log.Latest!.Checkpoint.ShouldBe(before);
        Audit(test.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Segments_that_hold_less_than_was_signed_raise_the_alarm_and_nothing_is_signed()
    {
        await using var test = TestArchive.New();
        for (var n = 0; n < 4; n++) await test.Keep(TestArchive.Page(n));
        var end = new FileInfo(test.OpenSegment).Length;
        await test.Keep(TestArchive.Page(5));
        var signed = test.Archive.Log.Publish()!;
        await test.Reopen(() => CutAndForget(test, end));
        test.Archive.Log.Fault.ShouldNotBeNull().ShouldContain("the segments hold 4");
        await test.Keep(TestArchive.Page(6));
        test.Archive.Log.Publish().ShouldBeNull();
        new LogReader(StoreFolder.OpenExisting(test.Folder)).Checkpoint()!.Checkpoint.ShouldBe(signed.Checkpoint);
    }

    [Fact]
    public async Task Segments_that_were_changed_behind_a_checkpoint_raise_the_alarm()
    {
        await using var test = TestArchive.New();
        for (var n = 0; n < 4; n++) await test.Keep(TestArchive.Page(n));
        var end = new FileInfo(test.OpenSegment).Length;
        await test.Keep(TestArchive.Page(5));
        test.Archive.Log.Publish();
        var log = Path.Combine(test.Folder, "log");
        var kept = log + ".kept";
        await test.Reopen(() => { CutAndForget(test, end); Directory.Move(log, kept); });
        await test.Keep(TestArchive.Page(6));
        await test.Reopen(() => { Directory.Delete(log, recursive: true); Directory.Move(kept, log); });
        test.Archive.Log.Fault.ShouldNotBeNull().ShouldContain("do not give the root that was signed");
    }

    [Fact]
    public async Task A_lost_key_and_a_changed_key_are_told_apart_and_captures_go_on()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        var path = Path.Combine(test.Folder, "keys", "log.key");
        var secret = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        await test.Reopen(() => File.Delete(path));
        test.Archive.Log.Fault.ShouldNotBeNull().ShouldContain("is missing");
        await test.Keep(TestArchive.Page(2));
        await test.Reopen(() => WritePrivate(path, SigningKey.Generate("other.example/log").ToSecretText()));
        test.Archive.Log.Fault.ShouldNotBeNull().ShouldContain("holds the key other.example/log");
        await test.Reopen(() => WritePrivate(path, "rubbish"));
        test.Archive.Log.Fault.ShouldNotBeNull().ShouldContain("is no private key");
        await test.Reopen(() => { WritePrivate(path, secret); File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead); });
        test.Archive.Log.Fault.ShouldNotBeNull().ShouldContain("chmod 600");
        await test.Reopen(() => WritePrivate(path, secret));
        test.Archive.Log.Fault.ShouldBeNull();
        test.Archive.Log.Latest!.Checkpoint.Size.ShouldBe(2);
    }

    [Fact]
    public async Task A_checkpoint_of_another_log_is_refused_by_name()
    {
        await using var other = TestArchive.New();
        await other.Keep(TestArchive.Page(9));
        other.Archive.Log.Publish();
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        await test.Reopen(() => File.Copy(Path.Combine(other.Folder, "log", "checkpoint"), Path.Combine(test.Folder, "log", "checkpoint"), overwrite: true));
        var fault = test.Archive.Log.Fault.ShouldNotBeNull();
        fault.ShouldContain($"a checkpoint of the log {other.Archive.Reader.Log.Origin}");
        fault.ShouldContain($"this archive's log is {test.Archive.Reader.Log.Origin}");
    }

    [Fact]
    public async Task Times_that_go_backwards_stand_in_the_log_as_they_were()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1, minutes: 100));
        await test.Keep(TestArchive.Page(2, minutes: -100));
        var checkpoint = test.Archive.Log.Publish()!;
        checkpoint.Checkpoint.Size.ShouldBe(2);
        Leaf.TryRead(test.Archive.Reader.Log.Tree(checkpoint.Checkpoint).Entry(1).Span, out var leaf).ShouldBeTrue();
        leaf.UnixMilliseconds.ShouldBe(TestArchive.Start.AddMinutes(-100).ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task A_new_key_signs_beside_the_old_one_and_what_that_signed_still_counts()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        test.Archive.Log.Keep(test.Archive.Log.Publish()!);
        var old = test.Archive.Reader.Log.Keys[0];
        var young = test.Archive.Log.Rotate(TestArchive.Start);
        var head = test.Archive.Reader.Log.Checkpoint()!;
        head.RequireFrom(old);
        head.RequireFrom(young);
        test.Archive.Reader.Log.Keys.ShouldBe([young, old]);
        File.Exists(Path.Combine(test.Folder, "keys", "log.key.20261120080000")).ShouldBeTrue();
        await test.Reopen();
        await test.Keep(TestArchive.Page(2));
        test.Archive.Log.Fault.ShouldBeNull();
        Should.Throw<FormatException>(() => test.Archive.Log.Publish()!.RequireFrom(old));
        var faults = new List<LogFault>();
        using var mirror = new LogMirror.Folder(test.Archive.Reader.Log.Folder);
        mirror.Check(test.Archive.Reader.Log.Keys, head, faults.Add, CancellationToken.None).History.ShouldBe(1);
        faults.ShouldBeEmpty();
        mirror.Check([young], head, faults.Add, CancellationToken.None);
        faults.ShouldHaveSingleItem().File.ShouldBe("history/1");
    }

    [Fact]
    public async Task The_log_itself_says_that_its_key_was_replaced_also_after_a_rebuild()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        var young = await test.Archive.RotateLogKeyAsync(TestArchive.Start, TestContext.Current.CancellationToken);
        var head = test.Archive.Log.Latest!;
        head.RequireFrom(young);
        head.Checkpoint.Size.ShouldBe(2);
        Leaf.TryRead(test.Archive.Reader.Log.Tree(head.Checkpoint).Entry(1).Span, out var leaf).ShouldBeTrue();
        leaf.Kind.ShouldBe(LeafKind.Key);
        await test.Rebuild();
        test.Archive.Log.Fault.ShouldBeNull();
        test.Archive.Log.Latest!.Checkpoint.ShouldBe(head.Checkpoint);
        test.Catalogue.Leaves(1, 1).ShouldHaveSingleItem().ShouldBe(leaf);
    }

    internal static List<LogFault> Audit(string archive)
    {
        var log = new LogReader(StoreFolder.OpenExisting(archive));
        var faults = new List<LogFault>();
        new LogAudit(log.Bytes, log.Keys[0]).Run(null, [], faults.Add, CancellationToken.None);
        return faults;
    }

    // As after a disk that lied: the segment is shorter, and the catalogue knows nothing of it.
    private static void CutAndForget(TestArchive test, long end)
    {
        using (var segment = File.Open(test.OpenSegment, FileMode.Open, FileAccess.ReadWrite)) segment.SetLength(end);
        Backup.DeleteDatabase(StoreFolder.OpenExisting(test.Folder));
    }

    private static void WritePrivate(string path, string text)
    {
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
