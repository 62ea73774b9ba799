using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Commands;

public class ExitCodeTests
{
    [Fact]
    public async Task A_command_that_is_not_there_is_wrong_usage()
    {
        using var folder = new TestFolder();
        (await DibaoProcess.RunAsync(folder.Data, ["captrue"])).Code.ShouldBe(2);
        (await DibaoProcess.RunAsync(folder.Data, ["list", "--no-such-option"])).Code.ShouldBe(2);
        (await DibaoProcess.RunAsync(folder.Data, ["capture", "--all"])).Code.ShouldBe(2);
    }

    [Fact]
    public async Task A_folder_without_an_archive_is_named_with_a_remedy_and_no_stack_trace()
    {
        using var folder = new TestFolder();
        var run = await DibaoProcess.RunAsync(folder.Data, ["list"]);
        run.Code.ShouldBe(3);
        run.Error.ShouldContain(folder.Data);
        run.Error.ShouldContain("dibao add");
        run.Error.ShouldNotContain("   at ");
        Directory.Exists(folder.Data).ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_that_holds_something_else_is_left_alone()
    {
        using var folder = new TestFolder();
        folder.Write("data/photo.jpg", "not ours");
        var run = await DibaoProcess.RunAsync(folder.Data, ["capture", "--once"]);
        run.Code.ShouldBe(3);
        Directory.EnumerateFileSystemEntries(folder.Data).Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_catalogue_from_a_newer_dibao_is_refused()
    {
        using var folder = new TestFolder();
        (await DibaoProcess.RunAsync(folder.Data, ["capture", "--once"])).Code.ShouldBe(0);
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(folder.Data, "db", "index.sqlite")};Pooling=False"))
        {
            await database.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = database.CreateCommand();
            command.CommandText = "PRAGMA user_version=9999";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        var run = await DibaoProcess.RunAsync(folder.Data, ["list"]);
        run.Code.ShouldBe(3);
        run.Error.ShouldContain("9999");
    }

    [Fact]
    public async Task A_stack_trace_is_shown_only_to_who_asks()
    {
        using var folder = new TestFolder();
        var run = await DibaoProcess.RunAsync(folder.Data, ["list"], ("DIBAO_DEBUG", "1"));
        run.Error.ShouldContain("   at ");
    }

    [Fact]
    public async Task An_article_that_is_not_there_is_a_finding()
    {
        using var folder = new TestFolder();
        await DibaoProcess.RunAsync(folder.Data, ["capture", "--once"]);
        (await DibaoProcess.RunAsync(folder.Data, ["show", "1"])).Code.ShouldBe(1);
        (await DibaoProcess.RunAsync(folder.Data, ["search", "月亮"])).Code.ShouldBe(1);
    }

    [Fact]
    public async Task A_byte_that_changed_is_corruption_and_has_its_own_line()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 2);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        (await DibaoProcess.RunAsync(folder.Data, ["verify"])).Code.ShouldBe(0);

        var segment = Directory.EnumerateFiles(folder.Data, "DIBAO-*.warc.gz.open", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(segment, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes, TestContext.Current.CancellationToken);

        var run = await DibaoProcess.RunAsync(folder.Data, ["verify", "--json"]);
        run.Code.ShouldBe(4);
        run.Json(0).GetProperty("file").GetString().ShouldBe(Path.GetFileName(segment).Replace(".open", "", StringComparison.Ordinal));
        run.Json(0).GetProperty("reason").GetString().ShouldNotBeNullOrEmpty();
        run.Json(run.Lines.Count - 1).GetProperty("faults").GetInt64().ShouldBeGreaterThan(0);
    }
}
