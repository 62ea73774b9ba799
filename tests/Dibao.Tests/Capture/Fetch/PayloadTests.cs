using System.IO.Compression;
using System.Text;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Fetch;

public class PayloadTests
{
    private static readonly byte[] Plain = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("邸报 ", 500)));

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("raw deflate")]
    [InlineData("identity")]
    [InlineData("")]
    public void Each_coding_is_undone(string coding) =>
        Bytes(Payload.Decode(Packed(Plain, coding), coding == "raw deflate" ? "deflate" : coding, 1 << 20)).ShouldBe(Plain);

    [Fact]
    public void Layers_are_undone_in_reverse_order() =>
        Bytes(Payload.Decode(Packed(Packed(Plain, "gzip"), "br"), "gzip, BR", 1 << 20)).ShouldBe(Plain);

    [Fact]
    public void A_bomb_meets_the_limit()
    {
        var bomb = Packed(new byte[32 << 20], "gzip");
        bomb.Length.ShouldBeLessThan(1 << 20);
        Payload.Decode(bomb, "gzip", 1 << 20).ShouldBeOfType<Payload.Unreadable>().Reason.ShouldContain("1,048,576");
    }

    [Fact]
    public void A_bomb_in_layers_meets_the_limit_too() =>
        Payload.Decode(Packed(Packed(new byte[32 << 20], "gzip"), "gzip"), "gzip, gzip", 1 << 20).ShouldBeOfType<Payload.Unreadable>();

    [Fact]
    public void Too_many_layers_are_not_tried() =>
        Payload.Decode(Plain, "gzip, gzip, gzip, gzip", 1 << 20).ShouldBeOfType<Payload.Unreadable>().Reason.ShouldContain("4 times");

    [Fact]
    public void An_unknown_coding_is_named() =>
        Payload.Decode(Plain, "zstd", 1 << 20).ShouldBeOfType<Payload.Unreadable>().Reason.ShouldContain("\"zstd\"");

    [Fact]
    public void Any_bytes_under_any_coding_end_in_a_case()
    {
        Prop.ForAll<byte[]>(bytes =>
        {
            foreach (var coding in new[] { "gzip", "deflate", "br" })
            {
                Payload.Decode(bytes, coding, 1000).ShouldNotBeNull();
            }
        }).QuickCheckThrowOnFailure();
    }

    internal static byte[] Packed(byte[] plain, string coding)
    {
        using var packed = new MemoryStream();
        using (Stream stream = coding switch
        {
            "gzip" or "x-gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "raw deflate" => new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => packed,
        })
        {
            stream.Write(plain);
            if (stream == packed) return plain;
        }
        return packed.ToArray();
    }

    private static byte[] Bytes(Payload payload) => payload.ShouldBeOfType<Payload.Decoded>().Bytes.ToArray();
}
