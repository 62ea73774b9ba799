using System.Text;
using Dibao.Warc;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Warc;

/// <summary>Damage costs the record that it is in, and none of those behind it.</summary>
public class WarcResyncTests
{
    private const int Count = 24;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Ways => [.. Damages.Keys];

    private static readonly Dictionary<string, Func<byte[], byte[]>> Damages = new()
    {
        ["a bit in the middle"] = bytes => Changed(bytes, bytes.Length / 2, 0x40),
        ["the first byte"] = bytes => Changed(bytes, 0, 0x10),
        ["the last byte"] = bytes => Changed(bytes, bytes.Length - 1, 1),
        ["the header"] = bytes => Changed(bytes, 3, 0xE0),
        ["cut in half"] = bytes => bytes[..(bytes.Length / 2)],
        ["without its end"] = bytes => bytes[..^12],
        ["without its beginning"] = bytes => bytes[12..],
        ["zeros"] = bytes => new byte[bytes.Length],
        ["other words"] = bytes => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a file system's own\n", (bytes.Length / 20) + 1)))[..bytes.Length],
        ["like members that are none"] = bytes => [.. Enumerable.Range(0, bytes.Length).Select(n => (byte)(n % 4) switch { 0 => (byte)0x1f, 1 => (byte)0x8b, 2 => (byte)8, _ => (byte)0 })],
    };

    [Theory, MemberData(nameof(Ways))]
    public void Every_other_record_of_a_compressed_file_is_read_and_the_damage_named_with_its_place(string way) => Try(way, compressed: true);

    [Theory, MemberData(nameof(Ways))]
    public void Every_other_record_of_a_plain_file_is_read_and_the_damage_named_with_its_place(string way)
    {
        // A plain record has no checksum over itself: the digests tell what the walk cannot.
        if (way is not ("a bit in the middle" or "the last byte" or "the header")) Try(way, compressed: false);
    }

    [Fact]
    public void Several_damages_are_each_reported_by_the_check_and_the_rest_is_checked()
    {
        var records = Records().ConvertAll(record => GzipMember.Compress(record));
        foreach (var n in (int[])[2, 3, 11, 20]) records[n] = Damages["a bit in the middle"](records[n]);
        var check = new WarcCheck();

        var faults = check.Check("a.warc.gz", new MemoryStream([.. records.SelectMany(record => record)]), Cancel).ToList();

        faults.Select(fault => fault.Offset).ShouldBe(((int[])[2, 3, 11, 20]).Select(n => records.Take(n).Sum(record => (long)record.Length)));
        check.Records.ShouldBe(Count - 4);
        check.Damaged.ShouldBe(4);
        CdxIndexer.Index(new MemoryStream([.. records.SelectMany(record => record)]), "a.warc.gz", Cancel).Count().ShouldBe(Count - 4);
    }

    [Fact]
    public void A_file_that_begins_a_record_everywhere_costs_no_more_than_its_length_and_some()
    {
        // Each of these looks like the start of a member that holds a record, and its only block says that it goes on beyond the file.
        byte[] start = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 0, 0xff, 0xff, 0, 0, .. "WARC/1.1\r\n"u8];
        var file = Enumerable.Repeat(start, 400_000).SelectMany(bytes => bytes).ToArray();
        var entries = new WarcReader(new MemoryStream(file)) { MaxRecordBytes = 1 << 20 }.ReadAll(cancel: Cancel).ToList();
        entries.ShouldAllBe(entry => entry.Damage != null);
        entries.Count.ShouldBeInRange(1, 5_000);
    }

    private static void Try(string way, bool compressed)
    {
        var plain = Records();
        for (var n = 0; n < Count; n += 5)
        {
            var pieces = plain.ConvertAll(record => compressed ? GzipMember.Compress(record) : record);
            pieces[n] = Damages[way](pieces[n]);
            var offset = pieces.Take(n).Sum(piece => (long)piece.Length);

            var entries = new WarcReader(new MemoryStream([.. pieces.SelectMany(piece => piece)])).ReadAll(cancel: Cancel).ToList();

            entries.Where(entry => entry.Damage is not null).ShouldNotBeEmpty($"{way}, record {n}");
            entries.First(entry => entry.Damage is not null).Offset.ShouldBe(offset, $"{way}, record {n}");
            entries.Where(entry => entry.Record is not null).Select(entry => entry.Record!.Id).ShouldBe(
                Enumerable.Range(0, Count).Where(i => i != n).Select(WarcSample.IdOf), $"{way}, record {n}");
            // Every byte is accounted for, once.
            entries.Sum(entry => entry.Length).ShouldBe(pieces.Sum(piece => (long)piece.Length));
            foreach (var (entry, next) in entries.Zip(entries.Skip(1))) next.Offset.ShouldBe(entry.Offset + entry.Length);
        }
    }

    private static List<byte[]> Records() => [.. Enumerable.Range(0, Count).Select(n => WarcRecord.Create(new WarcHeaders()
        .Add("WARC-Type", "resource").Add("WARC-Record-ID", WarcSample.IdOf(n)).Add("WARC-Date", WarcRecord.FormatDate(WarcSample.At))
        .Add("WARC-Target-URI", $"https://hewan.example/{n}").Add("Content-Type", "text/plain"),
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 60).Select(i => $"第{n}座桥的第{i}盏灯；{(i * 7919) ^ n}\n")))).ToBytes())];

    private static byte[] Changed(byte[] bytes, int at, byte bits)
    {
        var changed = bytes.ToArray();
        changed[at] ^= bits;
        return changed;
    }
}
