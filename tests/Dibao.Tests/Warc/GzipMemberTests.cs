using System.IO.Compression;
using System.Text;
using Dibao.Warc;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Warc;

public class GzipMemberTests
{
    private const int Limit = 1 << 22;

    public static TheoryData<string, CompressionLevel> Contents()
    {
        var data = new TheoryData<string, CompressionLevel>();
        foreach (var level in Enum.GetValues<CompressionLevel>())
        {
            foreach (var kind in (string[])["empty", "one", "zeros", "random", "chinese", "ramp"]) data.Add(kind, level);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void What_was_compressed_comes_back_and_the_next_member_is_found(string kind, CompressionLevel level)
    {
        var content = Content(kind);
        var member = GzipMember.Compress(content, level);

        var whole = GzipMember.Read([.. member, 0x1f, 0x8b, 8, 0], Limit).ShouldBeOfType<GzipReading.Complete>();

        whole.Content.ToArray().ShouldBe(content);
        whole.Length.ShouldBe(member.Length);
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void The_BCL_reads_what_we_compress(string kind, CompressionLevel level)
    {
        using var gzip = new GZipStream(new MemoryStream(GzipMember.Compress(Content(kind), level)), CompressionMode.Decompress);
        var back = new MemoryStream();
        gzip.CopyTo(back);
        back.ToArray().ShouldBe(Content(kind));
    }

    [Fact]
    public void Every_cut_is_noticed()
    {
        var member = GzipMember.Compress(Content("chinese"));
        for (var length = 0; length < member.Length; length++)
        {
            GzipMember.Read(member.AsSpan(0, length), Limit).ShouldBeOfType<GzipReading.Incomplete>($"cut to {length}");
        }
    }

    [Fact]
    public void Every_flipped_bit_of_content_is_noticed()
    {
        var member = GzipMember.Compress(Content("chinese"));
        // Bytes 4 to 9 of the header (time, extra flags, system) say nothing about the content, nor do the bits
        // that fill up the last byte of the DEFLATE stream.
        foreach (var at in Enumerable.Range(0, 4).Concat(Enumerable.Range(10, member.Length - 10)).Where(at => at != member.Length - 9))
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var damaged = member.ToArray();
                damaged[at] ^= (byte)(1 << bit);
                if (at == 3 && bit == 0) continue; // FTEXT is a hint
                GzipMember.Read(damaged, Limit).ShouldNotBeOfType<GzipReading.Complete>($"byte {at} bit {bit}");
            }
        }
    }

    [Fact]
    public void A_bomb_ends_at_the_limit()
    {
        var bomb = GzipMember.Compress(new byte[64 << 20]);
        GzipMember.Read(bomb, Limit).ShouldBeOfType<GzipReading.Damaged>().Reason.ShouldContain("more than");
    }

    [Fact]
    public void Header_fields_of_other_writers_are_skipped()
    {
        var plain = GzipMember.Compress("hello"u8);
        byte[] named = [0x1f, 0x8b, 8, 4 + 8 + 16, .. plain.AsSpan(4, 6), 2, 0, (byte)'s', (byte)'l', .. "name\0comment\0"u8, .. plain.AsSpan(10)];
        GzipMember.Read(named, Limit).ShouldBeOfType<GzipReading.Complete>().Content.ToArray().ShouldBe("hello"u8.ToArray());
    }

    private static byte[] Content(string kind) => kind switch
    {
        "empty" => [],
        "one" => [42],
        "zeros" => new byte[300_000],
        "random" => RandomBytes(200_000),
        "chinese" => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 60).Select(i => $"河湾的第{i}座桥在晨雾里显得很长，行人不多。"))),
        _ => [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * i / 97))],
    };

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(7).NextBytes(bytes);
        return bytes;
    }
}
