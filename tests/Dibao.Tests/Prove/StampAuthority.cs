using Dibao.Tests.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dibao.Tests.Prove;

/// <summary>An RFC 3161 authority on this machine: openssl ts behind HTTP.</summary>
internal sealed class StampAuthority : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dibao-tsa-").FullName;
    private WebApplication app = null!;

    public Uri Address { get; private set; } = null!;

    /// <summary>HTTP status of the next answers.</summary>
    public int Answers { get; set; } = 200;

    /// <summary>What it stamps in the place of what it is asked; null is honest.</summary>
    public byte[]? StampsInstead { get; set; }

    public static async Task<StampAuthority> StartAsync()
    {
        var authority = new StampAuthority();
        authority.MakeKeys();
        (authority.app, authority.Address) = await Local.StartAsync(app => app.MapPost("/", authority.StampAsync));
        return authority;
    }

    /// <summary>What openssl says of a kept answer.</summary>
    public string Verify(byte[] response, byte[] content)
    {
        File.WriteAllBytes(In("kept.tsr"), response);
        File.WriteAllBytes(In("content"), content);
        var (_, output, error) = Tool.Try("openssl", ["ts", "-verify", "-in", In("kept.tsr"), "-data", In("content"), "-CAfile", In("ca.pem")]);
        return output + error;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task StampAsync(HttpContext context)
    {
        await using (var query = File.Create(In("query.tsq"))) await context.Request.Body.CopyToAsync(query);
        if (StampsInstead is { } other)
        {
            await File.WriteAllBytesAsync(In("other"), other);
            Tool.Run("openssl", "ts", "-query", "-data", In("other"), "-sha256", "-cert", "-out", In("query.tsq"));
        }
        Tool.Run("openssl", "ts", "-reply", "-config", In("tsa.cnf"), "-queryfile", In("query.tsq"), "-out", In("reply.tsr"));
        context.Response.StatusCode = Answers;
        context.Response.ContentType = "application/timestamp-reply";
        await context.Response.Body.WriteAsync(await File.ReadAllBytesAsync(In("reply.tsr")));
    }

    private void MakeKeys()
    {
        File.WriteAllText(In("serial"), "01\n");
        File.WriteAllText(In("tsa.cnf"), $"""
            [tsa]
            default_tsa = stamps
            [stamps]
            serial = {In("serial")}
            signer_cert = {In("tsa.pem")}
            certs = {In("ca.pem")}
            signer_key = {In("tsa.key")}
            signer_digest = sha256
            default_policy = 1.2.3.4.1
            digests = sha256
            accuracy = secs:1
            ordering = yes
            ess_cert_id_alg = sha256
            [usage]
            extendedKeyUsage = critical,timeStamping
            """);
        Tool.Run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=Hewan Root", "-keyout", In("ca.key"), "-out", In("ca.pem"));
        Tool.Run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=Hewan Stamps", "-keyout", In("tsa.key"), "-out", In("tsa.csr"));
        Tool.Run("openssl", "x509", "-req", "-in", In("tsa.csr"), "-CA", In("ca.pem"), "-CAkey", In("ca.key"), "-CAcreateserial", "-extfile", In("tsa.cnf"), "-extensions", "usage", "-out", In("tsa.pem"));
    }

    private string In(string name) => Path.Combine(folder, name);
}

/// <summary>A server on a free port of this machine.</summary>
internal static class Local
{
    public static async Task<(WebApplication App, Uri Address)> StartAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return (app, new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/"));
    }
}
