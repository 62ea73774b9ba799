using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dibao.Tests.Capture.Push;

/// <summary>A WebSub hub on loopback: takes subscriptions, asks back, and distributes signed content.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient client = new();
    private readonly ConcurrentQueue<Request> requests = new();

    private TestHub()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.MapPost("/hub", TakeAsync);
        app.MapGet("/feed", http =>
        {
            http.Response.Headers.Link = $"<{Url}>; rel=hub, <{Feed}>; rel=self";
            return http.Response.WriteAsync(Content);
        });
    }

    /// <summary>What a subscription request is answered with.</summary>
    public int Answers { get; set; } = StatusCodes.Status202Accepted;

    /// <summary>As granted at verification.</summary>
    public int LeaseSeconds { get; set; } = 864_000;

    /// <summary>A feed that names the hub.</summary>
    public string Feed => app.Urls.First() + "/feed";

    /// <summary>What <see cref="Feed"/> answers.</summary>
    public string Content { get; set; } = "";

    public string Url => app.Urls.First() + "/hub";
    public string Authority => new Uri(Url).Authority;
    public IReadOnlyList<Request> Requests => [.. requests];

    public static async Task<TestHub> StartAsync()
    {
        var hub = new TestHub();
        await hub.app.StartAsync();
        return hub;
    }

    /// <summary>Asks the subscriber whether it meant it.</summary>
    /// <returns>Status, and whether the challenge came back word for word.</returns>
    public async Task<(HttpStatusCode Status, bool Echoed)> VerifyAsync(Request request, string? topic = null, string? mode = null)
    {
        var challenge = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)) + "<&>";
        var query = $"hub.mode={mode ?? request.Mode}&hub.topic={Uri.EscapeDataString(topic ?? request.Topic)}&hub.challenge={Uri.EscapeDataString(challenge)}&hub.lease_seconds={LeaseSeconds}";
        using var answer = await client.GetAsync($"{request.Callback}?{query}");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync() == challenge);
    }

    /// <summary>Sends content to the subscriber.</summary>
    /// <param name="method">Of the signature; null signs not at all.</param>
    public async Task<HttpStatusCode> DistributeAsync(Request request, string content, string? method, string? secret = null)
    {
        using var push = new HttpRequestMessage(HttpMethod.Post, request.Callback) { Content = new StringContent(content, Encoding.UTF8, "application/rss+xml") };
        if (method is not null) push.Headers.TryAddWithoutValidation("X-Hub-Signature", $"{method}={Sign(method, secret ?? request.Secret, content)}");
        using var answer = await client.SendAsync(push);
        return answer.StatusCode;
    }

#pragma warning disable CA5350, CA5351 // what hubs send, not what we would choose
    public static string Sign(string method, string secret, string content)
    {
        var (key, bytes) = (Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(content));
        return Convert.ToHexStringLower(method switch
        {
            "sha1" => HMACSHA1.HashData(key, bytes),
            "sha384" => HMACSHA384.HashData(key, bytes),
            "sha512" => HMACSHA512.HashData(key, bytes),
            "md5" => HMACMD5.HashData(key, bytes),
            _ => HMACSHA256.HashData(key, bytes),
        });
    }
#pragma warning restore CA5350, CA5351

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        requests.Enqueue(new(form["hub.mode"]!, form["hub.topic"]!, form["hub.callback"]!, form["hub.secret"]!, form["hub.lease_seconds"]!));
        http.Response.StatusCode = Answers;
    }

    internal sealed record Request(string Mode, string Topic, string Callback, string Secret, string LeaseSeconds);
}
