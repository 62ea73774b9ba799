using System.Text;
using Dibao.Warc;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Warc;

public class CdxjTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void An_index_lists_what_can_be_asked_for_and_where_it_lies()
    {
        var records = WarcSample.Records();
        var file = WarcSample.Compressed(records);

        var entries = CdxIndexer.Index(new MemoryStream(file), "sample.warc.gz", Cancel).ToList();

        entries.Select(entry => entry.Mime).ShouldBe(["text/html", "warc/revisit", "text/plain", "text/plain", "text/html", null]);
        var page = entries[0];
        page.Key.ShouldBe("example,hewan)/bridge");
        page.Timestamp.ShouldBe("20261122060000");
        page.Status.ShouldBe("200");
        page.Digest!.Length.ShouldBe(64);
        foreach (var entry in entries)
        {
            var member = file.AsMemory((int)entry.Offset, (int)entry.Length);
            GzipMember.Read(member.Span, 1 << 20).ShouldBeOfType<GzipReading.Complete>().Length.ShouldBe(member.Length);
        }
    }

    [Fact]
    public void A_line_comes_back_as_it_was_written()
    {
        var entry = Entry(3) with { Url = "https://hewan.example/\"桥\"\\👍\u0001", Mime = null, Status = null };
        CdxEntry.TryParse(entry.ToString(), out var back, out _).ShouldBeTrue();
        back.ShouldBe(entry);
        entry.ToString().ShouldBe("example,hewan)/news/3 20261122000003 {\"url\":\"https://hewan.example/\\\"桥\\\"\\\\👍\\u0001\",\"digest\":\"abc\",\"length\":\"103\",\"offset\":\"3000\",\"filename\":\"a.warc.gz\"}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(700)]
    public void Every_key_of_a_file_is_found_and_no_other(int count)
    {
        var writer = new CdxjWriter();
        for (var n = 0; n < count; n++)
        {
            writer.Add(Entry(n));
            if (n % 7 == 0) writer.Add(Entry(n) with { Timestamp = "20270101000000" });
            if (n % 50 == 0) writer.Add(Entry(n) with { Key = Entry(n).Key + "?long", Url = Entry(n).Url + "?long", Digest = new string('x', 5000) });
        }
        using var file = new MemoryStream();
        writer.WriteTo(file);
        var index = new CdxjFile(file);

        for (var n = 0; n < count; n++) index.Find(Entry(n).Key).Select(entry => entry.Timestamp).ShouldBe(n % 7 == 0 ? [Entry(n).Timestamp, "20270101000000"] : [Entry(n).Timestamp]);
        foreach (var missing in (string[])["", "a", "example,hewan)/news", "example,hewan)/news/1x", "zz,last)/"]) index.Find(missing).ShouldBeEmpty();
        CdxjCheck.Check("index.cdxj", new MemoryStream(file.ToArray()), null, Cancel).ShouldBeEmpty();
    }

    private static CdxEntry Entry(int n) => new()
    {
        Key = $"example,hewan)/news/{n}",
        Timestamp = $"20261122{n:D6}",
        Url = $"https://hewan.example/news/{n}",
        Mime = "text/html",
        Status = "200",
        Digest = "abc",
        Length = 100 + n,
        Offset = n * 1000,
        FileName = "a.warc.gz",
    };
}
