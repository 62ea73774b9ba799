using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Dibao.Warc;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Warc;

/// <summary>Three hundred bad files, made from good ones: each is called bad, quickly, and the good ones are not.</summary>
public class BadFileTests
{
    private const int Each = 100;

    // Far above what any of them takes: a hang, not a slow machine, is what it tells.
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_hundred_bad_WARC_files_are_called_bad()
    {
        var good = WarcSample.Compressed(WarcSample.Records());
        WarcFaults(good).ShouldBeEmpty();
        var starts = Starts(good);
        for (var seed = 0; seed < Each; seed++)
        {
            var random = new Random(seed);
            var bad = (seed % 4) switch
            {
                0 => Cut(good, random, starts),
                1 => Flipped(good, random, starts),
                2 => Overwritten(good, random, starts),
                _ => Spliced(good, random, starts),
            };
            Quickly(() => WarcFaults(bad)).ShouldNotBeEmpty($"seed {seed}");
        }
    }

    [Fact]
    public void A_hundred_bad_packages_are_called_bad()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var good = WaczSample.Package(key);
        WaczFaults(good).ShouldBeEmpty();
        WaczFaults(WaczSample.Changed(good, _ => { }, CompressionLevel.Optimal)).ShouldBeEmpty();
        for (var seed = 0; seed < Each; seed++)
        {
            var random = new Random(seed);
            var bad = WaczChanges[seed % WaczChanges.Length](good, random);
            Quickly(() => WaczFaults(bad)).ShouldNotBeEmpty($"seed {seed}, change {seed % WaczChanges.Length}");
        }
    }

    [Fact]
    public void A_hundred_bad_indexes_are_called_bad()
    {
        var warc = WarcSample.Compressed(WarcSample.Records());
        var writer = new CdxjWriter();
        foreach (var entry in CdxIndexer.Index(new MemoryStream(warc), "a.warc.gz", Cancel)) writer.Add(entry);
        using var file = new MemoryStream();
        writer.WriteTo(file);
        var good = Encoding.UTF8.GetString(file.ToArray());
        CdxjFaults(file.ToArray(), warc.Length).ShouldBeEmpty();
        for (var seed = 0; seed < Each; seed++)
        {
            var bad = CdxjChanges[seed % CdxjChanges.Length](good, new Random(seed));
            Quickly(() => CdxjFaults(bad, warc.Length)).ShouldNotBeEmpty($"seed {seed}, change {seed % CdxjChanges.Length}");
        }
    }

    [Fact]
    public void What_names_lead_out_of_the_package_is_said()
    {
        foreach (var name in (string[])["../up.txt", "archive/../../up.txt", "/etc/up", "c:\\up", "archive\\up", "a/./b", "a\nb"])
        {
            WaczFaults(WaczSample.Changed(WaczSample.Package(), files => files[name] = [1])).ShouldContain(fault => fault.What.Contains("leads out", StringComparison.Ordinal), name);
        }
    }

    [Fact]
    public void A_bomb_in_a_package_is_refused_before_it_is_unpacked()
    {
        var bomb = WaczSample.Changed(WaczSample.Package(), files => files["archive/bomb.warc"] = new byte[40 << 20], CompressionLevel.Optimal);
        bomb.Length.ShouldBeLessThan(1 << 20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        WaczFaults(bomb).ShouldHaveSingleItem().What.ShouldContain("unpack");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4 << 20);
    }

    private static readonly Func<byte[], Random, byte[]>[] WaczChanges =
    [
        (good, random) => good[..random.Next(10, good.Length - 30)],
        (good, random) => WaczSample.Changed(good, files => Flip(files["archive/data.warc.gz"], random)),
        (good, random) => WaczSample.Changed(good, files => Flip(files["indexes/index.cdx.gz"], random)),
        (good, random) => WaczSample.Changed(good, files => Flip(files["indexes/index.idx"], random)),
        (good, random) => WaczSample.Changed(good, files => Flip(files["pages/pages.jsonl"], random)),
        (good, random) => WaczSample.Changed(good, files => files.Remove(files.Keys.Where(name => name != "datapackage-digest.json").ElementAt(random.Next(5)))),
        (good, random) => WaczSample.Changed(good, files => files[$"archive/more{random.Next(99)}.warc.gz"] = files["archive/data.warc.gz"]),
        (good, random) => WaczSample.Changed(good, files => files[string.Concat(Enumerable.Repeat("../", random.Next(1, 9))) + "up"] = [1]),
        (good, _) => WaczSample.Changed(good, files => files["pages/pages.jsonl\u0001"] = [1]),
        (good, random) => WaczSample.Changed(good, files => files["datapackage.json"] = files["datapackage.json"][..random.Next(files["datapackage.json"].Length - 3)]),
        (good, _) => WaczSample.Changed(good, files => files.Replace("datapackage.json", "\"data-package\"", "\"multi-wacz-package\"")),
        (good, random) => WaczSample.Changed(good, files => files.Replace("datapackage.json", "\"1.1.1\"", $"\"{random.Next(2, 99)}.0\"")),
        (good, random) => WaczSample.Changed(good, files => files.Replace("datapackage.json", "sha256:", random.Next(2) == 0 ? "md5:" : "sha256:0")),
        (good, _) => WaczSample.Changed(good, files => files.Replace("datapackage.json", "河湾", "河汊")),
        (good, _) => WaczSample.Changed(good, files => files.Replace("datapackage.json", "\"resources\"", "\"ressources\"")),
        (good, random) => WaczSample.Changed(good, files => files.Replace("datapackage.json", "\"bytes\": ", $"\"bytes\": {random.Next(1, 9)}")),
        (good, _) => WaczSample.Changed(good, files => files.Replace("datapackage-digest.json", "\"hash\": \"sha256:", "\"hash\": \"sha256:f")),
        (good, _) => WaczSample.Changed(good, files => files.Replace("datapackage-digest.json", "\"signature\": \"", "\"signature\": \"AAAA")),
        (good, _) => WaczSample.Changed(good, OtherKey),
        (good, _) => WaczSample.Changed(good, files => files["archive/data.warc.gz"] = []),
        (good, random) => WaczSample.Changed(good, files => files[$"bomb{random.Next(99)}"] = new byte[8 << 20], CompressionLevel.Optimal),
    ];

    private static readonly Func<string, Random, byte[]>[] CdxjChanges =
    [
        (good, _) => Bytes(string.Concat(good.Split('\n', StringSplitOptions.RemoveEmptyEntries).Reverse().Select(line => line + "\n"))),
        (good, random) => Line(good, random, line => line[..random.Next(line.Length)]),
        (good, random) => Line(good, random, line => line.Replace(" 20", " 2O", StringComparison.Ordinal)),
        (good, random) => Line(good, random, line => line.Replace("{\"url\"", "{\"uri\"", StringComparison.Ordinal)),
        (good, random) => Line(good, random, line => line.Replace("\"offset\":\"", "\"offset\":\"-", StringComparison.Ordinal)),
        (good, random) => Line(good, random, line => line.Replace("\"offset\":\"", "\"offset\":\"99999999999", StringComparison.Ordinal)),
        (good, random) => Line(good, random, line => line.Replace("\"length\":\"", "\"length\":\"x", StringComparison.Ordinal)),
        (good, random) => Line(good, random, line => line.Replace("a.warc.gz", $"b{random.Next(99)}.warc.gz", StringComparison.Ordinal)),
        (good, random) => Line(good, random, line => line.Replace("\"}", "\"", StringComparison.Ordinal)),
        (good, random) => Line(good, random, line => line.Replace("{", new string('[', random.Next(1, 200)), StringComparison.Ordinal)),
        (good, random) => Line(good, random, line => line.Replace("\"url\":\"https://hewan", "\"url\":\"https://estuary", StringComparison.Ordinal).Replace("\"url\":\"file:///", "\"url\":\"file:////", StringComparison.Ordinal)),
        (good, _) => [.. Bytes(good), 0xC3, 0x28, (byte)'\n'],
        (good, _) => Bytes(good + new string('z', 100_000) + "\n"),
        (good, random) => Line(good, random, line => line.Replace("\"url\":\"", "\"url\":\"\\ud800", StringComparison.Ordinal)),
    ];

    private static void OtherKey(Dictionary<string, byte[]> files)
    {
        using var mine = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var text = Encoding.UTF8.GetString(files["datapackage-digest.json"]);
        var start = text.IndexOf("\"publicKey\": \"", StringComparison.Ordinal) + 14;
        var end = text.IndexOf('"', start);
        files["datapackage-digest.json"] = Bytes(text[..start] + Convert.ToBase64String(mine.ExportSubjectPublicKeyInfo()) + text[end..]);
    }

    private static byte[] Line(string good, Random random, Func<string, string> change)
    {
        var lines = good.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var at = random.Next(lines.Length);
        lines[at] = change(lines[at]);
        return Bytes(string.Concat(lines.Select(line => line + "\n")));
    }

    private static List<long> Starts(byte[] warc) => [.. new WarcReader(new MemoryStream(warc)).ReadAll(0, Cancel).Select(entry => entry.Offset), warc.Length];

    // Inside a member: a file that ends between two is whole.
    private static byte[] Cut(byte[] good, Random random, List<long> starts)
    {
        int at;
        do at = random.Next(1, good.Length); while (starts.Contains(at));
        return good[..at];
    }

    // Behind the ten bytes of a member's header, of which some say nothing, and before the bits that fill up its last byte.
    private static byte[] Flipped(byte[] good, Random random, List<long> starts)
    {
        var member = random.Next(starts.Count - 1);
        var bad = good.ToArray();
        bad[random.Next((int)starts[member] + 10, (int)starts[member + 1] - 9)] ^= (byte)(1 << random.Next(8));
        return bad;
    }

    private static byte[] Overwritten(byte[] good, Random random, List<long> starts)
    {
        var member = random.Next(starts.Count - 1);
        var bad = good.ToArray();
        random.NextBytes(bad.AsSpan((int)starts[member] + 12, 20));
        return bad;
    }

    private static byte[] Spliced(byte[] good, Random random, List<long> starts)
    {
        var at = (int)starts[random.Next(1, starts.Count)];
        var junk = new byte[random.Next(1, 300)];
        random.NextBytes(junk);
        return [.. good.AsSpan(0, at), .. junk, .. good.AsSpan(at)];
    }

    private static void Flip(byte[] bytes, Random random) => bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));

    private static List<WarcFault> WarcFaults(byte[] file)
    {
        var check = new WarcCheck();
        return [.. check.Check("a.warc.gz", new MemoryStream(file), Cancel), .. check.Finish()];
    }

    private static IReadOnlyList<WarcFault> WaczFaults(byte[] file)
    {
        using var package = WaczFile.Open("a.wacz", new MemoryStream(file), new(), Cancel);
        return package.Reading.Faults;
    }

    private static List<WarcFault> CdxjFaults(byte[] file, long warcLength) =>
        [.. CdxjCheck.Check("a.cdxj", new MemoryStream(file), name => name == "a.warc.gz" ? warcLength : null, Cancel)];

    private static T Quickly<T>(Func<T> work)
    {
        var started = Stopwatch.GetTimestamp();
        var result = work();
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(Hang);
        return result;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
