using Dibao.Capture;
using Dibao.Capture.Import;
using Dibao.Publish;
using Dibao.Tests.Keep;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Publish;

public sealed class PublishRunTests : IDisposable
{
    private readonly PublishedFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_archive_becomes_article_files_lists_and_a_readme()
    {
        await using var test = await ArchiveOf(3);

        var report = folder.Publish(test.Archive);

        folder.Files().Keys.ShouldBe([
            ".dibao-publish.json", "README.md", "articles/hewan/1048573.md", "articles/hewan/1048574.md", "articles/hewan/1048575.md", "lists/hewan.md",
        ]);
        report.Files.ShouldBe(folder.Files().Keys);
        report.Written.ShouldBe(5);
        folder.Read("articles/hewan/1048575.md").ShouldStartWith("<!--1795158060000-->\n[第1座桥今天通车](https://hewan.example/news/1)\n------\n\n<p>");
        folder.Read("lists/hewan.md").ShouldBe(
            """
            河湾日报
            ------

            11-20 [第3座桥今天通车](/articles/hewan/1048573.md)

            11-20 [第2座桥今天通车](/articles/hewan/1048574.md)

            11-20 [第1座桥今天通车](/articles/hewan/1048575.md)

            """);
        folder.Read("README.md").ShouldContain("- [河湾日报](lists/hewan.md)\n");
    }

    [Fact]
    public async Task A_second_run_writes_nothing()
    {
        await using var test = await ArchiveOf(5);
        folder.Publish(test.Archive);
        var before = folder.Files();
        var times = before.Keys.ToDictionary(file => file, file => File.GetLastWriteTimeUtc(folder.PathOf(file)));

        var report = folder.Publish(test.Archive);

        report.Written.ShouldBe(0);
        report.Unchanged.ShouldBe(7);
        report.Removed.ShouldBe(0);
        folder.Files().ShouldBe(before);
        times.ShouldAllBe(time => File.GetLastWriteTimeUtc(folder.PathOf(time.Key)) == time.Value);
    }

    [Fact]
    public async Task A_changed_article_changes_its_file_and_nothing_else()
    {
        await using var test = await ArchiveOf(4);
        folder.Publish(test.Archive);
        var before = folder.Files();
        await test.Keep(TestArchive.Page(2, "仪式因大风改到下午，渡船照常开行到傍晚六点。", minutes: 30));

        var report = folder.Publish(test.Archive);

        report.Written.ShouldBe(1);
        Differing(before).ShouldBe(["articles/hewan/1048574.md"]);
        folder.Read("articles/hewan/1048574.md").ShouldContain("仪式因大风改到下午");
    }

    [Fact]
    public async Task A_new_article_changes_its_list_and_the_manifest_besides()
    {
        await using var test = await ArchiveOf(2);
        await test.Keep(PublishedFolder.Of(TestArchive.Page(7), "estuary", "Estuary"));
        folder.Publish(test.Archive);
        var before = folder.Files();
        await test.Keep(TestArchive.Page(3));

        folder.Publish(test.Archive);

        Differing(before).ShouldBe([".dibao-publish.json", "articles/hewan/1048573.md", "lists/hewan.md"]);
    }

    [Fact]
    public async Task Two_archives_of_the_same_captures_give_the_same_bytes()
    {
        using var other = new PublishedFolder();
        await using (var test = await ArchiveOf(3)) folder.Publish(test.Archive);
        await using (var test = await ArchiveOf(3)) other.Publish(test.Archive);

        other.Files().ShouldBe(folder.Files());
    }

    [Fact]
    public async Task Files_of_others_are_neither_replaced_nor_removed()
    {
        await using var test = await ArchiveOf(1);
        folder.Write("notes.txt", "mine");
        folder.Write("articles/hewan/draft.md", "mine as well");

        folder.Publish(test.Archive);
        folder.Publish(test.Archive);

        folder.Read("notes.txt").ShouldBe("mine");
        folder.Read("articles/hewan/draft.md").ShouldBe("mine as well");
    }

    [Fact]
    public async Task A_file_that_stands_in_the_way_stops_the_run_before_anything_is_written()
    {
        await using var test = await ArchiveOf(1);
        folder.Write("README.md", "mine");

        Should.Throw<PublishException>(() => folder.Publish(test.Archive)).Message.ShouldContain("README.md");
        folder.Files().Keys.ShouldBe(["README.md"]);

        folder.Publish(test.Archive, overwrite: true);
        folder.Read("README.md").ShouldContain("lists/hewan.md");
    }

    [Fact]
    public async Task What_no_longer_belongs_is_removed_with_its_folder()
    {
        await using (var test = await ArchiveOf(1))
        {
            await test.Keep(PublishedFolder.Of(TestArchive.Page(9), "estuary"));
            folder.Publish(test.Archive);
        }
        await using var without = await ArchiveOf(1);

        var report = folder.Publish(without.Archive);

        report.RemovedFiles.ShouldBe(["articles/estuary/1048575.md", "lists/estuary.md"]);
        Directory.Exists(folder.PathOf("articles/estuary")).ShouldBeFalse();
        folder.Read(".dibao-publish.json").ShouldNotContain("estuary");
    }

    [Theory]
    [InlineData("""{"format":1,"files":["../outside.md"]}""")]
    [InlineData("""{"format":1,"files":["articles/../../outside.md"]}""")]
    [InlineData("""{"format":1,"files":["/etc/outside.md"]}""")]
    [InlineData("""{"format":1,"files":["articles/a\\b/outside.md"]}""")]
    [InlineData("""{"format":1,"files":[".git/config"]}""")]
    [InlineData("""{"format":1,"files":[null]}""")]
    [InlineData("""{"format":2,"files":[]}""")]
    [InlineData("[]")]
    [InlineData("not JSON")]
    public async Task A_manifest_that_we_could_not_have_written_is_refused(string manifest)
    {
        await using var test = await ArchiveOf(1);
        folder.Write(".dibao-publish.json", manifest);

        Should.Throw<PublishException>(() => folder.Publish(test.Archive)).Message.ShouldContain("--overwrite");
        folder.Files().Keys.ShouldBe([".dibao-publish.json"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/public")]
    public async Task The_archives_own_folder_is_not_published_into(string within)
    {
        await using var test = await ArchiveOf(1);
        Should.Throw<PublishException>(() => new PublishRun(test.Archive.Reader, test.Folder + within).Run(null, CancellationToken.None))
            .Message.ShouldContain("outside");
    }

    [Fact]
    public async Task A_link_in_the_place_of_a_folder_is_not_followed()
    {
        using var elsewhere = new PublishedFolder();
        await using var test = await ArchiveOf(1);
        Directory.CreateSymbolicLink(folder.PathOf("articles"), elsewhere.Root);

        Should.Throw<PublishException>(() => folder.Publish(test.Archive)).Message.ShouldContain("symbolic link");
        elsewhere.Files().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_article_that_is_only_known_is_listed_by_its_own_address_and_has_no_file()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1) with { Kind = CaptureKind.Known, Exchanges = [] });

        folder.Publish(test.Archive);

        folder.Files().Keys.ShouldBe([".dibao-publish.json", "README.md", "lists/hewan.md"]);
        folder.Read("lists/hewan.md").ShouldContain("[第1座桥今天通车](https://hewan.example/news/1)");
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../../outside")]
    [InlineData("/etc")]
    [InlineData(".git")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("con")]
    [InlineData("com1.txt")]
    [InlineData("UPPER")]
    [InlineData("a\nb")]
    [InlineData(" ")]
    [InlineData("河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾河湾")]
    public async Task A_hostile_slug_gets_a_safe_folder_that_stays_the_same(string slug)
    {
        await using var test = TestArchive.New();
        await test.Keep(PublishedFolder.Of(TestArchive.Page(1), slug, "**名**](x)\n# 乙"));

        folder.Publish(test.Archive);

        var name = Path.GetFileNameWithoutExtension(Directory.GetFiles(folder.PathOf("lists")).ShouldHaveSingleItem());
        name.ShouldMatch("^outlet-[0-9a-f]{16}$");
        folder.Files().Keys.ShouldBe([".dibao-publish.json", "README.md", $"articles/{name}/1048575.md", $"lists/{name}.md"]);
        folder.Read("README.md").ShouldEndWith($"\n- [\\*\\*名\\*\\*\\](x) # 乙](lists/{name}.md)\n");
        folder.Publish(test.Archive).Written.ShouldBe(0);
    }

    [Fact]
    public async Task A_published_folder_imports_into_a_fresh_archive_as_it_was()
    {
        await using var test = await ArchiveOf(12);
        await test.Keep(PublishedFolder.Of(TestArchive.Page(40), "estuary.example"));
        folder.Publish(test.Archive);
        await using var fresh = TestArchive.New();
        using var again = new PublishedFolder();

        var report = await ImportAsync(fresh.Archive, folder.Root);

        report.Refused.ShouldBe(0);
        report.New.ShouldBe(13);
        Facts(fresh).ShouldBe(Facts(test));
        again.Publish(fresh.Archive);
        var files = folder.Files().Where(file => file.Key.StartsWith("articles/", StringComparison.Ordinal));
        again.Files().Where(file => file.Key.StartsWith("articles/", StringComparison.Ordinal)).ShouldBe(files);
    }

    [Fact]
    public async Task A_run_that_was_stopped_is_gone_on_with_as_our_own()
    {
        await using var test = await ArchiveOf(4);
        using var stop = new CancellationTokenSource();
        var stopping = new Stopping(stop);

        Should.Throw<OperationCanceledException>(() => new PublishRun(test.Archive.Reader, folder.Root).Run(stopping, stop.Token));
        Directory.GetFiles(folder.PathOf("articles/hewan")).ShouldHaveSingleItem();

        var report = folder.Publish(test.Archive);
        report.Written.ShouldBe(5);
        folder.Files().Keys.ShouldBe(report.Files);
    }

    [Fact]
    public async Task Lead_image_and_standfirst_are_in_the_file_and_are_read_out_of_it_again()
    {
        const string File = "<!--1763625600000-->\n[渡船加开夜班](https://hewan.example/news/81)\n------\n\n"
            + "<img src=\"https://hewan.example/i/ferry.jpg?a=1&amp;b=2\"><p><strong>河湾的渡船从下月起开到午夜，票价不变，南岸的居民等了十年 &amp; 三个月。</strong></p>"
            + "<p>渡船公司昨天宣布，末班船由晚上九点改到午夜十二点，周末加开两班。</p><p>船长周渡人说，人手已经招齐，船也在秋天修过。</p>\n";
        using var source = new PublishedFolder();
        source.Write("articles/hewan/1048575.md", File);
        await using var test = TestArchive.New();
        await ImportAsync(test.Archive, source.Root);

        folder.Publish(test.Archive);

        var version = test.Catalogue.All().ShouldHaveSingleItem().Current;
        version.LeadImage.ShouldBe("https://hewan.example/i/ferry.jpg?a=1&b=2");
        version.Standfirst.ShouldBe("河湾的渡船从下月起开到午夜，票价不变，南岸的居民等了十年 & 三个月。");
        folder.Read("articles/hewan/1048575.md").ShouldBe(File);
    }

    internal static Task<ImportReport> ImportAsync(Archive archive, string path, OutletName? outlet = null) =>
        new ImportRun(archive, new ImportReader(path, new() { Outlet = outlet }, TimeProvider.System)).RunAsync(_ => { }, null, CancellationToken.None);

    private static IEnumerable<(string, string, string, DateTimeOffset?, int)> Facts(TestArchive test) => test.Catalogue.All()
        .Select(article => (article.Outlet.Slug, article.Url, article.Current.Title, article.Current.Published, article.Number))
        .Order();

    private static async Task<TestArchive> ArchiveOf(int pages)
    {
        var test = TestArchive.New();
        for (var n = 1; n <= pages; n++) await test.Keep(TestArchive.Page(n));
        return test;
    }

    private IEnumerable<string> Differing(IReadOnlyDictionary<string, string> before) =>
        folder.Files().Where(file => before.GetValueOrDefault(file.Key) != file.Value).Select(file => file.Key);

    private sealed class Stopping(CancellationTokenSource stop) : IProgress<PublishProgress>
    {
        public void Report(PublishProgress value) => stop.Cancel();
    }
}
