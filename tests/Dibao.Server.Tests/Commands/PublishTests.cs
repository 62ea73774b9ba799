using System.IO.Compression;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Commands;

public class PublishTests
{
    [Fact]
    public async Task Imported_files_are_published_as_they_were_and_committed_once()
    {
        using var folder = new TestFolder();
        await ImportAsync(folder, 3);
        var target = Path.Combine(folder.Path, "public");

        var first = await DibaoProcess.RunAsync(folder.Data, ["publish", target, "--git", "--json"]);
        var second = await DibaoProcess.RunAsync(folder.Data, ["publish", target, "--git"]);

        first.Code.ShouldBe(0, first.Error);
        first.Json(0).GetProperty("written").GetInt32().ShouldBe(5);
        first.Json(0).GetProperty("commit").GetString().ShouldBe("3 new, 0 changed");
        second.Lines.ShouldBe([$"{target}: 0 files written, 5 unchanged, 0 removed.", "Nothing to commit."]);
        for (var n = 1; n <= 3; n++)
        {
            var file = Path.Combine("articles", "gangbao", $"{1048576 - n}.md");
            (await File.ReadAllTextAsync(Path.Combine(target, file), Cancel)).ShouldBe(await File.ReadAllTextAsync(Path.Combine(folder.Path, "files", file), Cancel));
        }
    }

    [Fact]
    public async Task Publishing_without_a_folder_or_over_somebodys_files_is_refused_in_words()
    {
        using var folder = new TestFolder();
        await ImportAsync(folder, 1);
        var nowhere = await DibaoProcess.RunAsync(folder.Data, ["publish"]);
        nowhere.Code.ShouldBe(2);
        nowhere.Error.ShouldContain("dibao publish DIR");

        folder.Write("public/README.md", "mine");
        var taken = await DibaoProcess.RunAsync(folder.Data, ["publish", Path.Combine(folder.Path, "public")]);
        taken.Code.ShouldBe(3);
        taken.Error.ShouldContain("--overwrite");

        var option = await DibaoProcess.RunAsync(folder.Data, ["publish", Path.Combine(folder.Path, "other"), "--push", "--upload-pack=x"]);
        option.Code.ShouldBe(2);
    }

    [Fact]
    public async Task Git_that_is_missing_is_named_with_its_remedy_and_the_files_are_written_all_the_same()
    {
        using var folder = new TestFolder();
        await ImportAsync(folder, 1);
        var target = Path.Combine(folder.Path, "public");

        var run = await DibaoProcess.RunAsync(folder.Data, ["publish", target, "--git"], ("PATH", folder.Path));

        run.Code.ShouldBe(3);
        run.Error.ShouldContain("git cannot be started");
        run.Error.ShouldContain("apt install git");
        File.Exists(Path.Combine(target, "README.md")).ShouldBeTrue();
    }

    [Fact]
    public async Task Exports_go_to_standard_output_or_a_file_and_say_how_many()
    {
        using var folder = new TestFolder();
        await ImportAsync(folder, 3);

        var lines = await DibaoProcess.RunAsync(folder.Data, ["export", "--query", "第2条"]);
        lines.Code.ShouldBe(0, lines.Error);
        lines.Lines.Count.ShouldBe(1);
        lines.Json(0).GetProperty("title").GetString().ShouldBe("渡轮第2条消息");
        lines.Error.ShouldContain("1 articles exported.");

        (await DibaoProcess.RunAsync(folder.Data, ["export", "--format", "csv", "--outlet", "gangbao"])).Lines.Count.ShouldBe(4);
        (await DibaoProcess.RunAsync(folder.Data, ["export", "--query", "没有这样的词"])).Code.ShouldBe(1);

        var zip = Path.Combine(folder.Path, "all.zip");
        var run = await DibaoProcess.RunAsync(folder.Data, ["export", "--format", "md", "--output", zip, "--json"]);
        run.Json(0).GetProperty("articles").GetInt32().ShouldBe(3);
        await using (var archive = await ZipFile.OpenReadAsync(zip, Cancel)) archive.Entries.Count.ShouldBe(3);
        Directory.GetFiles(folder.Path).ShouldBe([zip]);
    }

    [Fact]
    public async Task An_exported_warc_is_imported_by_another_archive()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 4);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        var warc = Path.Combine(folder.Path, "all.warc.gz");
        var other = Path.Combine(folder.Path, "other");

        (await DibaoProcess.RunAsync(folder.Data, ["export", "--format", "warc", "-o", warc])).Code.ShouldBe(0);
        var run = await DibaoProcess.RunAsync(other, ["import", warc, "--json"]);

        run.Code.ShouldBe(0, run.Error);
        run.Json(run.Lines.Count - 1).GetProperty("new").GetInt32().ShouldBe(4);
    }

    [Theory]
    [InlineData("export", "--format", "pdf")]
    [InlineData("export", "--format", "md")]
    [InlineData("export", "--outlet", "nobody")]
    [InlineData("export", "--query", "after:sometime")]
    public async Task What_cannot_be_exported_is_wrong_usage(params string[] arguments)
    {
        using var folder = new TestFolder();
        await ImportAsync(folder, 1);
        (await DibaoProcess.RunAsync(folder.Data, arguments)).Code.ShouldBe(2);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task ImportAsync(TestFolder folder, int articles)
    {
        for (var n = 1; n <= articles; n++)
        {
            folder.Write(
                $"files/articles/gangbao/{1048576 - n}.md",
                $"<!--{1_763_625_600_000 + (n * 60_000)}-->\n[渡轮第{n}条消息](https://gangbao.example/{n})\n------\n\n"
                + $"<p>港报第{n}条：码头今天恢复开放，渡轮每半小时一班，乘客从清晨起就在岸边排队等候。</p><p>船长说，风浪小了，班次会逐步恢复正常。</p>\n");
        }
        (await DibaoProcess.RunAsync(folder.Data, ["import", Path.Combine(folder.Path, "files")])).Code.ShouldBe(0);
    }
}
