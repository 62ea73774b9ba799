using Dibao.Keep;
using Dibao.Log;
using Dibao.Prove;
using Dibao.Prove.Stamps;
using Dibao.Tests.Keep;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Prove;

public class CheckpointKeepingTests
{
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task A_kept_checkpoint_is_witnessed_and_stamped_and_a_bundle_brings_all_of_it()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        test.Archive.Log.Publish();
        await using var witness = await WitnessServer.StartAsync(test.Archive.Reader.Log.Keys[0]);
        await using var authority = await StampAuthority.StartAsync();
        await using var calendar = await Calendar.StartAsync();
        var options = new CheckpointOptions { Witnesses = [witness.Witness], StampAuthority = authority.Address, Calendars = [calendar.Address] };
        var report = await new CheckpointKeeping(test.Archive.Log, options, Http, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);

        report.Failures.ShouldBeEmpty();
        report.Kept.ShouldNotBeNull().Note.CosignedAt(witness.Witness.Key).ShouldBe(witness.Now);
        var log = test.Archive.Reader.Log;
        log.Checkpoint()!.Note.CosignedAt(witness.Witness.Key).ShouldBe(witness.Now);
        log.History().ShouldBe([1]);
        var kept = log.Bytes("history/1")!;
        Rfc3161.Verify(log.Bytes("history/1.tsr")!, kept).Authority.ShouldContain("Hewan Stamps");
        OtsProof.Parse(log.Bytes("history/1.ots")!).IsOver(kept).ShouldBeTrue();

        await test.Keep(TestArchive.Page(2));
        test.Archive.Log.Publish();
        var files = new ProofFolder(test.Catalogue, test.Archive.Reader.Segments, log).Of(test.Catalogue.Capture(1)!);
        files.Select(file => file.Path).ShouldContain("checkpoint.tsr");
        files.Single(file => file.Path == "checkpoint").Bytes.ToArray().ShouldBe(kept);
    }

    [Fact]
    public async Task A_verification_of_the_archive_looks_at_the_stamps_and_at_what_else_lies_in_the_log()
    {
        await using var test = TestArchive.New();
        await using var authority = await StampAuthority.StartAsync();
        await using var calendar = await Calendar.StartAsync();
        var options = new CheckpointOptions { KeepInterval = TimeSpan.Zero, StampAuthority = authority.Address, Calendars = [calendar.Address] };
        for (var n = 1; n <= 2; n++)
        {
            await test.Keep(TestArchive.Page(n));
            test.Archive.Log.Publish();
            (await new CheckpointKeeping(test.Archive.Log, options, Http, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken)).Failures.ShouldBeEmpty();
        }
        Faults().ShouldBeEmpty();

        // Stamps of another checkpoint, one that is none, one without its checkpoint, and a stranger's file.
        var history = Path.Combine(test.Folder, "log", "history");
        File.Copy(Path.Combine(history, "2.tsr"), Path.Combine(history, "1.tsr"), overwrite: true);
        File.Copy(Path.Combine(history, "2.ots"), Path.Combine(history, "1.ots"), overwrite: true);
        await File.WriteAllBytesAsync(Path.Combine(history, "2.ots"), [1, 2, 3], TestContext.Current.CancellationToken);
        File.Copy(Path.Combine(history, "2.tsr"), Path.Combine(history, "7.tsr"));
        await File.WriteAllTextAsync(Path.Combine(test.Folder, "log", "letter"), "x", TestContext.Current.CancellationToken);
        Faults().Select(fault => fault.File).Order(StringComparer.Ordinal).ShouldBe(["log/history/1.ots", "log/history/1.tsr", "log/history/2.ots", "log/history/7.tsr", "log/letter"]);

        List<Fault> Faults()
        {
            var faults = new List<Fault>();
            new ArchiveCheck(test.Folder, 3).Run(faults.Add, null, CancellationToken.None);
            return faults;
        }
    }

    [Fact]
    public async Task A_witness_sees_the_log_grow_also_after_either_side_forgot()
    {
        await using var test = TestArchive.New();
        await using var witness = await WitnessServer.StartAsync(test.Archive.Reader.Log.Keys[0]);
        var options = new CheckpointOptions { KeepInterval = TimeSpan.Zero, Witnesses = [witness.Witness] };
        var keeping = new CheckpointKeeping(test.Archive.Log, options, Http, TimeProvider.System);
        for (var n = 0; n < 4; n++)
        {
            if (n == 2) keeping = new(test.Archive.Log, options, Http, TimeProvider.System);
            if (n == 3) witness.Forget();
            for (var page = 0; page < 3; page++) await test.Keep(TestArchive.Page((3 * n) + page));
            test.Archive.Log.Publish();
            (await keeping.RunAsync(TestContext.Current.CancellationToken)).Failures.ShouldBeEmpty();
        }
        witness.Signed.ShouldBe(4);
        test.Archive.Reader.Log.History().ShouldBe([3, 6, 9, 12]);
    }

    [Fact]
    public async Task Who_does_not_sign_as_they_should_is_named_and_left_out()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        test.Archive.Log.Publish();
        await using var witness = await WitnessServer.StartAsync(test.Archive.Reader.Log.Keys[0]);
        witness.Lies = true;
        var options = new CheckpointOptions
        {
            KeepInterval = TimeSpan.Zero, Witnesses = [witness.Witness, witness.Witness with { Address = new("http://127.0.0.1:1/") }],
            StampAuthority = new("http://127.0.0.1:1/"),
        };
        var report = await new CheckpointKeeping(test.Archive.Log, options, Http, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);
        report.Kept.ShouldNotBeNull().Note.Signatures.Count.ShouldBe(1);
        report.Failures.Count.ShouldBe(3);
        report.Failures[0].ShouldContain("without a right signature");

        witness.LogKey = SigningKey.Generate("other.example/log").Verifier;
        await test.Keep(TestArchive.Page(2));
        test.Archive.Log.Publish();
        report = await new CheckpointKeeping(test.Archive.Log, options with { StampAuthority = null }, Http, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);
        report.Failures[0].ShouldContain("404: it does not know the log");
    }

    [Fact]
    public async Task A_log_that_was_set_back_is_told_so_by_its_witness()
    {
        await using var test = TestArchive.New();
        await using var witness = await WitnessServer.StartAsync(test.Archive.Reader.Log.Keys[0]);
        var options = new CheckpointOptions { KeepInterval = TimeSpan.Zero, Witnesses = [witness.Witness] };
        for (var n = 0; n < 3; n++) await test.Keep(TestArchive.Page(n));
        var before = test.Archive.Log.Publish()!;
        await test.Keep(TestArchive.Page(3));
        test.Archive.Log.Publish();
        (await new CheckpointKeeping(test.Archive.Log, options, Http, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken)).Failures.ShouldBeEmpty();
        test.Archive.Log.Keep(before);
        var client = new Dibao.Prove.Witnesses.WitnessClient(Http, test.Archive.Reader.Log);
        (await Should.ThrowAsync<IOException>(() => client.CosignAsync(witness.Witness, before, TestContext.Current.CancellationToken)))
            .Message.ShouldContain("this archive was set back");
    }

    [Fact]
    public async Task One_is_kept_when_it_is_due_and_a_clock_that_was_set_back_does_not_put_it_off()
    {
        await using var test = TestArchive.New();
        var clock = new SetClock { Now = DateTimeOffset.UnixEpoch.AddYears(200) };
        var keeping = new CheckpointKeeping(test.Archive.Log, new(), Http, clock);
        var cancel = TestContext.Current.CancellationToken;
        (await keeping.RunAsync(cancel)).Kept.ShouldBeNull();
        await test.Keep(TestArchive.Page(1));
        test.Archive.Log.Publish();
        (await keeping.RunAsync(cancel)).Kept.ShouldNotBeNull();
        await test.Keep(TestArchive.Page(2));
        test.Archive.Log.Publish();
        clock.Now = test.Archive.Log.KeptAt(1) + TimeSpan.FromHours(23);
        (await keeping.RunAsync(cancel)).Kept.ShouldBeNull();
        clock.Now -= TimeSpan.FromDays(400);
        (await keeping.RunAsync(cancel)).Kept.ShouldNotBeNull().Checkpoint.Size.ShouldBe(2);
        clock.Now += TimeSpan.FromDays(4000);
        (await keeping.RunAsync(cancel)).Kept.ShouldBeNull();
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
