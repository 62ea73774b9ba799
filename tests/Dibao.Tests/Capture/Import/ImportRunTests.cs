using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Dibao.Capture;
using Dibao.Capture.Import;
using Dibao.Find;
using Dibao.Keep;
using Dibao.Tests.Keep;
using Dibao.Tests.Specs;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Import;

public class ImportRunTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_import_of_the_same_files_finds_everything_there()
    {
        await using var test = TestArchive.New();
        var folder = Files(("articles/hewan/1048575.md", ArticleText(1)), ("articles/hewan/1048574.md", ArticleText(2)));

        var first = await ImportAsync(test, folder);
        var second = await ImportAsync(test, folder);

        first.ShouldBe(new ImportReport(2, 0, 0, 0, 0, 0, 0));
        second.ShouldBe(new ImportReport(0, 2, 0, 0, 0, 0, 0));
        test.Catalogue.Newest("hewan", null, 10).Articles.Select(a => a.Number).Order().ShouldBe([1048574, 1048575]);
        test.Catalogue.Counts().Captures.ShouldBe(2);
    }

    [Fact]
    public async Task A_changed_file_becomes_a_version_and_a_refused_one_is_named()
    {
        await using var test = TestArchive.New();
        await ImportAsync(test, Files(("1048575.md", ArticleText(1))));
        var refusals = new List<ImportItem.Refused>();

        var report = await ImportAsync(test, Files(("1048575.md", ArticleText(1).Replace("雨中", "室内")), ("letter.md", "Dear reader,\n")), refusals);

        report.Changed.ShouldBe(1);
        report.Refused.ShouldBe(1);
        refusals.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            refusal => refusal.Path.ShouldBe("letter.md"),
            refusal => refusal.Line.ShouldBe(1),
            refusal => refusal.Reason.ShouldContain("no article file"));
        test.Catalogue.Newest(null, null, 10).Articles.ShouldHaveSingleItem().VersionCount.ShouldBe(2);
    }

    [Theory]
    [InlineData(".zip")]
    [InlineData(".tar.gz")]
    public async Task Archives_are_read_as_folders_are_and_names_in_them_lead_nowhere(string kind)
    {
        await using var test = TestArchive.New();
        var path = Path.Combine(Directory.CreateTempSubdirectory("dibao-import-").FullName, "files" + kind);
        Pack(path, ("articles/hewan/1048575.md", ArticleText(1)), ("../../etc/pass\nwd.md", ArticleText(2)));

        var refusals = new List<ImportItem.Refused>();

        var report = await ImportAsync(test, path, refusals);

        refusals.ShouldBeEmpty();
        report.New.ShouldBe(2);
        var second = test.Catalogue.Article("https://hewan.example/news/2")!;
        var capture = test.Catalogue.Capture(second.Current.CaptureId)!;
        Encoding.UTF8.GetString(test.Archive.Reader.Original(capture)!.Bytes.Span).ShouldBe(ArticleText(2));
    }

    [Fact]
    public async Task A_cut_archive_ends_in_a_refusal_and_what_came_before_is_kept()
    {
        await using var test = TestArchive.New();
        var path = Path.Combine(Directory.CreateTempSubdirectory("dibao-import-").FullName, "files.tar.gz");
        Pack(path, [.. Enumerable.Range(1, 40).Select(n => ($"{n:D4}.md", ArticleText(n) + Noise(n)))]);
        var bytes = await File.ReadAllBytesAsync(path, Cancel);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)], Cancel);
        var refusals = new List<ImportItem.Refused>();

        var report = await ImportAsync(test, path, refusals);

        report.New.ShouldBeGreaterThan(5);
        refusals.ShouldContain(refusal => refusal.Reason.Contains("damaged", StringComparison.Ordinal) || refusal.Reason.Contains("cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lists_without_their_articles_become_known_and_are_captured_later()
    {
        await using var test = TestArchive.New();
        var list = "河湾日报\n------\n\n10-17 [第1座桥今天通车](https://hewan.example/news/1)\n10-18 [第2座桥今天通车](https://hewan.example/news/2)\n";

        (await ImportAsync(test, Files(("lists/hewan.md", list)))).Known.ShouldBe(2);
        test.Catalogue.Article("https://hewan.example/news/1")!.State.ShouldBe(ArticleState.Known);

        (await test.Keep(TestArchive.Page(1))).Change.ShouldBe(ArticleChange.New);
        var article = test.Catalogue.Article("https://hewan.example/news/1")!;
        article.State.ShouldBe(ArticleState.Live);
        article.VersionCount.ShouldBe(1);
    }

    [Fact]
    public async Task OPML_adds_its_feeds()
    {
        await using var test = TestArchive.New();
        var opml = "<opml version=\"2.0\"><body><outline text=\"河湾日报\" xmlUrl=\"https://hewan.example/rss.xml\" htmlUrl=\"https://hewan.example/\"/></body></opml>";
        (await ImportAsync(test, Files(("feeds.opml", opml)))).Sources.ShouldBe(1);
        (await ImportAsync(test, Files(("feeds.opml", opml)))).Sources.ShouldBe(0);
        test.Archive.Reader.Sources().ShouldHaveSingleItem().Source.Url.ShouldBe("https://hewan.example/rss.xml");
    }

    [Fact]
    public async Task The_segments_of_one_archive_import_into_another()
    {
        await using var from = TestArchive.New();
        foreach (var n in Enumerable.Range(1, 5)) await from.Keep(TestArchive.Page(n));
        await using var to = TestArchive.New();
        var warc = Path.Combine(Directory.CreateTempSubdirectory("dibao-import-").FullName, "pages.warc.gz");
        File.Copy(from.OpenSegment, warc);

        var report = await ImportAsync(to, warc);

        report.New.ShouldBe(5);
        to.Catalogue.Article("https://hewan.example/news/3")!.Current.Captured.ShouldBe(TestArchive.Start);
        (await ImportAsync(to, warc)).AlreadyThere.ShouldBe(5);
    }

    [Fact]
    public async Task The_seeds_are_read_as_a_reader_would_want_them()
    {
        await using var test = TestArchive.New();

        (await ImportAsync(test, Checkout.Shared("seeds"))).New.ShouldBe(2);

        var article = Find(test, "张又侠").ShouldHaveSingleItem();
        Find(test, "普京 卫星").ShouldContain(found => found.Id == article.Id);
        Find(test, "李尚福訪莫斯科").ShouldHaveSingleItem().Id.ShouldNotBe(article.Id);
        article.Current.Published.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(1699460101000));
        article.Current.Language.ShouldBe("zh-Hans");
        article.Current.Standfirst.ShouldNotBeNull().ShouldStartWith("俄罗斯总统普京");
        article.Current.LeadImage.ShouldNotBeNull();
        var body = test.Catalogue.Body(article.Current.Id);
        body.Text.Split("\n\n").Length.ShouldBe(7);
        foreach (var clutter in (string[])["分享 :", "selfpromo", "share-button", "facebook", "08/11/2023"]) body.Html.ShouldNotContain(clutter);
    }

    [Theory]
    [InlineData("corpus/cdt")]
    [InlineData("corpus/jekyll.tar.gz")]
    public async Task Whole_archives_are_taken_in_and_every_refusal_is_explained(string corpus)
    {
        var files = FilesIn(Checkout.Shared(corpus));
        await using var test = TestArchive.New();
        var refusals = new List<ImportItem.Refused>();

        var report = await ImportAsync(test, Checkout.Shared(corpus), refusals);

        report.Seen.ShouldBe(files);
        refusals.ShouldAllBe(refusal => refusal.Reason.Length > 10 && refusal.Path.Length > 0);
        (report.New + report.Changed + report.AlreadyThere).ShouldBeGreaterThanOrEqualTo(files * 99 / 100);
        var empty = test.Catalogue.All().Count(article => test.Catalogue.Body(article.Current.Id).Text.Length == 0);
        empty.ShouldBeLessThan(files / 50, "articles without text");
    }

    // Counted on the spot: the shared folder is not ours, and what lies in it changes.
    private static int FilesIn(string path)
    {
        if (Directory.Exists(path)) return Directory.GetFiles(path, "*", SearchOption.AllDirectories).Length;
        using var unpacked = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var tar = new TarReader(unpacked);
        var files = 0;
        while (tar.GetNextEntry() is { } entry) files += entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile ? 1 : 0;
        return files;
    }

    private static IReadOnlyList<Article> Find(TestArchive test, string words) => test.Catalogue.Articles(
        [.. test.Archive.Reader.Search.Search(SearchQuery.Parse(words).ShouldBeOfType<QueryReading.Parsed>().Query, new()).Hits.Select(hit => hit.ArticleId)]);

    private static Task<ImportReport> ImportAsync(TestArchive test, string path, List<ImportItem.Refused>? refusals = null) =>
        new ImportRun(test.Archive, new(path, new(), TimeProvider.System)).RunAsync(refusal => refusals?.Add(refusal), null, Cancel);

    private static string ArticleText(int n) =>
        $"<!--{TestArchive.Start.AddDays(-n).ToUnixTimeMilliseconds()}-->\n[第{n}座桥今天通车](https://hewan.example/news/{n})\n------\n\n" +
        $"<div><p>河湾的第{n}座桥今天通车，市民从清晨起就在桥头等候。</p><p>通车仪式在雨中举行，许多人撑着伞。</p></div>\n";

    // Bytes that gzip cannot shrink, so that a cut falls between files.
    private static string Noise(int seed)
    {
        var bytes = new byte[3000];
        new Random(seed).NextBytes(bytes);
        return $"<!-- {Convert.ToBase64String(bytes)} -->\n";
    }

    private static string Files(params (string Path, string Content)[] files)
    {
        var folder = Directory.CreateTempSubdirectory("dibao-import-").FullName;
        foreach (var (path, content) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
            File.WriteAllText(Path.Combine(folder, path), content);
        }
        return folder;
    }

    private static void Pack(string path, params (string Path, string Content)[] files)
    {
        if (path.EndsWith(".zip", StringComparison.Ordinal))
        {
            using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
            return;
        }
        using var tar = new TarWriter(new GZipStream(File.Create(path), CompressionLevel.Optimal));
        foreach (var (name, content) in files)
        {
            tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
        }
    }
}
