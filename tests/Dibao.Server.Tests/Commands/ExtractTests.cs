using System.Text;
using System.Text.Json;
using Dibao.Server.Commands;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Commands;

public class ExtractTests
{
    private const string Page =
        """
        <html lang="en"><head><title>Ferry returns - The Halden Post</title><meta property="og:site_name" content="The Halden Post"><meta property="article:published_time" content="2024-03-05T09:30:00+01:00"></head>
        <body><article><h1>Ferry returns</h1><p class="byline">By Ida Lund</p><p>It was raining when the first cars rolled aboard, and nobody seemed to mind. The crossing takes eleven minutes, as it always did.</p>
        <p>The harbour master, who kept the old timetable in a <a href="/drawer">drawer</a>, hung it up again, unchanged, and went home for the rest of the day.</p></article></body></html>
        """;

    [Fact]
    public async Task A_file_is_read_in_each_of_the_forms()
    {
        using var folder = new TestFolder();
        var file = folder.Write("page.html", Page);
        var markdown = await DibaoProcess.RunAsync(folder.Data, ["extract", file, "--url", "https://haldenpost.example/ferry"]);
        markdown.Code.ShouldBe(0, markdown.Error);
        markdown.Output.ShouldStartWith("# Ferry returns\n\n2024-03-05T09:30:00+01:00  Ida Lund\n");
        markdown.Output.ShouldContain("[drawer](https://haldenpost.example/drawer)");
        (await DibaoProcess.RunAsync(folder.Data, ["extract", file, "--text"])).Output.ShouldContain("in a drawer, hung it up");
        (await DibaoProcess.RunAsync(folder.Data, ["extract", file, "--html"])).Output.ShouldStartWith("<p>It was raining");
        var json = (await DibaoProcess.RunAsync(folder.Data, ["extract", file, "--json"])).Json(0);
        json.EnumerateObject().Select(field => field.Name).ShouldBe(
            ["id", "url", "title", "authors", "published", "modified", "language", "section", "image", "text", "markdown", "html", "kind", "warnings",
             "kindReason", "standfirst", "words", "characters", "readingMinutes", "metadata"]);
        var metadata = json.GetProperty("metadata");
        metadata.GetProperty("publisher").GetProperty("value").GetString().ShouldBe("The Halden Post");
        metadata.GetProperty("published").GetProperty("source").GetString().ShouldBe("meta");
        metadata.GetProperty("authors").GetProperty("confidence").GetDouble().ShouldBeInRange(0.1, 1);
        metadata.GetProperty("tags").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("words").GetInt32().ShouldBeInRange(40, 60);
        json.GetProperty("authors")[0].GetString().ShouldBe("Ida Lund");
        json.GetProperty("kind").GetString().ShouldBe("article");
        Directory.Exists(folder.Data).ShouldBeFalse();
    }

    [Fact]
    public async Task Forms_exclude_each_other_and_a_page_must_be_named()
    {
        using var folder = new TestFolder();
        (await DibaoProcess.RunAsync(folder.Data, ["extract", "x", "--md", "--text"])).Code.ShouldBe(2);
        (await DibaoProcess.RunAsync(folder.Data, ["extract"])).Code.ShouldBe(2);
        var missing = await DibaoProcess.RunAsync(folder.Data, ["extract", "no-such-page.html"]);
        missing.Code.ShouldBe(2);
        missing.Error.ShouldContain("no-such-page.html");
    }

    [Fact]
    public async Task A_url_is_fetched_under_the_policy_of_captures()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 1);
        var refused = await DibaoProcess.RunAsync(folder.Data, ["extract", $"http://{outlet.Host}/a/1"]);
        refused.Code.ShouldBe(1);
        refused.Error.ShouldContain("loopback");
        var read = await DibaoProcess.RunAsync(folder.Data, ["extract", $"http://{outlet.Host}/a/1", "--json"], ("DIBAO_CAPTURE_ALLOW_HOSTS", outlet.Host));
        read.Code.ShouldBe(0, read.Error);
        read.Json(0).GetProperty("title").GetString().ShouldBe("渡轮第1班");
        read.Json(0).GetProperty("language").GetString().ShouldBe("zh-Hans");
    }

    [Fact]
    public async Task A_batch_answers_every_line_in_order_and_says_which_failed()
    {
        using var folder = new TestFolder();
        var lines = Enumerable.Range(0, 60).Select(i => JsonSerializer.Serialize(new { id = i, url = $"https://haldenpost.example/{i}", html = Page.Replace("Ferry", "Ferry " + i) })).ToList();
        lines[7] = """{"id": "seven", "url": "https://haldenpost.example/7", "html": """;
        lines[8] = "not json";
        lines[9] = """{"id": 9}""";
        lines[10] = """{"id": 10, "html": "\ud800"}""";
        lines[11] = "[1, 2]";
        var file = folder.Write("pages.jsonl", string.Join('\n', lines) + "\n\n");
        var run = await DibaoProcess.RunAsync(folder.Data, ["extract", "--jsonl", file]);
        run.Code.ShouldBe(1);
        run.Lines.Count.ShouldBe(60);
        run.Error.ShouldContain("5 of 60");
        for (var i = 12; i < 60; i++)
        {
            run.Json(i).GetProperty("id").GetInt32().ShouldBe(i);
            run.Json(i).GetProperty("title").GetString().ShouldBe($"Ferry {i} returns");
        }
        run.Json(7).GetProperty("id").GetString().ShouldBe("seven");
        run.Json(7).GetProperty("error").GetString()!.ShouldContain("Line 8");
        run.Json(8).GetProperty("id").ValueKind.ShouldBe(JsonValueKind.Null);
        run.Json(9).GetProperty("error").GetString()!.ShouldContain("html");
        run.Json(10).GetProperty("id").GetInt32().ShouldBe(10);
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_answered_and_the_next_is_read()
    {
        var page = JsonSerializer.Serialize(new { id = 2, url = (string?)null, html = Page });
        using var input = new LongLine(ExtractBatch.MaxLineBytes + 1_000_000, Encoding.UTF8.GetBytes("\n" + page));
        using var output = new MemoryStream();
        var outcome = await ExtractBatch.RunAsync(input, output, TestContext.Current.CancellationToken);
        outcome.ShouldBe(new ExtractBatch.Outcome(2, 1));
        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n');
        lines[0].ShouldContain("longer than 64 MiB");
        lines[1].ShouldContain("Ferry returns");
    }

    /// <summary>So many spaces, then an end.</summary>
    private sealed class LongLine(int length, byte[] end) : Stream
    {
        private int position;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = Math.Min(count, length + end.Length - position);
            for (var i = 0; i < read; i++) buffer[offset + i] = position + i < length ? (byte)'{' : end[position + i - length];
            position += read;
            return read;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
