using System.Text;
using Dibao.Tests.Keep.Faults;
using Dibao.Warc;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Warc;

/// <summary>Whatever the bytes, each reader ends with a verdict. test.sh --long runs 10⁷ inputs; DIBAO_FUZZ_INPUTS sets another number.</summary>
public class WarcFuzzTests
{
    private static readonly int Inputs = Sizes.FuzzInputs;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_reader_ends_with_a_verdict()
    {
        var plain = WarcSample.Records().SelectMany(record => record).ToArray();
        var warc = WarcSample.Compressed(WarcSample.Records());
        var cdxj = Encoding.UTF8.GetBytes(string.Concat(CdxIndexer.Index(new MemoryStream(warc), "a.warc.gz", Cancel).Select(entry => entry + "\n")));
        var wacz = WaczSample.Package();
        var random = new Random(20261122);
        var verdicts = new int[4];
        for (var n = 0; n < Inputs; n++)
        {
            if (IsGood(n % 4, Mutated((n % 4) switch { 0 => plain, 1 => warc, 2 => cdxj, _ => wacz }, random))) verdicts[n % 4]++;
        }
        // Mutations that change nothing that counts are rare: a reader that calls everything good reads nothing.
        verdicts.ShouldAllBe(good => good < Math.Max(1, Inputs / 8));
    }

    private static bool IsGood(int kind, byte[] file)
    {
        if (kind == 2) return !CdxjCheck.Check("a", new MemoryStream(file), null, Cancel).Any() & new CdxjFile(new MemoryStream(file)).Find("example,hewan)/bridge").Count() == 1;
        if (kind == 3)
        {
            using var package = WaczFile.Open("a", new MemoryStream(file), new(), Cancel);
            return package.Reading.Faults.Count == 0;
        }
        var check = new WarcCheck { MaxRecordBytes = 1 << 20 };
        return !check.Check("a", new MemoryStream(file), Cancel).Concat(check.Finish()).Any();
    }

    private static byte[] Mutated(byte[] good, Random random)
    {
        var bytes = good.ToList();
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, random.Next(Math.Min(40, bytes.Count - at))); break;
                case 2: bytes.Insert(at, (byte)random.Next(256)); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(0, random.Next(Math.Min(300, bytes.Count)))); break;
                default: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            }
        }
        return [.. bytes];
    }
}
