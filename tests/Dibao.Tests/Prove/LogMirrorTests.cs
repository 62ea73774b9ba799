using Dibao.Keep;
using Dibao.Log;
using Dibao.Prove;
using Dibao.Tests.Keep;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Prove;

public class LogMirrorTests
{
    [Fact]
    public async Task A_whole_mirror_is_found_whole_in_a_folder_and_behind_an_address()
    {
        using var mirror = await MirrorAsync();
        mirror.Faults().ShouldBeEmpty();
        mirror.Faults(mirror.Early).ShouldBeEmpty();
        var (app, address) = await Local.StartAsync(app => app.MapGet("/log/{**path}", (string path) =>
            File.Exists(Path.Combine(mirror.Folder, path)) ? Results.Bytes(File.ReadAllBytes(Path.Combine(mirror.Folder, path))) : Results.NotFound()));
        await using var server = app;
        using var http = new HttpClient();
        var faults = new List<LogFault>();
        using var served = new LogMirror.Served(http, new(address, "log/"), TestContext.Current.CancellationToken);
        var report = served.Check([mirror.Key], mirror.Early, faults.Add, TestContext.Current.CancellationToken);
        faults.ShouldBeEmpty();
        report.Checkpoint!.Checkpoint.Size.ShouldBe(560);
    }

    [Fact]
    public async Task Every_flipped_bit_of_a_mirror_is_noticed()
    {
        using var mirror = await MirrorAsync();
        var files = Directory.GetFiles(mirror.Folder, "*", SearchOption.AllDirectories);
        var random = new Random(2026);
        for (var i = 0; i < 2_400; i++)
        {
            var path = files[i % files.Length];
            var bytes = File.ReadAllBytes(path);
            var changed = bytes.ToArray();
            var bit = random.Next(8 * bytes.Length);
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(path, changed);
            mirror.Faults().ShouldNotBeEmpty($"{path}, bit {bit}");
            File.WriteAllBytes(path, bytes);
        }
        mirror.Faults().ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_missing_cut_or_added_file_is_noticed()
    {
        using var mirror = await MirrorAsync();
        foreach (var path in Directory.GetFiles(mirror.Folder, "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(path);
            File.WriteAllBytes(path, bytes.AsSpan(0, bytes.Length - 1));
            mirror.Faults().ShouldNotBeEmpty(path);
            File.Delete(path);
            // What an earlier checkpoint left may be gone: a mirror need not keep it.
            if (Needed(mirror, path)) mirror.Faults().ShouldNotBeEmpty(path);
            File.WriteAllBytes(path, bytes);
        }
        File.WriteAllText(Path.Combine(mirror.Folder, "notes.txt"), "x");
        mirror.Faults().ShouldHaveSingleItem().Reason.ShouldBe("no log has such a file");
    }

    [Fact]
    public async Task A_log_that_was_begun_anew_does_not_pass_for_the_old_one()
    {
        using var mirror = await MirrorAsync();
        var writer = new TileWriter();
        writer.Append(new Leaf(LeafKind.Capture, 1, new byte[32]).ToBytes());
        foreach (var file in writer.Take())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(mirror.Folder, file.Tile.Path))!);
            File.WriteAllBytes(Path.Combine(mirror.Folder, file.Tile.Path), file.Bytes);
        }
        // Signed by the real key: it is the operator who cheats here.
        File.WriteAllBytes(Path.Combine(mirror.Folder, "checkpoint"), SignedCheckpoint.Sign(new(mirror.Key.Name, 1, writer.Root()), mirror.Signer).Note.ToBytes());
        var faults = mirror.Faults(mirror.Early);
        faults.ShouldContain(fault => fault.Reason.Contains("leaves were taken away", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.File == "history/300");
    }

    [Fact]
    public async Task A_mirror_of_another_log_is_refused_by_name()
    {
        using var mirror = await MirrorAsync();
        var faults = new List<LogFault>();
        using var folder = new LogMirror.Folder(mirror.Folder);
        folder.Check([SigningKey.Generate("other.example/log").Verifier], null, faults.Add, CancellationToken.None).Checkpoint.ShouldBeNull();
        faults[0].ShouldBe(new("checkpoint", $"it is a checkpoint of the log {mirror.Key.Name}, and the key is of other.example/log"));
    }

    private static bool Needed(Mirror mirror, string path)
    {
        var name = Path.GetRelativePath(mirror.Folder, path).Replace('\\', '/');
        return name == "checkpoint" || (Tile.TryParse(name, out var tile) && Tile.All(560).Contains(tile));
    }

    // 560 leaves, with a checkpoint kept at 300, and partial tiles of several sizes.
    private static async Task<Mirror> MirrorAsync()
    {
        await using var test = TestArchive.New();
        SignedCheckpoint? early = null;
        for (var n = 0; n < 560; n++)
        {
            await test.Keep(TestArchive.Page(n % 30, minutes: n));
            if (n is 299) test.Archive.Log.Keep(early = test.Archive.Log.Publish()!);
            if (n is 520) test.Archive.Log.Publish();
        }
        test.Archive.Log.Publish();
        var signer = SigningKey.Parse(File.ReadAllText(Path.Combine(test.Folder, "keys", "log.key")));
        var folder = Directory.CreateTempSubdirectory("dibao-mirror-").FullName;
        foreach (var path in Directory.GetFiles(Path.Combine(test.Folder, "log"), "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(Path.Combine(test.Folder, "log"), path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
        return new(folder, signer, early!);
    }

    private sealed record Mirror(string Folder, SigningKey Signer, SignedCheckpoint Early) : IDisposable
    {
        public VerifierKey Key => Signer.Verifier;

        public List<LogFault> Faults(SignedCheckpoint? since = null)
        {
            var faults = new List<LogFault>();
            using var mirror = new LogMirror.Folder(Folder);
            mirror.Check([Key], since, faults.Add, CancellationToken.None);
            return faults;
        }

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
