using System.Buffers.Binary;
using System.Text;
using Dibao.Warc;
using Shouldly;
using Xunit;
using static Dibao.Tests.Warc.WarcSample;

namespace Dibao.Tests.Warc;

/// <summary>One WARC file, damaged in each way there is a name for. Every damage is noticed, at its place and in words that tell which it is.</summary>
public class WarcDamageTests
{
    private static readonly Dictionary<string, Damage> Classes = new()
    {
        // The gzip layer, done to the response's member.
        ["last member cut off"] = new(Second, "ends inside a gzip member", members => [.. members[..^1], members[^1][..^20]]),
        ["last trailer cut off"] = new(Second, "ends inside a gzip member", members => [.. members[..^1], members[^1][..^8]]),
        ["trailer left out between members"] = Member("CRC-32 is wrong", member => member[..^8]),
        ["wrong CRC-32"] = Member("CRC-32 is wrong", member => Flipped(member, member.Length - 8)),
        ["wrong ISIZE"] = Member("ISIZE is wrong", member => Flipped(member, member.Length - 4)),
        ["reserved header flag"] = Member("reserved flags", member => Flipped(member, 3, 0x80)),
        ["header flag without its field"] = Member("gzip member", member => Flipped(member, 3, 0x10)),
        ["another compression method"] = Member("not DEFLATE", member => Flipped(member, 2)),
        ["wrong header CRC"] = Member("CRC-16 is wrong", member => [.. member.AsSpan(0, 3), 2, .. member.AsSpan(4, 6), 1, 2, .. member.AsSpan(10)]),
        ["broken magic"] = Member("does not start with WARC/", member => Flipped(member, 1)),
        ["flipped bit in the compressed data"] = Member("gzip member is damaged", member => Flipped(member, member.Length / 2)),
        ["swapped bytes in the compressed data"] = Member("gzip member is damaged", member => Swapped(member, member.Length / 2)),
        ["byte left out of the compressed data"] = Member("gzip member is damaged", member => [.. member.AsSpan(0, 60), .. member.AsSpan(61)]),
        ["byte too many in the compressed data"] = Member("gzip member is damaged", member => [.. member.AsSpan(0, 60), 42, .. member.AsSpan(60)]),
        ["garbage behind the last member"] = new(Second + 1, "does not start with WARC/", members => [.. members, "garbage"u8.ToArray()]),
        ["garbage between members"] = new(Response, "does not start with WARC/", members => [.. members[..Response], "garbage"u8.ToArray(), .. members[Response..]]),
        ["zeros between members"] = new(Response, "does not start with WARC/", members => [.. members[..Response], new byte[512], .. members[Response..]]),
        ["empty member"] = new(Response, "gzip member is empty", members => [.. members[..Response], GzipMember.Compress([]), .. members[Response..]]),
        ["member left out"] = new(Revisit - 1, "in none of the files", members => [.. members[..Response], .. members[Revisit..]]),
        ["members in another order"] = new(First, "did not come before it", members => [.. members[..First], members[Second], members[First]]),
        ["zeros without an end"] = new(Response, "does not start with WARC/", members => [.. members[..Response], GzipMember.Compress(new byte[80 << 20]), .. members[Response..]]),

        // Between gzip and WARC.
        ["two records in a member"] = Plain(Response, "more than one record", record => [.. record, .. Records()[Metadata]]),
        ["a record over two members"] = new(Response, "beyond its gzip member", members =>
        [
            .. members[..Response], GzipMember.Compress(Records()[Response].AsSpan(0, 900)), GzipMember.Compress(Records()[Response].AsSpan(900)), .. members[Revisit..],
        ]),
        ["plain record between members"] = new(Response, "a plain record stands between", members => [.. members[..Response], Records()[Response], .. members[Revisit..]]),

        // The WARC layer.
        ["unknown version"] = Plain(Response, "version is no known one", record => Edited(record, "WARC/1.1\r\n", "WARC/7.3\r\n")),
        ["no version"] = Plain(Response, "does not start with WARC/", record => record[10..]),
        ["no WARC-Type"] = Plain(Response, "no WARC-Type", record => Edited(record, "WARC-Type: response\r\n", "")),
        ["no WARC-Record-ID"] = Plain(Metadata, "no WARC-Record-ID", record => Edited(record, $"WARC-Record-ID: {IdOf(Metadata)}\r\n", "")),
        ["no WARC-Date"] = Plain(Response, "no WARC-Date", record => Edited(record, $"WARC-Date: {WarcRecord.FormatDate(At)}\r\n", "")),
        ["no Content-Length"] = Plain(Response, "no Content-Length", record => Edited(record, "Content-Length: ", "X-Length: ")),
        ["no WARC-Target-URI"] = Plain(Response, "no WARC-Target-URI", record => Edited(record, "WARC-Target-URI: https://hewan.example/bridge\r\n", "")),
        ["Content-Length too short"] = Length(-1, "not followed by two line ends"),
        ["Content-Length too long"] = Length(+1, "beyond its gzip member"),
        ["Content-Length of 10 GB"] = Length(10_000_000_000, "beyond its gzip member"),
        ["Content-Length that is no number"] = Plain(Response, "no number of bytes", record => Edited(record, "Content-Length: ", "Content-Length: -")),
        ["impossible date"] = Plain(Response, "no date", record => Edited(record, "WARC-Date: 2026-11-22", "WARC-Date: 2026-13-45")),
        ["date in another form"] = Plain(Metadata, "not written as", record => Edited(record, $"WARC-Date: {WarcRecord.FormatDate(At)}", "WARC-Date: 22 Nov 2026 06:00")),
        ["record id used twice"] = Plain(Metadata, "was used before", record => Edited(record, IdOf(Metadata), IdOf(Request))),
        ["record id that is no URI"] = Plain(Metadata, "no URI", record => Edited(record, IdOf(Metadata), "number five")),
        ["block changed"] = Plain(Response, "does not match WARC-Block-Digest", record => Edited(record, "text/html", "text/htm1")),
        ["wrong block digest"] = Plain(Metadata, "does not match WARC-Block-Digest", record => Flipped(record, Encoding.Latin1.GetString(record).IndexOf("Digest: sha256:", StringComparison.Ordinal) + 20)),
        ["wrong payload digest"] = Plain(Response, "does not match WARC-Payload-Digest", record => PayloadDigest(record, WarcDigest.Of("another"u8))),
        ["unknown digest algorithm"] = Plain(Response, "is not known", record => PayloadDigest(record, "sum64:0011223344556677")),
        ["digest cut short"] = Plain(Response, "does not match WARC-Payload-Digest", record => PayloadDigest(record, "sha256:0011")),
        ["no line ends behind the block"] = Plain(Response, "beyond its gzip member", record => record[..^4]),
        ["one line end behind the block"] = Plain(Response, "beyond its gzip member", record => record[..^2]),
        ["header lines end in LF"] = Plain(Response, "end in LF", record => Edited(record, "\r\n", "\n")),
        ["NUL in the header"] = Plain(Metadata, "NUL", record => Edited(record, "hewan.example/bridge", "hewan.example/\0bridge")),
        ["header that is not UTF-8"] = Plain(Metadata, "not UTF-8", record => Edited(record, "hewan.example/bridge", "hewan.example/\u00e6bridge")),
        ["header line without a colon"] = Plain(Response, "without a name", record => Edited(record, "WARC-Type: response", "WARC-Type response")),
        ["header that begins folded"] = Plain(Response, "without a name", record => Edited(record, "WARC/1.1\r\n", "WARC/1.1\r\n folded\r\n")),
        ["folded field"] = Plain(Metadata, "is folded", record => Edited(record, "https://hewan.example/bridge", "https://hewan.example/\r\n bridge")),
        ["field given twice"] = Plain(Metadata, "stands there twice", record => Edited(record, "WARC-Type: metadata\r\n", "WARC-Type: metadata\r\nWARC-Type: response\r\n")),
        ["response that is no HTTP"] = new(Response, "no HTTP response", members => [.. members[..Response], GzipMember.Compress(NotHttp().ToBytes()), .. members[Resource..]]),
        ["truncated for no known reason"] = Plain(Metadata, "WARC-Truncated", record => Edited(record, "WARC-Type: metadata\r\n", "WARC-Type: metadata\r\nWARC-Truncated: tired\r\n")),
        ["revisit without a profile"] = Plain(Revisit, "no WARC-Profile", record => Edited(record, $"WARC-Profile: {Identical}\r\n", "")),
        ["revisit without a digest"] = Plain(Revisit, "no WARC-Payload-Digest", record => Edited(record, "WARC-Payload-Digest: ", "X-Digest: ")),
        ["revisit of what is not there"] = Plain(Revisit, "in none of the files", record => Edited(record, $"WARC-Refers-To: {IdOf(Response)}", $"WARC-Refers-To: {IdOf(99)}")),
        ["revisit of another payload"] = Plain(Revisit, "another payload", record => PayloadDigest(record, WarcDigest.Of("another"u8))),
        ["continuation of nothing"] = Plain(Second, "did not come before it", record => Edited(record, $"WARC-Segment-Origin-ID: {IdOf(First)}", $"WARC-Segment-Origin-ID: {IdOf(98)}")),
        ["continuation without a number"] = Plain(Second, "does not say what it continues", record => Edited(record, "WARC-Segment-Number: 2\r\n", "")),
        ["segment left out"] = Plain(Second, "follows segment 1", record => Edited(record, "WARC-Segment-Number: 2", "WARC-Segment-Number: 3")),
        ["segments of another length"] = Plain(Second, "WARC-Segment-Total-Length", record => Edited(record, "WARC-Segment-Total-Length: ", "WARC-Segment-Total-Length: 1")),
        ["second segment of no continuation"] = Plain(First, "only a continuation", record => Edited(record, "WARC-Segment-Number: 1", "WARC-Segment-Number: 2")),
    };

    public static TheoryData<string> Names => [.. Classes.Keys];

    [Fact]
    public void The_undamaged_file_has_no_fault()
    {
        Faults(Compressed(Records())).ShouldBeEmpty();
        Faults([.. Records().SelectMany(record => record)]).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Names))]
    public void Each_class_of_damage_is_noticed_where_it_is(string name)
    {
        var damage = Classes[name];
        var members = Records().ConvertAll(record => GzipMember.Compress(record));
        var damaged = damage.Do([.. members]);

        var faults = Faults([.. damaged.SelectMany(member => member)]);

        faults.ShouldNotBeEmpty();
        faults.ShouldContain(fault => fault.What.Contains(damage.Words, StringComparison.Ordinal), $"{name}: {string.Join(" | ", faults)}");
        faults.Select(fault => fault.Offset).ShouldContain(damaged.Take(damage.At).Sum(member => (long)member.Length), $"{name}: {string.Join(" | ", faults)}");
        faults.ShouldAllBe(fault => fault.Remedy.Length > 0 && fault.ToString().StartsWith("sample.warc.gz at ", StringComparison.Ordinal));
    }

    [Fact]
    public void Damage_to_a_plain_file_is_noticed_as_well()
    {
        var records = Records();
        foreach (var (name, damage) in Classes.Where(pair => pair.Value.IsPlain))
        {
            var file = records.SelectMany((record, n) => n == damage.At ? damage.Edit(record) : record).ToArray();
            Faults(file).ShouldNotBeEmpty(name);
        }
    }

    private static List<WarcFault> Faults(byte[] file)
    {
        var check = new WarcCheck();
        return [.. check.Check("sample.warc.gz", new MemoryStream(file), TestContext.Current.CancellationToken), .. check.Finish()];
    }

    private static Damage Member(string words, Func<byte[], byte[]> damage) =>
        new(Response, words, members => [.. members[..Response], damage(members[Response]), .. members[Revisit..]]);

    private static Damage Plain(int at, string words, Func<byte[], byte[]> edit) =>
        new(at, words, members => [.. members[..at], GzipMember.Compress(edit(Records()[at])), .. members[(at + 1)..]]) { IsPlain = true, Edit = edit };

    private static Damage Length(long more, string words) => Plain(Response, words, record =>
    {
        var length = ((WarcReading.Complete)WarcRecord.Read(record)).Record.Block.Length;
        return Edited(record, $"Content-Length: {length}\r\n", $"Content-Length: {length + more}\r\n");
    });

    private static byte[] PayloadDigest(byte[] record, string digest)
    {
        var read = ((WarcReading.Complete)WarcRecord.Read(record)).Record;
        return Edited(record, $"WARC-Payload-Digest: {read.Headers["WARC-Payload-Digest"]}", $"WARC-Payload-Digest: {digest}");
    }

    private static WarcRecord NotHttp() => WarcRecord.Create(new WarcHeaders()
        .Add("WARC-Type", "response").Add("WARC-Record-ID", IdOf(Response)).Add("WARC-Date", WarcRecord.FormatDate(At))
        .Add("WARC-Target-URI", "https://hewan.example/bridge").Add("Content-Type", "application/http; msgtype=response"), "220 smtp.hewan.example\r\n\r\n"u8.ToArray());

    private static byte[] Flipped(byte[] bytes, int at, byte bits = 1)
    {
        var flipped = bytes.ToArray();
        flipped[at] ^= bits;
        return flipped;
    }

    private static byte[] Swapped(byte[] bytes, int at)
    {
        while (bytes[at] == bytes[at + 1]) at++;
        var swapped = bytes.ToArray();
        (swapped[at], swapped[at + 1]) = (swapped[at + 1], swapped[at]);
        return swapped;
    }

    private sealed record Damage(int At, string Words, Func<byte[][], byte[][]> Do)
    {
        public bool IsPlain { get; init; }
        public Func<byte[], byte[]> Edit { get; init; } = record => record;
    }
}
