using System.IO.Compression;
using System.Text;
using Dapper;
using Dibao.Find;
using Dibao.Keep;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep;

public sealed class PackedBodyTests
{
    private const string Text = "运河边的旧船厂今年重新开工。\n\nThe yard had stood still for eleven years.";
    private const string Html = "<p>运河边的旧船厂今年重新开工。</p><p>The yard had stood still for eleven years.</p>";

    [Theory]
    [InlineData(Text, Html)]
    [InlineData("", "")]
    [InlineData("", Html)]
    [InlineData(Text, "")]
    public void What_is_packed_is_unpacked(string text, string html)
    {
        var body = PackedBody.Pack(text, html);
        PackedBody.Unpack(body).ShouldBe((text, html));
        PackedBody.Text(body).ShouldBe(text);
    }

    [Fact]
    public void HTML_that_says_the_same_as_the_text_costs_little()
    {
        var random = new Random(1);
        var text = string.Join("\n\n", Enumerable.Range(0, 20).Select(_ => string.Concat(Enumerable.Range(0, 200).Select(_ => (char)random.Next('一', '龟')))));
        var html = $"<p>{text.Replace("\n\n", "</p><p>", StringComparison.Ordinal)}</p>";
        PackedBody.Pack(text, html).Length.ShouldBeLessThan((PackedBody.Pack(text, "").Length + PackedBody.Pack("", html).Length) * 2 / 3);
    }

    [Fact]
    public void Damage_is_said_not_read()
    {
        var body = PackedBody.Pack(Text, Html);
        Should.Throw<InvalidDataException>(() => PackedBody.Unpack(body[..^8]));
        Should.Throw<InvalidDataException>(() => PackedBody.Unpack([]));
        Should.Throw<InvalidDataException>(() => PackedBody.Unpack([.. BitConverter.GetBytes(int.MaxValue), .. BitConverter.GetBytes(int.MaxValue), .. body.Skip(8)]));
    }

    [Fact]
    public void An_older_catalogue_keeps_its_bodies()
    {
        var path = Path.GetTempFileName();
        try
        {
            MakeOld(path);
            using var database = new Database(path, SearchTokenizer.Register);
            var body = database.Read(connection => connection.QuerySingle<byte[]>("SELECT body FROM bodies WHERE version_id = 7"));
            PackedBody.Unpack(body).ShouldBe((Text, Html));
        }
        finally
        {
            File.Delete(path);
        }
    }

    // As it was before migration 0012: text and HTML apart, each under DEFLATE behind its length.
    private static void MakeOld(string path) => OldCatalogue.Make(
        path, before: 12,
        """
        INSERT INTO versions (id, article_id, ordinal, capture_id, origin, captured, title, lead, authors, sections, wording) VALUES (7, 1, 1, 1, 0, 0, '', '', '[]', '[]', x'00');
        INSERT INTO bodies (version_id, html, text) VALUES (7, @html, @text)
        """, new { html = Deflated(Html), text = Deflated(Text) });

    private static byte[] Deflated(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        using var packed = new MemoryStream();
        packed.Write(BitConverter.GetBytes(utf8.Length));
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(utf8);
        return packed.ToArray();
    }
}
