using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Commands;

public class ProveTests
{
    [Fact]
    public async Task A_capture_is_proved_and_its_mirror_checked_from_the_command_line()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 3);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        var key = (await DibaoProcess.RunAsync(folder.Data, ["log", "key"])).Output.Trim();
        key.ShouldContain(".dibao.invalid/log+");

        var bundle = Path.Combine(folder.Path, "bundle");
        var id = (await DibaoProcess.RunAsync(folder.Data, ["list", "--json"])).Json(0).GetProperty("id").GetInt64();
        var run = await DibaoProcess.RunAsync(folder.Data, ["prove", $"{id}", "--output", bundle, "--json"]);
        run.Code.ShouldBe(0, run.Error);
        run.Json(0).GetProperty("key").GetString().ShouldBe(key);
        File.ReadAllText(Path.Combine(bundle, "README.txt")).ShouldContain("What it does not prove");
        (await DibaoProcess.RunAsync(folder.Data, ["prove", $"{id}", "--output", bundle])).Code.ShouldBe(2);
        (await DibaoProcess.RunAsync(folder.Data, ["prove", "999999"])).Code.ShouldBe(1);

        var log = Path.Combine(folder.Data, "log");
        var kept = Path.Combine(folder.Path, "kept-checkpoint");
        File.Copy(Path.Combine(log, "checkpoint"), kept);
        var sound = await DibaoProcess.RunAsync(folder.Data, ["mirror-verify", log, "--key", key, "--since", kept, "--json"]);
        sound.Code.ShouldBe(0, sound.Output + sound.Error);
        sound.Json(0).GetProperty("faults").GetInt64().ShouldBe(0);
        var tile = Directory.GetFiles(Path.Combine(log, "tile", "0"), "*", SearchOption.AllDirectories)[0];
        var bytes = await File.ReadAllBytesAsync(tile, TestContext.Current.CancellationToken);
        bytes[5] ^= 1;
        await File.WriteAllBytesAsync(tile, bytes, TestContext.Current.CancellationToken);
        var broken = await DibaoProcess.RunAsync(folder.Data, ["mirror-verify", log, "--key", key, "--json"]);
        broken.Code.ShouldBe(4);
        broken.Json(0).GetProperty("file").GetString().ShouldNotBeNullOrEmpty();
        broken.Json(0).GetProperty("reason").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_server_keeps_a_checkpoint_serves_it_and_says_when_none_can_be_signed()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 2);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        var key = (await DibaoProcess.RunAsync(folder.Data, ["log", "key"])).Output.Trim();
        await using (var dibao = DibaoProcess.Start(folder.Data, ["serve", "--port", "0", "--json"], ("DIBAO_CAPTURE_ENABLED", "false")))
        {
            var address = new Uri(System.Text.Json.JsonDocument.Parse(dibao.WaitFor("listening")).RootElement.GetProperty("listening").GetString()!);
            for (var i = 0; i < 600 && !dibao.Error.Contains("Kept the checkpoint of", StringComparison.Ordinal); i++) await Task.Delay(100, TestContext.Current.CancellationToken);
            var run = await DibaoProcess.RunAsync(folder.Data, ["mirror-verify", new Uri(address, "log").ToString(), "--key", key, "--json"]);
            run.Code.ShouldBe(0, run.Output + run.Error);
            run.Json(0).GetProperty("size").GetInt64().ShouldBeGreaterThan(0);
        }
        Directory.GetFiles(Path.Combine(folder.Data, "log", "history")).ShouldHaveSingleItem();

        File.Delete(Path.Combine(folder.Data, "keys", "log.key"));
        await using var keyless = DibaoProcess.Start(folder.Data, ["serve", "--port", "0", "--json"], ("DIBAO_CAPTURE_ENABLED", "false"));
        var root = new Uri(System.Text.Json.JsonDocument.Parse(keyless.WaitFor("listening")).RootElement.GetProperty("listening").GetString()!);
        using var http = new HttpClient { BaseAddress = root };
        var ready = await http.GetAsync("/readyz", TestContext.Current.CancellationToken);
        ((int)ready.StatusCode).ShouldBe(503);
        (await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("log.key is missing");
    }

    [Theory]
    [InlineData("not-a-key")]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    public async Task What_is_no_key_is_said_so(string key)
    {
        using var folder = new TestFolder();
        var run = await DibaoProcess.RunAsync(folder.Data, ["mirror-verify", folder.Path, "--key", key]);
        run.Code.ShouldBe(2);
        run.Error.ShouldContain("--key");
    }

    [Fact]
    public async Task A_mirror_that_is_not_there_is_named()
    {
        using var folder = new TestFolder();
        const string Key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        var run = await DibaoProcess.RunAsync(folder.Data, ["mirror-verify", Path.Combine(folder.Path, "nowhere"), "--key", Key]);
        run.Code.ShouldBe(3);
        run.Error.ShouldContain("nowhere");
        (await DibaoProcess.RunAsync(folder.Data, ["mirror-verify", "http://127.0.0.1:1/log", "--key", Key])).Code.ShouldBe(3);
    }

    [Fact]
    public async Task A_key_that_was_lost_is_replaced_and_the_old_one_still_counts_for_what_it_signed()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 2);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        var before = (await DibaoProcess.RunAsync(folder.Data, ["log", "key"])).Output.Trim();
        File.Delete(Path.Combine(folder.Data, "keys", "log.key"));
        var fault = await DibaoProcess.RunAsync(folder.Data, ["log", "checkpoint"]);
        fault.Code.ShouldBe(3);
        fault.Error.ShouldContain("dibao log rotate");
        var doctor = await DibaoProcess.RunAsync(folder.Data, ["log", "rotate"]);
        doctor.Code.ShouldBe(0, doctor.Error);
        var after = (await DibaoProcess.RunAsync(folder.Data, ["log", "key"])).Output.Trim();
        after.ShouldNotBe(before);
        (await DibaoProcess.RunAsync(folder.Data, ["log", "checkpoint"])).Code.ShouldBe(0);
        (await DibaoProcess.RunAsync(folder.Data, ["mirror-verify", Path.Combine(folder.Data, "log"), "--key", $"{after},{before}"])).Code.ShouldBe(0);
    }
}
