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

    [Fact]
    public async Task Beyond_this_machine_adding_is_off_without_a_token_and_takes_it_with_one()
    {
        const string Token = "0123456789abcdef0123";
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 2);
        (string, string)[] everywhere = [("DIBAO_LISTEN_ADDRESS", "0.0.0.0"), ("DIBAO_CAPTURE_ALLOW_HOSTS", outlet.Host)];
        await using (var open = DibaoProcess.Start(folder.Data, ["serve", "--port", "0", "--json"], everywhere))
        {
            (await AddAsync(open, outlet, Token)).ShouldBe(HttpStatusCode.Forbidden);
        }
        await using var closed = DibaoProcess.Start(folder.Data, ["serve", "--port", "0", "--json"], [.. everywhere, ("DIBAO_TOKEN", Token)]);
        var address = Address(closed);
        (await AddAsync(address, outlet, "another-token-of-some-length")).ShouldBe(HttpStatusCode.Unauthorized);
        ((int)await AddAsync(address, outlet, Token)).ShouldBeInRange(200, 299);

        // Adding wakes the capturing job.
        using var archive = ArchiveReader.Open(folder.Data);
        while (archive.Catalogue.Counts().Articles < 2) await Task.Delay(50, TestContext.Current.CancellationToken);
    }

    private static Task<HttpStatusCode> AddAsync(DibaoProcess dibao, LoopbackOutlet outlet, string token) => AddAsync(Address(dibao), outlet, token);

    private static async Task<HttpStatusCode> AddAsync(Uri address, LoopbackOutlet outlet, string token)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new UriBuilder(address) { Host = "127.0.0.1", Path = "/api/v1/sources" }.Uri)
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { url = outlet.Feed }),
            Headers = { Authorization = new("Bearer", token) },
        };
        return (await http.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode;
    }

    private static Uri Address(DibaoProcess dibao) =>
        new(JsonDocument.Parse(dibao.WaitFor("listening")).RootElement.GetProperty("listening").GetString()!);

    [GeneratedRegex("^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{[a-z]+=\"[^\"\\n]*\"(,[a-z]+=\"[^\"\\n]*\")*\\})? [-+.0-9eE]+)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex MetricLine();
}
