using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Dibao.Find;
using Dibao.Publish;
using Dibao.Publish.Export;
using Dibao.Tests.Keep;
using Dibao.Warc;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Publish;

public class ExportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Json_lines_hold_each_article_with_all_its_wordings()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        await test.Keep(TestArchive.Page(2));
        await test.Keep(TestArchive.Page(1, "仪式因大风改到下午，渡船照常开行到傍晚六点。", minutes: 30));

        var lines = JsonLines(test, new());

        lines.Count.ShouldBe(2);
        var first = lines[0];
        first.GetProperty("title").GetString().ShouldBe("第1座桥今天通车");
        first.GetProperty("url").GetString().ShouldBe("https://hewan.example/news/1");
        first.GetProperty("published").GetString().ShouldBe("2026-11-20T07:01:00.000Z");
        first.GetProperty("text").GetString()!.ShouldContain("仪式因大风");
        first.GetProperty("html").GetString()!.ShouldStartWith("<p>");
        first.GetProperty("markdown").GetString()!.ShouldContain("仪式因大风");
        first.GetProperty("state").GetString().ShouldBe("live");
        var versions = first.GetProperty("versions").EnumerateArray().ToList();
        versions.Count.ShouldBe(2);
        versions[0].GetProperty("text").GetString()!.ShouldContain("通车仪式在雨中举行");
        versions[1].TryGetProperty("text", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_query_and_an_outlet_choose_what_is_exported()
    {
        await using var test = TestArchive.New();
        for (var n = 1; n <= 130; n++) await test.Keep(TestArchive.Page(n, n % 2 == 0 ? "灯塔昨夜熄了两次，值班的人没有离开。" : null));
        await test.Keep(PublishedFolder.Of(TestArchive.Page(200, "灯塔的钟声传到对岸，渔船陆续回港。"), "estuary"));
        var query = SearchQuery.Parse("灯塔").ShouldBeOfType<QueryReading.Parsed>().Query;

        JsonLines(test, new() { Outlet = "estuary" }).Count.ShouldBe(1);
        JsonLines(test, new() { Query = query }).Count.ShouldBe(66);
        JsonLines(test, new() { Query = query, Outlet = "hewan" }).Select(line => line.GetProperty("id").GetInt64()).Distinct().Count().ShouldBe(65);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-2, \"甲\"", "\"'-2, \"\"甲\"\"\"")]
    [InlineData("桥, \"新\"", "\"桥, \"\"新\"\"\"")]
    [InlineData("桥", "桥")]
    public async Task Csv_cells_are_quoted_and_no_formula_runs(string title, string cell)
    {
        await using var test = TestArchive.New();
        await test.Keep(TitledPage(title));

        var lines = Encoding.UTF8.GetString(Exported(test, CsvExport.Write)).Split("\r\n");

        lines[0].ShouldBe("id,outlet,title,url,authors,published,captured,lastCaptured,state,language,versions,textLength");
        lines[1].ShouldStartWith($"1,hewan,{cell},https://hewan.example/news/1,");
        lines[2].ShouldBe("");
    }

    [Fact]
    public async Task Markdown_files_carry_front_matter_that_no_title_can_leave()
    {
        await using var test = TestArchive.New();
        await test.Keep(TitledPage("桥\"\n---\n: [新]"));
        using var folder = new PublishedFolder();
        var target = folder.PathOf("out");

        MarkdownExport.WriteFolder(test.Archive.Reader, test.Catalogue.All(), target, Cancel).ShouldBe(1);

        var text = await File.ReadAllTextAsync(Path.Combine(target, "hewan/2026-11-20-1048575.md"), Cancel);
        text.ShouldStartWith("---\ntitle: \"桥\\\" --- : [新]\"\nfrom: \"https://hewan.example/news/1\"\noutlet: \"hewan\"\n");
        text.Split("\n---\n\n").Length.ShouldBe(2);
        Should.Throw<PublishException>(() => MarkdownExport.WriteFolder(test.Archive.Reader, test.Catalogue.All(), target, Cancel));
    }

    [Fact]
    public async Task A_zip_holds_the_same_files_as_the_folder()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        await test.Keep(TestArchive.Page(2));

        var bytes = Exported(test, MarkdownExport.WriteZip);

        using var zip = new ZipArchive(new MemoryStream(bytes));
        zip.Entries.Select(entry => entry.FullName).ShouldBe(["hewan/2026-11-20-1048575.md", "hewan/2026-11-20-1048574.md"]);
        using var reader = new StreamReader(zip.Entries[0].Open());
        (await reader.ReadToEndAsync(Cancel)).ShouldContain("河湾的第1座桥今天通车");
    }

    [Fact]
    public async Task A_warc_is_whole_and_its_revisits_find_what_they_refer_to()
    {
        await using var test = TestArchive.New();
        for (var n = 1; n <= 3; n++) await test.Keep(TestArchive.Page(n));
        await test.Keep(TestArchive.Page(2, minutes: 60));
        // The same bytes under another address: its revisit refers to a capture outside the selection.
        await test.Keep(PublishedFolder.Of(TestArchive.Page(3, minutes: 90) with { Url = "https://estuary.example/copy" }, "estuary"));

        var all = Records(Exported(test, Warc));
        var outside = Records(Exported(test, (archive, _, output, cancel) =>
            WarcExport.Write(archive, new ExportSelection { Outlet = "estuary" }.Of(archive), "outlet estuary", output, cancel)));

        all[0].Type.ShouldBe("warcinfo");
        all.Count(record => record.Type == "response").ShouldBe(3);
        all.Count(record => record.Type == "revisit").ShouldBe(2);
        foreach (var records in new[] { all, outside })
        {
            records.ShouldAllBe(record => record.Fault() == null);
            records.Select(record => record.Id).ShouldBeUnique();
            for (var i = 0; i < records.Count; i++)
            {
                if (records[i].Type == "revisit") records.Take(i).ShouldContain(record => record.Id == records[i].Headers["WARC-Refers-To"]);
            }
        }
        outside.Count(record => record.Type == "revisit").ShouldBe(1);
        Encoding.UTF8.GetString(outside[0].Block.Span).ShouldContain("export of outlet estuary\r\n");
    }

    [Fact]
    public async Task An_exported_warc_imports_as_the_same_articles()
    {
        await using var test = TestArchive.New();
        for (var n = 1; n <= 3; n++) await test.Keep(TestArchive.Page(n));
        using var folder = new PublishedFolder();
        var file = folder.PathOf("all.warc.gz");
        await File.WriteAllBytesAsync(file, Exported(test, Warc), Cancel);
        await using var fresh = TestArchive.New();

        await PublishRunTests.ImportAsync(fresh.Archive, file);

        fresh.Catalogue.All().Select(article => (article.Url, article.Current.Title)).Order()
            .ShouldBe(test.Catalogue.All().Select(article => (article.Url, article.Current.Title)).Order());
    }

    [Fact]
    public async Task The_same_archive_exports_the_same_bytes()
    {
        await using var test = TestArchive.New();
        for (var n = 1; n <= 3; n++) await test.Keep(TestArchive.Page(n));

        foreach (var write in (Exporter[])[JsonLinesExport.Write, CsvExport.Write, MarkdownExport.WriteZip, CdxjExport.Write, Warc, Wacz])
        {
            Exported(test, write).ShouldBe(Exported(test, write));
        }
    }

    [Fact]
    public async Task A_package_is_sound_signed_and_holds_the_originals_of_its_revisits()
    {
        await using var test = TestArchive.New();
        for (var n = 1; n <= 2; n++) await test.Keep(TestArchive.Page(n));
        await test.Keep(TestArchive.Page(1, "仪式因大风改到下午，渡船照常开行到傍晚六点。", minutes: 30));
        await test.Keep(PublishedFolder.Of(TestArchive.Page(2, minutes: 90) with { Url = "https://estuary.example/copy" }, "estuary"));
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384);
        var bytes = Exported(test, (archive, _, output, cancel) =>
            WaczExport.Write(archive, new ExportSelection { Outlet = "estuary" }.Of(archive), "outlet estuary", key, output, cancel));

        using var package = WaczFile.Open("a.wacz", new MemoryStream(bytes), new(), Cancel);

        package.Reading.Faults.ShouldBeEmpty();
        package.Reading.Signer.ShouldNotBeNull();
        using var warc = package.OpenWarc("archive/data.warc.gz");
        var check = new WarcCheck();
        check.Check("data.warc.gz", warc, Cancel).Concat(check.Finish()).ShouldBeEmpty();
        using var zip = new ZipArchive(new MemoryStream(Exported(test, Wacz)));
        using var pages = new StreamReader(zip.GetEntry("pages/pages.jsonl")!.Open());
        (await pages.ReadToEndAsync(Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(line => JsonElement.Parse(line).GetProperty("id").GetString())
            .ShouldBe(["a1-1", "a1-2", "a2-1"]);
    }

    [Fact]
    public async Task An_export_holds_no_credential_that_a_request_was_sent_with()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://hewan.example/news/9");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer secret-word");
        request.Headers.TryAddWithoutValidation("Cookie", "session=secret-word");
        var page = TestArchive.Page(9);
        await test.Keep(page with { Exchanges = [page.Exchanges[0] with { RequestHead = HttpHead.Kept(HttpHead.Written(request, request.RequestUri!), FetchProfile.Standard) }] });

        foreach (var record in Records(Exported(test, Warc)))
        {
            Encoding.UTF8.GetString(record.ToBytes()).ShouldNotContain("secret-word");
        }
    }

    [Fact]
    public async Task An_index_of_the_segments_finds_each_record_in_them()
    {
        await using var test = TestArchive.New();
        for (var n = 1; n <= 3; n++) await test.Keep(TestArchive.Page(n));
        var index = new CdxjFile(new MemoryStream(Exported(test, CdxjExport.Write)));

        var entry = index.Find("example,hewan)/news/2").ShouldHaveSingleItem();

        var segment = await File.ReadAllBytesAsync(test.OpenSegment, Cancel);
        GzipMember.Read(segment.AsSpan((int)entry.Offset, (int)entry.Length), 1 << 20).ShouldBeOfType<GzipReading.Complete>();
        test.OpenSegment.ShouldContain(entry.FileName);
    }

    [Fact]
    public async Task An_empty_archive_exports_a_valid_warc_with_nothing_in_it()
    {
        await using var test = TestArchive.New();
        Records(Exported(test, Warc)).ShouldHaveSingleItem().Type.ShouldBe("warcinfo");
    }

    private delegate long Exporter(ArchiveReader archive, IEnumerable<Article> articles, Stream output, CancellationToken cancel);

    private static long Warc(ArchiveReader archive, IEnumerable<Article> articles, Stream output, CancellationToken cancel) =>
        WarcExport.Write(archive, articles, "everything", output, cancel);

    private static long Wacz(ArchiveReader archive, IEnumerable<Article> articles, Stream output, CancellationToken cancel) =>
        WaczExport.Write(archive, articles, "everything", null, output, cancel);

    private static byte[] Exported(TestArchive test, Exporter write)
    {
        using var output = new MemoryStream();
        write(test.Archive.Reader, test.Catalogue.All(), output, Cancel);
        return output.ToArray();
    }

    private static List<JsonElement> JsonLines(TestArchive test, ExportSelection selection)
    {
        using var output = new MemoryStream();
        var count = JsonLinesExport.Write(test.Archive.Reader, selection.Of(test.Archive.Reader), output, Cancel);
        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n')[..^1].Select(line => JsonElement.Parse(line)).ToList();
        lines.Count.ShouldBe((int)count);
        return lines;
    }

    private static List<WarcRecord> Records(byte[] file)
    {
        var entries = new WarcReader(new MemoryStream(file)).ReadAll(0, Cancel).ToList();
        entries.ShouldAllBe(entry => entry.Damage == null);
        return [.. entries.Select(entry => entry.Record!)];
    }

    private static CaptureBundle TitledPage(string title) => TestArchive.Page(1, pageError: "no answer") with
    {
        Entry = TestArchive.EntryOf(1) with { Title = title },
    };
}
