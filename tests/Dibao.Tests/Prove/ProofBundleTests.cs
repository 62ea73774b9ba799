using Dibao.Log;
using Dibao.Prove;
using Dibao.Tests.Keep;
using Dibao.Tests.Log;
using Dibao.Tests.Specs;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Prove;

public class ProofBundleTests
{
    [Fact]
    public async Task A_stranger_checks_a_bundle_with_Node_and_with_the_package_alone()
    {
        await using var test = TestArchive.New();
        for (var n = 0; n < 12; n++) await test.Keep(TestArchive.Page(n));
        using var bundle = Bundle.Of(test, captureOf: 5);
        var proven = ProofBundle.Verify(bundle.Folder, bundle.Key);
        proven.Index.ShouldBe(5);
        proven.Records.ShouldBe(3);
        var (code, output, error) = bundle.Node();
        code.ShouldBe(0, error);
        output.ShouldContain("PROVED");
        output.ShouldContain("https://hewan.example/news/5");
        File.ReadAllText(Path.Combine(bundle.Folder, "README.txt")).ShouldContain("What it does not prove: that the outlet published them");
    }

    [Fact]
    public async Task A_revisit_brings_what_it_refers_to()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        await test.Keep(TestArchive.Page(1, minutes: 60));
        using var bundle = Bundle.Of(test, captureOf: 1);
        Directory.GetFiles(bundle.Folder, "payload-*").Length.ShouldBe(1);
        ProofBundle.Verify(bundle.Folder, bundle.Key).Index.ShouldBe(1);
        bundle.Node().Code.ShouldBe(0);
    }

    [Fact]
    public async Task Any_changed_byte_of_any_file_is_noticed_and_any_missing_file()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        for (var n = 1; n < 20; n++) await test.Keep(TestArchive.Page(1, minutes: n));
        using var bundle = Bundle.Of(test, captureOf: 11);
        var random = new Random(11);
        foreach (var path in bundle.Files())
        {
            var bytes = File.ReadAllBytes(path);
            bytes.Length.ShouldBeGreaterThan(0, path);
            for (var i = 0; i < 60; i++)
            {
                var changed = bytes.ToArray();
                changed[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(path, changed);
                Should.Throw<ProofException>(() => ProofBundle.Verify(bundle.Folder, bundle.Key), path);
                if (i < 3) bundle.RequireNodeRefuses(path);
            }
            File.WriteAllBytes(path, bytes.AsSpan(0, bytes.Length - 1));
            Should.Throw<ProofException>(() => ProofBundle.Verify(bundle.Folder, bundle.Key), path);
            File.Delete(path);
            if (!Path.GetFileName(path).StartsWith("payload-", StringComparison.Ordinal))
            {
                Should.Throw<ProofException>(() => ProofBundle.Verify(bundle.Folder, bundle.Key), path);
                bundle.RequireNodeRefuses(path);
            }
            File.WriteAllBytes(path, bytes);
        }
        ProofBundle.Verify(bundle.Folder, bundle.Key).Index.ShouldBe(11);
    }

    [Fact]
    public async Task A_bundle_of_another_log_or_with_more_in_it_proves_nothing()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        using var bundle = Bundle.Of(test, captureOf: 0);
        var stranger = SigningKey.Generate("stranger.example/log").Verifier;
        Should.Throw<ProofException>(() => ProofBundle.Verify(bundle.Folder, stranger)).Message.ShouldContain("stranger.example/log");
        bundle.Node(stranger).Code.ShouldBe(1);
        bundle.Node(stranger).Error.ShouldContain("NOT PROVED: the checkpoint is of the log");
        var added = Path.Combine(bundle.Folder, "records", "999.warc");
        File.WriteAllText(added, "more");
        Should.Throw<ProofException>(() => ProofBundle.Verify(bundle.Folder, bundle.Key)).Message.ShouldContain("4 files, and the manifest lists 3");
        bundle.RequireNodeRefuses(added);
    }

    [Fact]
    public async Task What_no_checkpoint_covers_yet_is_said_so()
    {
        await using var test = TestArchive.New();
        var kept = await test.Keep(TestArchive.Page(1));
        var capture = test.Catalogue.Capture(kept.CaptureId)!;
        Should.Throw<LogException>(() => Bundle.FolderOf(test).Of(capture)).Message.ShouldContain("No checkpoint covers leaf 0 yet");
    }

    [Fact]
    public async Task Node_reads_what_a_witness_signed()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        var witness = SigningKey.Generate("witness.example/w1", SignatureType.TimestampedEd25519);
        var path = Path.Combine(test.Folder, "log", "checkpoint");
        var signed = test.Archive.Log.Publish()!.Note;
        File.WriteAllBytes(path, signed.With([Cosignature.Sign(signed.Text, witness, TestArchive.Start)]).ToBytes());
        using var bundle = Bundle.Of(test, captureOf: 0, publish: false);
        var (code, output, error) = bundle.Node(bundle.Key, witness.Verifier);
        code.ShouldBe(0, error);
        output.ShouldContain("Seen by witness.example/w1 at 2026-11-20T08:00:00");
        bundle.Node(bundle.Key, SigningKey.Generate("witness.example/w2", SignatureType.TimestampedEd25519).Verifier).Error.ShouldContain("did not sign");
    }

    private sealed class Bundle(string folder, VerifierKey key) : IDisposable
    {
        public string Folder { get; } = folder;

        public VerifierKey Key { get; } = key;

        public static ProofFolder FolderOf(TestArchive test) => new(test.Catalogue, test.Archive.Reader.Segments, test.Archive.Reader.Log);

        public static Bundle Of(TestArchive test, long captureOf, bool publish = true)
        {
            if (publish) test.Archive.Log.Publish();
            var folder = Directory.CreateTempSubdirectory("dibao-proof-").FullName;
            FolderOf(test).Write(test.Catalogue.Capture(captureOf + 1)!, folder);
            // The script alone, as a stranger has it.
            File.Copy(Path.Combine(Checkout.Root, "tools", "verify.mjs"), folder + ".mjs");
            return new(folder, test.Archive.Reader.Log.Keys[0]);
        }

        /// <summary>What counts: not the text for people.</summary>
        public IEnumerable<string> Files() => Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != "README.txt");

        public (int Code, string Output, string Error) Node(params VerifierKey[] keys) =>
            Tool.Try("node", [Folder + ".mjs", Folder, .. (keys.Length == 0 ? [Key] : keys).Select(k => k.ToString())]);

        public void RequireNodeRefuses(string path)
        {
            var (code, _, error) = Node();
            code.ShouldBe(1, path);
            error.ShouldStartWith("NOT PROVED: ");
        }

        public void Dispose()
        {
            Directory.Delete(Folder, recursive: true);
            File.Delete(Folder + ".mjs");
        }
    }
}
