using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Commands;

public partial class ServeTests
{
    private const int SigTerm = 15;

    [Fact]
    public async Task A_server_says_that_it_is_alive_and_ready_and_how_it_is()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 3);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        await using var dibao = DibaoProcess.Start(folder.Data, ["serve", "--port", "0", "--json"]);
        using var http = new HttpClient { BaseAddress = Address(dibao) };
        (await http.GetAsync("/healthz", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await http.GetAsync("/readyz", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var metrics = await http.GetAsync("/metrics", TestContext.Current.CancellationToken);
        metrics.Content.Headers.ContentType!.ToString().ShouldStartWith("text/plain; version=0.0.4");
        var text = await metrics.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        text.ShouldContain("\ndibao_articles 3\n");
        text.ShouldContain("dibao_polls_total{outcome=\"failed\"} ");
        text.ShouldContain("dibao_http_request_duration_seconds_count{method=\"GET\",route=\"/healthz\",status=\"2xx\"} 1\n");
        foreach (var line in text.TrimEnd('\n').Split('\n')) MetricLine().IsMatch(line).ShouldBeTrue(line);

        dibao.Signal(SigTerm);
        (await dibao.EndAsync()).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_second_dibao_on_the_same_folder_is_refused_and_readers_are_not()
    {
        using var folder = new TestFolder();
        await using var dibao = DibaoProcess.Start(folder.Data, ["serve", "--port", "0", "--json"]);
        Address(dibao);
        var second = await DibaoProcess.RunAsync(folder.Data, ["capture", "--once"]);
        second.Code.ShouldBe(3);
        second.Error.ShouldContain("Another dibao");
        (await DibaoProcess.RunAsync(folder.Data, ["list"])).Code.ShouldBe(0);
        (await DibaoProcess.RunAsync(folder.Data, ["verify"])).Code.ShouldBe(0);
        (await DibaoProcess.RunAsync(folder.Data, ["backup", Path.Combine(folder.Path, "copy")])).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var folder = new TestFolder();
        await using var dibao = DibaoProcess.Start(folder.Data, ["serve", "--port", "0", "--json"]);
        var port = Address(dibao).Port;
        var second = await DibaoProcess.RunAsync(Path.Combine(folder.Path, "other"), ["serve", "--port", port.ToString()]);
        second.Code.ShouldBe(3);
        second.Error.ShouldContain(port.ToString());
        second.Error.ShouldContain("DIBAO_LISTEN_PORT");
    }

    private static Uri Address(DibaoProcess dibao) =>
        new(JsonDocument.Parse(dibao.WaitFor("listening")).RootElement.GetProperty("listening").GetString()!);

    [GeneratedRegex("^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{[a-z]+=\"[^\"\\n]*\"(,[a-z]+=\"[^\"\\n]*\")*\\})? [-+.0-9eE]+)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex MetricLine();
}
