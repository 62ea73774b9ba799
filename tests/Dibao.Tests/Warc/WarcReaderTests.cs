using System.Text;
using Dibao.Warc;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Warc;

public class WarcReaderTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 6, 0, 0, 123, TimeSpan.Zero);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Records_come_back_with_their_offsets(bool compressed)
    {
        var file = File(compressed, "first", "第二", new string('x', 700_000));

        var entries = new WarcReader(new MemoryStream(file)).ReadAll().ToList();

        entries.Select(e => e.Damage).ShouldAllBe(damage => damage == null);
        entries.Select(e => Encoding.UTF8.GetString(e.Record!.Payload.Span)).ShouldBe(["first", "第二", new string('x', 700_000)]);
        entries[1].Offset.ShouldBe(entries[0].Length);
        entries[2].Offset.ShouldBe(entries[0].Length + entries[1].Length);
        entries.ShouldAllBe(e => e.Record!.Fault() == null);
        entries[0].Record!.Date.ShouldBe(At);
        entries[0].Record!.TargetUri.ShouldBe("https://example.org/a");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Any_cut_ends_in_a_damage_that_names_its_offset(bool compressed)
    {
        var file = File(compressed, "one", "two");
        var second = new WarcReader(new MemoryStream(file)).ReadAll().First().Length;
        for (var length = second + 1; length < file.Length; length++)
        {
            var entries = new WarcReader(new MemoryStream(file, 0, (int)length)).ReadAll().ToList();
            entries.Count.ShouldBe(2);
            entries[1].Damage.ShouldNotBeNull();
            entries[1].Offset.ShouldBe(second);
        }
    }

    [Fact]
    public void A_changed_payload_contradicts_its_digests()
    {
        var bytes = Encoding.UTF8.GetString(Record("the words").ToBytes()).Replace("the words", "two words", StringComparison.Ordinal);
        var record = WarcRecord.Read(Encoding.UTF8.GetBytes(bytes)).ShouldBeOfType<WarcReading.Complete>().Record;
        record.Fault().ShouldNotBeNull().ShouldContain("WARC-Block-Digest");
    }

    [Fact]
    public void Digests_of_other_writers_are_understood()
    {
        // SHA-1 of "abc", base32 as most crawlers write it (FIPS 180-4 example).
        var text = "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n" +
            "WARC-Block-Digest: sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n";
        var good = WarcRecord.Read(Encoding.ASCII.GetBytes(text)).ShouldBeOfType<WarcReading.Complete>().Record;
        good.Fault().ShouldBeNull();
        var bad = WarcRecord.Read(Encoding.ASCII.GetBytes(text.Replace("abc\r\n", "abd\r\n", StringComparison.Ordinal)));
        bad.ShouldBeOfType<WarcReading.Complete>().Record.Fault().ShouldNotBeNull();
    }

    [Theory]
    [InlineData("WARC/1.1\r\nWARC-Type: x\r\n\r\n", "Content-Length")]
    [InlineData("WARC/1.1\r\nContent-Length: 9999999999999\r\n\r\n", "claims")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", "WARC/")]
    [InlineData("WARC/1.1\r\nno name\r\n\r\n", "without a name")]
    [InlineData("WARC/1.1\r\nContent-Length: 1\r\n\r\nabcdef", "line ends")]
    public void What_is_no_record_is_said_to_be_none(string text, string why) =>
        WarcRecord.Read(Encoding.ASCII.GetBytes(text)).ShouldBeOfType<WarcReading.Damaged>().Reason.ShouldContain(why);

    [Fact]
    public void A_header_cannot_be_broken_out_of() =>
        Should.Throw<ArgumentException>(() => new WarcHeaders().Add("WARC-Target-URI", "https://example.org/\r\nWARC-Type: response"));

    private static WarcRecord Record(string body)
    {
        var head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n";
        var headers = new WarcHeaders()
            .Add("WARC-Type", "response")
            .Add("WARC-Record-ID", WarcRecord.NewId())
            .Add("WARC-Date", WarcRecord.FormatDate(At))
            .Add("WARC-Target-URI", "https://example.org/a")
            .Add("WARC-Payload-Digest", WarcDigest.Of(Encoding.UTF8.GetBytes(body)))
            .Add("Content-Type", "application/http; msgtype=response");
        return WarcRecord.Create(headers, Encoding.UTF8.GetBytes(head + body));
    }

    private static byte[] File(bool compressed, params string[] bodies) =>
        [.. bodies.SelectMany(body => compressed ? GzipMember.Compress(Record(body).ToBytes()) : Record(body).ToBytes())];
}
