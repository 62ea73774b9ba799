using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Dibao.Warc;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Warc;

/// <summary>Records that no memory holds, made as they are read.</summary>
public class LongRecordTests
{
    private const long TenGigabytes = 10_000_000_000;
    private const int Piece = 1 << 20;
    private const long MostAllocated = 24 << 20;

    private static readonly byte[] Noise = MakeNoise();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_plain_record_of_10_GB_is_read_to_its_end_in_bounded_memory_and_so_is_what_follows()
    {
        var first = Head("resource", 1, TenGigabytes, null);
        var file = new Pieces([first, .. Block(TenGigabytes), "\r\n\r\n"u8.ToArray(), Small(2)]);

        var (faults, records) = Check(file);

        faults.ShouldBeEmpty();
        records.ShouldBe(2);
        file.Given.ShouldBeGreaterThan(TenGigabytes);
    }

    [Fact]
    public void A_record_that_claims_10_GB_and_has_less_is_named_with_its_place()
    {
        var cut = new Pieces([Small(1), Head("resource", 2, TenGigabytes, null), .. Block(200_000_000)]);
        var fault = Check(cut).Faults.ShouldHaveSingleItem();
        fault.What.ShouldBe("the file ends inside a record");
        fault.Offset.ShouldBe(Small(1).Length);
        // A record that says of itself what cannot be is refused at once.
        Check(new([Head("resource", 2, TenGigabytes * 1000, null), Small(3)])).Faults[0].What.ShouldContain("claims");
        var limited = new WarcCheck { MaxRecordBytes = 1 << 20, LongestRecordBytes = 1 << 30 };
        limited.Check("a", new Pieces([Head("resource", 2, TenGigabytes, null), .. Block(3_000_000)]), Cancel).First().What.ShouldContain($"more than {1 << 30}");
    }

    [Theory]
    [InlineData("stored")]
    [InlineData("compressed")]
    public void A_compressed_record_is_held_to_its_digests_its_checksum_and_its_end(string how)
    {
        var length = how == "stored" ? 300_000_000L : 60_000_000L;
        var digest = DigestOf(length);
        Func<byte[]?, Pieces> file = damage => new([Gzip(Small(1)), .. Member(how, [Head("response", 2, length, digest), .. Block(length, damage), "\r\n\r\n"u8.ToArray()]), Gzip(Small(3))]);

        var (faults, records) = Check(file(null));
        faults.ShouldBeEmpty();
        records.ShouldBe(3);

        // The member's own checksum is right: it was made over what was changed.
        var changed = Check(file([7])).Faults.ShouldHaveSingleItem();
        changed.What.ShouldContain("WARC-Block-Digest");
        changed.Offset.ShouldBe(Gzip(Small(1)).Length);
    }

    [Fact]
    public void Damage_inside_a_long_member_is_noticed_and_the_next_one_read()
    {
        const long Length = 60_000_000;
        var member = Member("stored", [Head("resource", 2, Length, null), .. Block(Length), "\r\n\r\n"u8.ToArray()]).SelectMany(piece => piece).ToArray();
        foreach (var (words, damage) in new (string, Func<byte[]>)[]
        {
            ("CRC-32 is wrong", () => Changed(member, member.Length / 2)),
            ("ISIZE is wrong", () => Changed(member, member.Length - 2)),
            ("beyond its gzip member", () => Repacked(Length + 4)),
            ("line ends", () => Repacked(Length - 1)),
        })
        {
            var (faults, records) = Check(new([Gzip(Small(1)), damage(), Gzip(Small(3))]));
            faults.ShouldContain(fault => fault.What.Contains(words, StringComparison.Ordinal) && fault.Offset == Gzip(Small(1)).Length, $"{words}: {string.Join(" | ", faults)}");
            records.ShouldBe(2, words);
        }

        byte[] Repacked(long claimed) => [.. Member("stored", [Head("resource", 2, claimed, null), .. Block(Length), "\r\n\r\n"u8.ToArray()]).SelectMany(piece => piece)];
    }

    [Fact]
    public void A_bomb_ends_where_it_was_said_to()
    {
        var bomb = Gzip([.. Head("resource", 1, 90_000_000, null), .. new byte[90_000_000], .. "\r\n\r\n"u8]);
        bomb.Length.ShouldBeLessThan(1 << 20);
        var check = new WarcCheck { MaxRecordBytes = 1 << 20, LongestRecordBytes = 32 << 20 };
        var before = GC.GetAllocatedBytesForCurrentThread();
        check.Check("bomb", new MemoryStream(bomb), Cancel).ShouldContain(fault => fault.What.Contains($"more than {32 << 20}", StringComparison.Ordinal));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(MostAllocated);
        new WarcReader(new MemoryStream(bomb)) { MaxRecordBytes = 1 << 20 }.ReadAll(cancel: Cancel).First().Damage!.ShouldContain("more than");
    }

    [Fact]
    public void The_payload_digest_of_a_long_chunked_record_is_of_what_the_chunks_hold_or_of_the_chunks_and_of_nothing_else()
    {
        const int Chunks = 12;
        byte[] body = [.. Enumerable.Range(0, Chunks).SelectMany(_ => (byte[])[.. Encoding.ASCII.GetBytes($"{Piece:x};x=1\r\n"), .. Noise, .. "\r\n"u8]), .. "0\r\n\r\n"u8];
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var n = 0; n < Chunks; n++) content.AppendData(Noise);
        var inside = "sha256:" + Convert.ToHexStringLower(content.GetHashAndReset());

        foreach (var digest in (string[])[inside, WarcDigest.Of(body)]) Check(Chunked(digest, body)).Faults.ShouldBeEmpty();
        Check(Chunked(WarcDigest.Of([1]), body)).Faults.ShouldHaveSingleItem().What.ShouldContain("WARC-Payload-Digest");
        // One whose chunks are broken holds nothing but itself.
        var broken = body[..^20];
        Check(Chunked(WarcDigest.Of(broken), broken)).Faults.ShouldBeEmpty();
        Check(Chunked(inside, broken)).Faults.ShouldHaveSingleItem().What.ShouldContain("WARC-Payload-Digest");
    }

    [Fact]
    public void Chunks_that_pass_by_hold_what_they_hold_in_memory()
    {
        var random = new Random(11);
        var head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray();
        var whole = 0;
        for (var n = 0; n < 20_000; n++)
        {
            var body = RandomChunks(random);
            using var passing = new PassingChunks(HashAlgorithmName.SHA256);
            for (var at = 0; at < body.Length;)
            {
                var part = Math.Min(body.Length - at, random.Next(1, 9));
                passing.Take(body.AsSpan(at, part));
                at += part;
            }
            var decodes = ChunkedBody.TryDecode(head, body, out var content);
            if (decodes) whole++;
            (passing.Hash() is { } hash ? Convert.ToHexString(hash) : "none").ShouldBe(decodes ? Convert.ToHexString(SHA256.HashData(content.Span)) : "none", Encoding.Latin1.GetString(body));
        }
        whole.ShouldBeInRange(2_000, 18_000);
    }

    // Mostly as they should be; some with a byte changed, left out or put in.
    private static byte[] RandomChunks(Random random)
    {
        var body = new List<byte>();
        for (var n = random.Next(4); n > 0; n--)
        {
            var size = random.Next(1, 40);
            body.AddRange(Encoding.ASCII.GetBytes($"{size:x}{(random.Next(4) == 0 ? ";a=b" : "")}\r\n"));
            for (var i = 0; i < size; i++) body.Add((byte)random.Next(256));
            body.AddRange("\r\n"u8);
        }
        body.AddRange("0\r\n\r\n"u8);
        if (random.Next(2) == 0) return [.. body];
        var at = random.Next(body.Count);
        switch (random.Next(3))
        {
            case 0: body.RemoveAt(at); break;
            case 1: body.Insert(at, (byte)"\r\n0a;"[random.Next(5)]); break;
            default: body[at] = (byte)"\r\n0a;"[random.Next(5)]; break;
        }
        return [.. body];
    }

    private static Pieces Chunked(string digest, byte[] body)
    {
        var http = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        var head = Encoding.ASCII.GetBytes(
            $"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: {WarcSample.IdOf(2)}\r\nWARC-Date: {WarcRecord.FormatDate(WarcSample.At)}\r\nWARC-Target-URI: https://hewan.example/film/2\r\n"
            + $"Content-Type: application/http; msgtype=response\r\nWARC-Payload-Digest: {digest}\r\nContent-Length: {body.Length + http.Length}\r\n\r\n{http}");
        return new([Small(1), head, body, "\r\n\r\n"u8.ToArray(), Small(3)]);
    }

    private static (List<WarcFault> Faults, long Records) Check(Pieces file)
    {
        var check = new WarcCheck { MaxRecordBytes = 2 << 20 };
        var before = GC.GetAllocatedBytesForCurrentThread() - file.Made;
        var faults = check.Check("long.warc", file, Cancel).Concat(check.Finish()).ToList();
        (GC.GetAllocatedBytesForCurrentThread() - file.Made - before).ShouldBeLessThan(MostAllocated);
        return (faults, check.Records);
    }

    private static byte[] Head(string type, int n, long length, string? digest)
    {
        var http = type == "response" ? "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n" : "";
        return Encoding.ASCII.GetBytes(
            $"WARC/1.1\r\nWARC-Type: {type}\r\nWARC-Record-ID: {WarcSample.IdOf(n)}\r\nWARC-Date: {WarcRecord.FormatDate(WarcSample.At)}\r\n"
            + $"WARC-Target-URI: https://hewan.example/film/{n}\r\nContent-Type: {(type == "response" ? "application/http; msgtype=response" : "video/mp4")}\r\n"
            + (digest is null ? "" : $"WARC-Block-Digest: {digest.Split(' ')[0]}\r\nWARC-Payload-Digest: {digest.Split(' ')[1]}\r\n")
            + $"Content-Length: {length + http.Length}\r\n\r\n{http}");
    }

    private static string DigestOf(long length)
    {
        using var block = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var payload = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        block.AppendData("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n"u8);
        foreach (var piece in Block(length))
        {
            block.AppendData(piece);
            payload.AppendData(piece);
        }
        return $"sha256:{Convert.ToHexStringLower(block.GetHashAndReset())} sha1:{Convert.ToHexStringLower(payload.GetHashAndReset())}";
    }

    // The same megabyte again and again, so that nothing but the reader takes time; the last one in its own place may be changed.
    private static IEnumerable<byte[]> Block(long length, byte[]? damage = null)
    {
        for (; length > Piece; length -= Piece) yield return Noise;
        var last = Noise[..(int)length];
        if (damage is not null) damage.CopyTo(last, last.Length / 2);
        yield return last;
    }

    private static byte[] Small(int n) =>
        [.. Head("resource", n, 5, null), .. "words"u8, .. "\r\n\r\n"u8];

    private static byte[] Gzip(byte[] record) => GzipMember.Compress(record, CompressionLevel.Fastest);

    private static IEnumerable<byte[]> Member(string how, IEnumerable<byte[]> pieces) => how == "stored" ? Stored(pieces) : Compressed(pieces);

    // RFC 1951 §3.2.4: blocks as they are, 65,535 bytes at most.
    private static IEnumerable<byte[]> Stored(IEnumerable<byte[]> pieces)
    {
        yield return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
        var (crc, length) = (0u, 0L);
        foreach (var piece in pieces)
        {
            (crc, length) = (Crc32.Append(crc, piece), length + piece.Length);
            for (var at = 0; at < piece.Length; at += 0xffff)
            {
                var part = Math.Min(0xffff, piece.Length - at);
                yield return [0, (byte)part, (byte)(part >> 8), (byte)~part, (byte)(~part >> 8), .. piece.AsSpan(at, part)];
            }
        }
        yield return [1, 0, 0, 0xff, 0xff, .. Trailer(crc, length)];
    }

    private static IEnumerable<byte[]> Compressed(IEnumerable<byte[]> pieces)
    {
        var (crc, length) = (0u, 0L);
        using var packed = new MemoryStream();
        packed.Write([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
        var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true);
        foreach (var piece in pieces)
        {
            (crc, length) = (Crc32.Append(crc, piece), length + piece.Length);
            deflate.Write(piece);
            yield return packed.ToArray();
            packed.SetLength(0);
        }
        deflate.Dispose();
        packed.Write(Trailer(crc, length));
        yield return packed.ToArray();
    }

    private static byte[] Trailer(uint crc, long length)
    {
        var trailer = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, crc);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(4), (uint)length);
        return trailer;
    }

    private static byte[] Changed(byte[] bytes, int at)
    {
        var changed = bytes.ToArray();
        changed[at] ^= 1;
        return changed;
    }

    // A quarter noise, and the rest what compresses well.
    private static byte[] MakeNoise()
    {
        var noise = new byte[Piece];
        new Random(7).NextBytes(noise.AsSpan(0, Piece / 4));
        return noise;
    }

    /// <summary>A file that nobody holds: its pieces are made when they are read.</summary>
    private sealed class Pieces(IEnumerable<byte[]> pieces) : Stream
    {
        private readonly IEnumerator<byte[]> next = pieces.GetEnumerator();
        private ReadOnlyMemory<byte> piece;

        public long Given { get; private set; }

        /// <summary>Bytes that making the pieces allocated.</summary>
        public long Made { get; private set; }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            while (piece.IsEmpty && next.MoveNext()) piece = next.Current;
            Made += GC.GetAllocatedBytesForCurrentThread() - before;
            var part = Math.Min(buffer.Length, piece.Length);
            piece.Span[..part].CopyTo(buffer);
            piece = piece[part..];
            Given += part;
            return part;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
