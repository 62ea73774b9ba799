using System.Diagnostics;
using System.Security.Cryptography;
using Dibao.Log;

namespace Dibao.Bench.Prove;

/// <summary>The log in memory: leaves into tiles, proofs out of them, a whole audit, signatures; each beside the hashing that it cannot do without.</summary>
internal static class ProveBench
{
    private const int Leaves = 1_000_000;
    private const int Rounds = 5;

    public static void Run(BenchReport report)
    {
        report.Section($"Log of {Leaves} leaves");
        var tiles = new Dictionary<string, byte[]>();
        List<double> growing = [], ratios = [];
        var root = TreeHash.Empty;
        for (var round = 0; round < Rounds; round++)
        {
            tiles.Clear();
            var hashing = Seconds(HashAlone);
            growing.Add(Seconds(() => root = Grow(tiles)));
            ratios.Add(growing[^1] / hashing);
        }
        report.Add(new("prove", "leaves into tiles", Leaves / growing.Min(), "leaves/s", Note: $"best of {Rounds}"));
        report.Add(new("prove", "time ÷ SHA-256 of as many nodes", Median(ratios), "×", Note: $"median of {Rounds} rounds' ratios"));
        report.Add(new("prove", "bytes a leaf, hashes and entries", tiles.Values.Sum(tile => (long)tile.Length) / (double)Leaves, "B"));
        report.Add(new("prove", "inclusion proofs out of tiles", PerSecond(Prove(tiles)), "proofs/s", Note: "another tree each, nothing remembered"));
        Audit(tiles, root, report);
        Signatures(report);
    }

    private static void HashAlone()
    {
        Span<byte> node = stackalloc byte[65], hash = stackalloc byte[32];
        for (var i = 0; i < 2 * Leaves; i++) SHA256.HashData(node, hash);
    }

    private static TreeHash Grow(Dictionary<string, byte[]> tiles)
    {
        var writer = new TileWriter();
        for (var i = 0; i < Leaves; i++)
        {
            writer.Append(Entry(i));
            if (i % 4096 == 0) Keep(tiles, writer.TakeFull());
        }
        Keep(tiles, writer.Take());
        return writer.Root();
    }

    private static Action Prove(Dictionary<string, byte[]> tiles)
    {
        var random = new Random(1);
        return () => new TiledTree(Leaves, tile => tiles[tile.Path]).Inclusion(random.Next(Leaves));
    }

    private static void Audit(Dictionary<string, byte[]> tiles, TreeHash root, BenchReport report)
    {
        var key = SigningKey.Generate("bench.example/log");
        tiles["checkpoint"] = SignedCheckpoint.Sign(new(key.Verifier.Name, Leaves, root), key).Note.ToBytes();
        var faults = 0L;
        var seconds = Seconds(() => faults = new LogAudit(tiles.GetValueOrDefault, key.Verifier).Run(null, [], _ => { }, CancellationToken.None).Faults);
        report.Add(new("prove", "a whole audit", Leaves / seconds, "leaves/s", Note: $"{faults} faults"));
    }

    private static void Signatures(BenchReport report)
    {
        var key = SigningKey.Generate("bench.example/log");
        var text = new Checkpoint("bench.example/log", Leaves, TreeHash.Empty).ToText();
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        var signature = key.Sign(bytes);
        var signing = PerSecond(() => key.Sign(bytes));
        var checking = PerSecond(() => Ed25519.Verify(key.Verifier.Key, bytes, signature));
        report.Add(new("prove", "Ed25519 signatures, OpenSSL", signing, "a second"));
        report.Add(new("prove", "Ed25519 checks, our own", checking, "a second"));
        report.Add(new("prove", "time of a check ÷ of a signature by OpenSSL", signing / checking, "×"));
    }

    private static byte[] Entry(int n) => new Leaf(LeafKind.Capture, n, new byte[32]).ToBytes();

    private static void Keep(Dictionary<string, byte[]> tiles, IReadOnlyList<TileFile> files)
    {
        foreach (var file in files) tiles[file.Tile.Path] = file.Bytes;
    }

    private static double PerSecond(Action act)
    {
        for (var i = 0; i < 200; i++) act();
        var (count, watch) = (0, Stopwatch.StartNew());
        for (; watch.Elapsed < TimeSpan.FromSeconds(1); count++) act();
        return count / watch.Elapsed.TotalSeconds;
    }

    private static double Seconds(Action act)
    {
        var watch = Stopwatch.StartNew();
        act();
        return watch.Elapsed.TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
