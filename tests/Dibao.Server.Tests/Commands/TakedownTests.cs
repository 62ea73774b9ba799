using System.Text;
using Dibao.Capture;
using Dibao.Keep;
using Dibao.Server.Tests.Clients;
using Dibao.Warc;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Commands;

public class TakedownTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_article_is_taken_down_for_everybody_and_the_log_stays_provable()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 4);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        var kept = Path.Combine(folder.Path, "kept");
        File.Copy(Path.Combine(folder.Data, "log", "checkpoint"), kept);
        var (gone, forbidden, stays) = (await IdAsync(folder, outlet, 2), await IdAsync(folder, outlet, 3), await IdAsync(folder, outlet, 4));
        (await SearchAsync(folder, "渡轮第2班")).ShouldBe(1);

        (await DibaoProcess.RunAsync(folder.Data, ["takedown", gone])).Code.ShouldBe(2);
        var foretold = await DibaoProcess.RunAsync(folder.Data, ["takedown", gone, "--reason", "the person named in it asked", "--json"]);
        foretold.Code.ShouldBe(1);
        foretold.Json(0).GetProperty("done").GetBoolean().ShouldBeFalse();
        (await SearchAsync(folder, "渡轮第2班")).ShouldBe(1);

        var done = await DibaoProcess.RunAsync(folder.Data, ["takedown", gone, "--reason", "the person named in it asked", "--confirm", "--json"]);
        done.Code.ShouldBe(0, done.Error);
        done.Json(0).GetProperty("articles")[0].GetProperty("url").GetString().ShouldBe($"http://{outlet.Host}/a/2");
        (await DibaoProcess.RunAsync(folder.Data, ["takedown", forbidden, "--reason", "a court ordered it", "--law", "--confirm"])).Code.ShouldBe(0);
        (await DibaoProcess.RunAsync(folder.Data, ["takedown", gone, "--reason", "again", "--confirm"])).Code.ShouldBe(2);

        (await SearchAsync(folder, "渡轮第2班")).ShouldBe(0);
        (await SearchAsync(folder, "渡轮第4班")).ShouldBe(1);
        await ReadersAreToldAsync(folder, (gone, 410, "the person named in it asked"), (forbidden, 451, "a court ordered it"), (stays, 200, "渡轮第4班"));

        // Nothing of the words, and the log goes on from where strangers saw it.
        HoldsIn(folder.Data, "渡轮第2班").ShouldBe(0);
        HoldsIn(folder.Data, "渡轮第3班").ShouldBe(0);
        HoldsIn(folder.Data, "渡轮第4班").ShouldBeGreaterThan(0);
        var verified = await VerifyTests.VerifyAsync(folder.Data, "--level", "4", "--since", kept);
        verified.Code.ShouldBe(0, verified.Output);
        var bundle = Path.Combine(folder.Path, "bundle");
        var proof = await DibaoProcess.RunAsync(folder.Data, ["prove", stays, "--output", bundle, "--json"]);
        proof.Code.ShouldBe(0, proof.Error);
        var script = Path.Combine(NodeClients.Folder, "..", "..", "tools", "verify.mjs");
        (await NodeClients.RunAsync(script, bundle, proof.Json(0).GetProperty("key").GetString()!)).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Several_articles_are_taken_down_at_once_or_none_where_one_cannot_be(bool withServer)
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 5);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        string[] some = [await IdAsync(folder, outlet, 2), await IdAsync(folder, outlet, 3), await IdAsync(folder, outlet, 4)];
        await using (var dibao = withServer ? DibaoProcess.Start(folder.Data, ["serve", "--port", "0", "--json"], ("DIBAO_CAPTURE_ENABLED", "false")) : null)
        {
            dibao?.WaitFor("listening");
            (await DibaoProcess.RunAsync(folder.Data, ["takedown", .. some, "987654", "--reason", "asked", "--confirm"])).Code.ShouldBe(2);
            HoldsIn(folder.Data, "渡轮第2班").ShouldBeGreaterThan(0);
            // Named twice, taken down once.
            var done = await DibaoProcess.RunAsync(folder.Data, ["takedown", .. some, some[0], "--reason", "asked", "--confirm", "--json"]);
            done.Code.ShouldBe(0, done.Error);
            done.Json(0).GetProperty("articles").GetArrayLength().ShouldBe(3);
            foreach (var n in (int[])[2, 3, 4]) HoldsIn(folder.Data, $"渡轮第{n}班").ShouldBe(0);
            HoldsIn(folder.Data, "渡轮第5班").ShouldBeGreaterThan(0);
        }
        (await VerifyTests.VerifyAsync(folder.Data, "--level", "4")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_running_server_takes_an_article_down_when_the_command_asks_and_nobody_else_may_ask()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 3);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        var gone = await IdAsync(folder, outlet, 2);
        await using (var dibao = DibaoProcess.Start(folder.Data, ["serve", "--port", "0", "--json"], ("DIBAO_CAPTURE_ENABLED", "false")))
        {
            using var http = new HttpClient { BaseAddress = new(System.Text.Json.JsonDocument.Parse(dibao.WaitFor("listening")).RootElement.GetProperty("listening").GetString()!) };
            ((int)(await http.GetAsync($"/a/{gone}", Cancel)).StatusCode).ShouldBe(200);
            using var order = new StringContent($$"""{"articles":[{{gone}}],"cause":0,"reason":"a stranger's"}""", Encoding.UTF8, "application/json");
            ((int)(await http.PostAsync("/control/takedown", order, Cancel)).StatusCode).ShouldBe(404);
            if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(Path.Combine(folder.Data, "run")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

            (await DibaoProcess.RunAsync(folder.Data, ["takedown", gone, "--reason", "asked"])).Code.ShouldBe(1);
            ((int)(await http.GetAsync($"/a/{gone}", Cancel)).StatusCode).ShouldBe(200);
            var done = await DibaoProcess.RunAsync(folder.Data, ["takedown", gone, "--reason", "a court ordered it", "--law", "--confirm", "--json"]);
            done.Code.ShouldBe(0, done.Error);
            done.Json(0).GetProperty("captures").GetInt32().ShouldBeGreaterThan(0);
            ((int)(await http.GetAsync($"/a/{gone}", Cancel)).StatusCode).ShouldBe(451);
            HoldsIn(folder.Data, "渡轮第2班").ShouldBe(0);
            (await DibaoProcess.RunAsync(folder.Data, ["takedown", gone, "--reason", "again", "--confirm"])).Code.ShouldBe(2);
            (await VerifyTests.VerifyAsync(folder.Data, "--level", "3")).Code.ShouldBe(0);
        }
        // Killed, it leaves its socket behind: the command does it itself.
        var other = await IdAsync(folder, outlet, 3);
        (await DibaoProcess.RunAsync(folder.Data, ["takedown", other, "--reason", "asked", "--confirm"])).Code.ShouldBe(0);
        HoldsIn(folder.Data, "渡轮第3班").ShouldBe(0);
        (await VerifyTests.VerifyAsync(folder.Data, "--level", "4")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task What_an_outlet_is_kept_for_a_time_only_is_taken_down_by_the_server_and_others_stay()
    {
        using var folder = new TestFolder();
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        await using (var archive = Archive.Open(folder.Data, new ArchiveOptions(), TimeProvider.System))
        {
            foreach (var n in Enumerable.Range(1, 3)) await archive.KeepAsync(Article("brief", n, now.AddDays(-40)), Cancel);
            await archive.KeepAsync(Article("brief", 4, now.AddDays(-20)), Cancel);
            foreach (var n in Enumerable.Range(1, 2)) await archive.KeepAsync(Article("lasting", n, now.AddDays(-400)), Cancel);
        }
        await using (var dibao = DibaoProcess.Start(folder.Data, ["serve", "--port", "0", "--json"], ("DIBAO_CAPTURE_ENABLED", "false"), ("DIBAO_KEEP_RETENTION", "brief=30d")))
        {
            dibao.WaitFor("listening");
            while (!dibao.Error.Contains("3 articles were taken down", StringComparison.Ordinal)) await Task.Delay(50, Cancel);
        }
        using (var reader = ArchiveReader.Open(folder.Data))
        {
            reader.Catalogue.All().Select(article => $"{article.Outlet.Slug} {article.Current.Title}").Order(StringComparer.Ordinal).ShouldBe(["brief 第4座灯塔亮了", "lasting 第1座灯塔亮了", "lasting 第2座灯塔亮了"]);
            reader.Catalogue.Article("https://brief.example/1")!.Removal!.Cause.ShouldBe(TakedownCause.Retention);
        }
        HoldsIn(folder.Data, "在第3个夜里").ShouldBe(0);
        HoldsIn(folder.Data, "在第4个夜里").ShouldBeGreaterThan(0);
        (await VerifyTests.VerifyAsync(folder.Data, "--level", "4")).Code.ShouldBe(0);
    }

    private static CaptureBundle Article(string outlet, int n, DateTimeOffset at) => new()
    {
        Kind = CaptureKind.Article,
        Url = $"https://{outlet}.example/{n}",
        At = at,
        Outlet = new(outlet, outlet),
        PageError = "no answer",
        Entry = new()
        {
            Id = $"{outlet}-{n}", Link = $"https://{outlet}.example/{n}", Title = $"第{n}座灯塔亮了", Published = at,
            Content = $"<p>在第{n}个夜里，{outlet}的灯塔亮了，渔民们说他们从很远的海上就看见了光。</p><p>守塔人说，这座塔修了七年，今后每晚都会亮着。</p>",
        },
    };

    private static async Task ReadersAreToldAsync(TestFolder folder, params (string Id, int Status, string Words)[] articles)
    {
        await using var dibao = DibaoProcess.Start(folder.Data, ["serve", "--port", "0", "--json"], ("DIBAO_CAPTURE_ENABLED", "false"));
        using var http = new HttpClient { BaseAddress = new(System.Text.Json.JsonDocument.Parse(dibao.WaitFor("listening")).RootElement.GetProperty("listening").GetString()!) };
        foreach (var (id, status, words) in articles)
        {
            foreach (var path in (string[])[$"/a/{id}", $"/a/{id}.md", $"/api/v1/articles/{id}", $"/a/{id}/original"])
            {
                var answer = await http.GetAsync(path, Cancel);
                ((int)answer.StatusCode).ShouldBe(status, path);
                if (path.EndsWith($"/a/{id}", StringComparison.Ordinal)) (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain(words);
            }
        }
    }

    private static async Task<string> IdAsync(TestFolder folder, LoopbackOutlet outlet, int n) =>
        (await DibaoProcess.RunAsync(folder.Data, ["list", "--json"])).Lines.Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement)
            .First(article => article.GetProperty("url").GetString() == $"http://{outlet.Host}/a/{n}").GetProperty("id").GetInt64().ToString(null, null);

    private static async Task<int> SearchAsync(TestFolder folder, string words)
    {
        var found = await DibaoProcess.RunAsync(folder.Data, ["search", $"\"{words}\"", "--json"]);
        return found.Json(found.Lines.Count - 1).GetProperty("total").GetInt32();
    }

    // In every file of the archive, as it lies there and unpacked.
    private static int HoldsIn(string data, string words)
    {
        var bytes = Encoding.UTF8.GetBytes(words);
        // A socket is no file, and the lock is the server's.
        var plain = Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).Where(path => !path.StartsWith(Path.Combine(data, "run"), StringComparison.Ordinal) && Path.GetFileName(path) != "lock").Count(path => File.ReadAllBytes(path).AsSpan().IndexOf(bytes) >= 0);
        return plain + StoreFolder.OpenExisting(data).Segments().Sum(segment =>
        {
            using var file = File.OpenRead(segment.Path);
            return new WarcReader(file).ReadAll(cancel: Cancel).Count(entry => entry.Raw.Span.IndexOf(bytes) >= 0);
        });
    }
}
