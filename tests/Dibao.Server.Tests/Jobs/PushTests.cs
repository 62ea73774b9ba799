using System.Net;
using Dibao.Server.Tests.Commands;
using Dibao.Tests.Capture.Push;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Jobs;

/// <summary>A real hub, a real dibao, HTTP both ways.</summary>
public class PushTests
{
    [Fact]
    public async Task A_hub_confirms_a_subscription_and_its_push_brings_the_article()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Content = Rss("1");
        using var folder = new TestFolder();
        var port = LoopbackPort.Free();
        (string, string)[] environment =
        [
            ("DIBAO_READER_PUBLIC_URL", $"http://127.0.0.1:{port}/"), ("DIBAO_CAPTURE_ALLOW_HOSTS", hub.Authority), ("DIBAO_LISTEN_PORT", $"{port}"),
        ];
        (await DibaoProcess.RunAsync(folder.Data, ["add", hub.Feed], environment)).Code.ShouldBe(0);
        await using var dibao = DibaoProcess.Start(folder.Data, ["serve"], environment);
        var asked = await EventuallyAsync(() => hub.Requests.FirstOrDefault(request => request.Mode == "subscribe"));

        (await hub.VerifyAsync(asked, topic: "http://other.example/")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await hub.VerifyAsync(asked)).ShouldBe((HttpStatusCode.OK, true));
        (await hub.DistributeAsync(asked with { Callback = asked.Callback + "0" }, "x", "sha256")).ShouldBe(HttpStatusCode.Gone);
        (await hub.DistributeAsync(asked, "x", "sha256", secret: "guess")).ShouldBe(HttpStatusCode.Accepted);
        await ShouldRefuseAsync(hub.DistributeAsync(asked, new string('x', 9 << 20), "sha256"));

        hub.Content = Rss("2");
        (await hub.DistributeAsync(asked, hub.Content, "sha512")).ShouldBe(HttpStatusCode.Accepted);
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}/") };
        // Not within a minute of the poll before, whose own time is half an hour away.
        await EventuallyAsync(async () => (await http.GetStringAsync(new Uri("/api/v1/articles", UriKind.Relative))).Contains("/2\"", StringComparison.Ordinal));
    }

    private static string Rss(string item) =>
        $"<rss version=\"2.0\"><channel><title>试验报</title><item><guid>{item}</guid><link>http://paper.invalid/{item}</link><title>{item}</title><description>text of {item}</description></item></channel></rss>";

    // A server that has seen enough answers, and may close before the client has sent all.
    private static async Task ShouldRefuseAsync(Task<HttpStatusCode> push)
    {
        try { (await push).ShouldBe(HttpStatusCode.RequestEntityTooLarge); }
        catch (HttpRequestException closed) { closed.InnerException.ShouldBeAssignableTo<IOException>(); }
    }

    private static async Task<T> EventuallyAsync<T>(Func<T?> look) where T : class
    {
        for (var i = 0; ; i++)
        {
            if (look() is { } found) return found;
            i.ShouldBeLessThan(1000, "it never happened");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static async Task EventuallyAsync(Func<Task<bool>> look)
    {
        for (var i = 0; !await look(); i++)
        {
            i.ShouldBeLessThan(1200, "it never happened");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
