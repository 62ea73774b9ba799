using System.Text;
using Dibao.Capture;
using Dibao.Capture.Import;
using Dibao.Tests.Keep;
using Dibao.Tests.Warc;
using Dibao.Warc;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Import;

/// <summary>WARC and WACZ files of other writers.</summary>
public sealed class WarcImportTests : IDisposable
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n";

    private static readonly byte[] Page = Encoding.UTF8.GetBytes("<!doctype html><title>桥</title><p>河湾的桥在晨雾里显得很长。</p>");

    private readonly string folder = Directory.CreateTempSubdirectory("dibao-warc-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("1.warc.gz", "2.warc.gz")] // the original first
    [InlineData("2.warc.gz", "1.warc.gz")] // the revisit first
    [InlineData("1.warc.gz", "1.warc.gz")] // both in one file
    public void A_revisit_has_the_body_of_its_original_wherever_in_the_set_that_is(string original, string revisit)
    {
        Append(original, Response(1, "https://hewan.example/a", Page));
        Append(revisit, Revisit(2, "https://hewan.example/b", 1, "https://hewan.example/a"));

        var pages = Read(folder).OfType<ImportItem.Ready>().ToList();

        pages.Select(page => page.Bundle.Url).Order().ShouldBe(["https://hewan.example/a", "https://hewan.example/b"]);
        pages.ShouldAllBe(page => page.Bundle.Exchanges[0].Body.ToArray().SequenceEqual(Page));
    }

    [Fact]
    public void A_revisit_is_found_by_address_and_date_and_by_digest_as_well()
    {
        Append("1.warc", Response(1, "https://hewan.example/a", Page), compressed: false);
        foreach (var (n, left) in ((int, string[])[])[(2, ["WARC-Refers-To"]), (3, ["WARC-Refers-To", "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date"])])
        {
            var text = Encoding.UTF8.GetString(Revisit(n, $"https://hewan.example/{n}", 1, "https://hewan.example/a"));
            foreach (var field in left) text = System.Text.RegularExpressions.Regex.Replace(text, $"{field}: .*\r\n", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
            Append("1.warc", Encoding.UTF8.GetBytes(text), compressed: false);
        }

        Read(Path.Combine(folder, "1.warc")).OfType<ImportItem.Ready>().Count(page => page.Bundle.Exchanges[0].Body.Length == Page.Length).ShouldBe(3);
    }

    [Fact]
    public void A_revisit_of_what_is_not_there_is_refused_with_its_place()
    {
        Append("1.warc.gz", Response(1, "https://hewan.example/a", Page));
        var at = new FileInfo(Path.Combine(folder, "1.warc.gz")).Length;
        Append("1.warc.gz", Revisit(2, "https://hewan.example/b", 9, "https://hewan.example/nowhere", "another"u8.ToArray()));

        var refused = Read(folder).OfType<ImportItem.Refused>().ShouldHaveSingleItem();

        refused.Path.ShouldBe($"1.warc.gz at byte {at}");
        refused.Reason.ShouldContain("in none of the files");
    }

    [Fact]
    public void Chunks_that_a_writer_kept_are_undone_whichever_way_it_took_the_digest()
    {
        var chunked = Encoding.Latin1.GetBytes("5\r\n<p>ab\r\n3;x=1\r\ncd!\r\n0\r\n\r\n");
        foreach (var (n, digest) in ((int, string)[])[(1, WarcDigest.Of(chunked)), (2, WarcDigest.Of("<p>abcd!"u8))])
        {
            Append("1.warc.gz", Response(n, $"https://hewan.example/{n}", chunked, "Transfer-Encoding: chunked\r\n", digest));
        }

        var pages = Read(folder).OfType<ImportItem.Ready>().ToList();

        pages.Count.ShouldBe(2);
        foreach (var page in pages)
        {
            Encoding.ASCII.GetString(page.Bundle.Exchanges[0].Body.Span).ShouldBe("<p>abcd!");
            Encoding.ASCII.GetString(page.Bundle.Exchanges[0].ResponseHead.Span).ShouldContain("x-orig-transfer-encoding: chunked");
        }
    }

    [Fact]
    public async Task A_package_imports_as_what_it_was_exported_from()
    {
        await using var test = TestArchive.New();
        for (var n = 1; n <= 3; n++) await test.Keep(TestArchive.Page(n));
        await test.Keep(TestArchive.Page(2, minutes: 60) with { Url = "https://hewan.example/copy" });
        var file = Path.Combine(folder, "all.wacz");
        await using (var output = File.Create(file)) Dibao.Publish.Export.WaczExport.Write(test.Archive.Reader, test.Catalogue.All(), "everything", null, output, Cancel);

        var items = Read(file);

        items.OfType<ImportItem.Refused>().ShouldBeEmpty();
        items.OfType<ImportItem.Ready>().Count().ShouldBe(4);
    }

    [Fact]
    public void A_package_that_is_not_what_it_says_is_refused_as_a_whole()
    {
        var file = Path.Combine(folder, "bad.wacz");
        File.WriteAllBytes(file, WaczSample.Changed(WaczSample.Package(), files => files["pages/pages.jsonl"][^3] ^= 1));

        var items = Read(file);

        items.ShouldHaveSingleItem().ShouldBeOfType<ImportItem.Refused>().Reason.ShouldContain("its digest is another; nothing of the package is imported");
    }

    private static List<ImportItem> Read(string path) => [.. new ImportReader(path, new(), TimeProvider.System).Read(Cancel)];

    private void Append(string file, byte[] record, bool compressed = true) =>
        File.AppendAllBytes(Path.Combine(folder, file), compressed ? GzipMember.Compress(record) : record);

    private static byte[] Response(int n, string url, byte[] body, string more = "", string? digest = null) => WarcRecord.Create(
        Fields(n, "response", url).Add("WARC-Payload-Digest", digest ?? WarcDigest.Of(body)), Encoding.ASCII.GetBytes($"{Head}{more}\r\n").Concat(body).ToArray()).ToBytes();

    private static byte[] Revisit(int n, string url, int original, string originalUrl, byte[]? body = null) => WarcRecord.Create(
        Fields(n, "revisit", url)
            .Add("WARC-Payload-Digest", WarcDigest.Of(body ?? Page))
            .Add("WARC-Profile", WarcSample.Identical)
            .Add("WARC-Refers-To", WarcSample.IdOf(original))
            .Add("WARC-Refers-To-Target-URI", originalUrl)
            .Add("WARC-Refers-To-Date", WarcRecord.FormatDate(WarcSample.At.AddMinutes(original))), Encoding.ASCII.GetBytes($"{Head}\r\n")).ToBytes();

    private static WarcHeaders Fields(int n, string type, string url) => new WarcHeaders()
        .Add("WARC-Type", type)
        .Add("WARC-Record-ID", WarcSample.IdOf(n))
        .Add("WARC-Date", WarcRecord.FormatDate(WarcSample.At.AddMinutes(n)))
        .Add("WARC-Target-URI", url)
        .Add("Content-Type", "application/http; msgtype=response");
}
