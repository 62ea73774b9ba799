using System.Text;
using Dibao.Feeds;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Feeds;

public sealed class FeedFuzzTests
{
    private static readonly byte[][] Seeds =
    [
        .. new[] { Fixtures.Rss, Fixtures.Rdf, Fixtures.Atom, Fixtures.Json }.Select(Encoding.UTF8.GetBytes),
        Encoding.Unicode.GetBytes(Fixtures.Rss),
    ];

    private static readonly string[] Spices =
        ["<", "</", ">", "<![CDATA[", "]]>", "<!--", "-->", "&", "&#x", ";", "\"", "'", "<item>", "</item>", "<!DOCTYPE a [<!ENTITY b \"", "\0", "é"];

    [Fact]
    public void No_mutation_of_a_feed_throws()
    {
        var random = new Random(20231108);
        for (var i = 0; i < 6_000; i++)
        {
            var reading = FeedReader.Read(Mutate([.. Seeds[i % Seeds.Length]], random), baseUrl: "https://hewan.example/feed");
            (reading is FeedReading.Found or FeedReading.NotAFeed).ShouldBeTrue();
        }
    }

    private static byte[] Mutate(List<byte> bytes, Random random)
    {
        for (var changes = random.Next(1, 12); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at - 1)); break;
                case 2: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Spices[random.Next(Spices.Length)])); break;
                default: bytes.InsertRange(at, bytes.GetRange(0, Math.Min(bytes.Count, random.Next(200)))); break;
            }
        }

        return [.. bytes];
    }

    [Fact]
    public void No_text_makes_a_date_throw() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
            !FeedDate.TryParse(text ?? "", out var utc) || utc.Offset == TimeSpan.Zero).QuickCheckThrowOnFailure();

    [Fact]
    public void No_mutation_of_a_date_throws()
    {
        var random = new Random(8);
        const string Alphabet = "0123456789:+-/., TZapm年月日时分秒下午周()星Jan";
        for (var i = 0; i < 20_000; i++)
            if (FeedDate.TryParse(new string([.. Enumerable.Range(0, random.Next(30)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]), out var utc))
                utc.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void No_bytes_make_the_decoder_throw() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => TextDecoder.Decode(bytes ?? []).Encoding.Length > 0).QuickCheckThrowOnFailure();

    // Each of these would be quadratic for a reader that searches to the end again and again.
    [Theory]
    [InlineData("<!--")]
    [InlineData("<![CDATA[")]
    [InlineData("<?")]
    [InlineData("<a b=\"")]
    [InlineData("<a b='<a b=\"")]
    [InlineData("<item><title>&lt;b ")]
    [InlineData("&lt;b")]
    [InlineData("<item>")]
    [InlineData("</a")]
    [InlineData("&")]
    [InlineData("<!DOCTYPE a [")]
    [InlineData("<!ENTITY a \"")]
    [InlineData("<p>")]
    [InlineData("<a xmlns:b='c'>")]
    public void Endless_repetition_is_read_in_linear_time(string piece)
    {
        var text = "<rss><channel><title>" + string.Concat(Enumerable.Repeat(piece, (4 << 20) / piece.Length));
        var reading = FeedReader.Read(Encoding.UTF8.GetBytes(text));
        (reading is FeedReading.Found or FeedReading.NotAFeed).ShouldBeTrue();
    }
}
