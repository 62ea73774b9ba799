using System.CommandLine;
using Dibao.Server.Configuration;
using Dibao.Server.Hosting;
using Dibao.Server.Jobs;

namespace Dibao.Server.Commands;

internal static partial class ServeCommand
{
    internal static readonly Option<int> Port = new("--port") { Description = "Port, rather than Listen:Port", HelpName = "PORT" };

    public static (Command, Func<Invocation, Task<int>>) Create() => (new("serve", "Serve the archive, and keep capturing") { Port }, RunAsync);

    private static async Task<int> RunAsync(Invocation call)
    {
        var settings = WithPort(call);
        await using var archive = call.OpenArchive();
        await using var browser = new ChromiumBrowser(settings.Chromium, call.Time);
        archive.Capture.Browser = browser.RenderAsync;
        await using var app = ServerHost.Build(settings, archive, call.Time);
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Dibao.Serve");
        foreach (var warning in call.Reading.Warnings) Odd(log, warning);
        if (!settings.ListensOnLoopback && settings.Token is null) AddingIsOff(log, settings.ListenAddress);
        using var stopping = call.Cancel.Register(() => Stopping(log));
        using var publish = PublishJob.Of(settings, archive.Reader, app.Services);
        if (publish is not null) await publish.StartAsync(CancellationToken.None);
        await ServerHost.RunAsync(app, address => Tell(call.Output, archive, address),
            settings.Capturing ? app.Services.GetRequiredService<Capturing>().RunAsync : null, call.Cancel);
        if (publish is not null) await publish.StopAsync(CancellationToken.None);
        return ExitCode.Done;
    }

    internal static Settings WithPort(Invocation call)
    {
        if (!call.Has(Port)) return call.Settings;
        var port = call.Value(Port);
        if (SettingTable.ListenPort.Problem(port.ToString()) is { } problem) throw new UsageException($"--port {port}: {problem}.");
        return call.Settings with { ListenPort = port };
    }

    private static void Tell(Output output, Archive archive, string address)
    {
        if (output.Json) output.Object(new { listening = address, data = archive.Reader.Store.Root });
        else output.Line($"Serving {archive.Reader.Store.Root} on {address}");
    }

    [LoggerMessage(5001, LogLevel.Information, "Stopping: requests and captures under way are brought to their end.")]
    private static partial void Stopping(ILogger log);

    [LoggerMessage(5002, LogLevel.Warning, "Listening on {Address} without a token: adding sources is switched off there. Set DIBAO_TOKEN, or use `dibao add`.")]
    private static partial void AddingIsOff(ILogger log, System.Net.IPAddress address);

    [LoggerMessage(5003, LogLevel.Warning, "{Warning}")]
    private static partial void Odd(ILogger log, string warning);
}
