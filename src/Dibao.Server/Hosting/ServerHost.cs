using Dibao.Server.Api;
using Dibao.Server.Configuration;
using Dibao.Server.Health;
using Dibao.Server.Jobs;
using Dibao.Server.Read;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging.Console;

namespace Dibao.Server.Hosting;

/// <summary>Kestrel, the pages, the API and the capturing job over one open archive.</summary>
internal static class ServerHost
{
    private const int MaxRequestBodyBytes = 64 << 10;
    private static readonly TimeSpan LongestShutdown = TimeSpan.FromSeconds(25);

    public static WebApplication Build(Settings settings, Archive archive, TimeProvider time)
    {
        // Empty: what steers dibao is its own table of settings, and nothing that the framework reads beside it.
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "dibao", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBodyBytes;
            kestrel.Listen(settings.ListenAddress, settings.ListenPort);
            if (ControlSocket.Prepare(settings.Data) is { } control) kestrel.ListenUnixSocket(control);
        });
        AddLogging(builder.Logging, settings);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestShutdown);
        builder.Services.AddSingleton<IHostLifetime, CommandLifetime>();
        builder.Services.AddRouting();
        AddArchive(builder.Services, archive, time);
        AddReader(builder.Services, settings, archive);
        if (settings.Retention.Count > 0)
        {
            builder.Services.AddHostedService(provider => new RetentionJob(
                archive.Takedowns.Retention, settings.Retention, time, provider.GetRequiredService<ILogger<RetentionJob>>()));
        }
        builder.Services.AddHostedService(provider => new CheckpointJob(archive.Log, settings, time, provider.GetRequiredService<ILogger<CheckpointJob>>()));
        builder.Services.AddHostedService(provider => new TidyJob(archive, time, provider.GetRequiredService<ILogger<TidyJob>>()));

        var app = builder.Build();
        var durations = app.Services.GetRequiredService<RequestDurations>();
        app.Use((context, next) => durations.MeasureAsync(context, next));
        app.MapHealth();
        if (settings.Capturing && settings.Capture.CallbackUrl is not null) HubEndpoint.Map(app, archive.Capture.Push);
        app.MapReader();
        app.MapApi();
        ControlSocket.Map(app, archive, time);
        return app;
    }

    /// <summary>Serves and captures until it is cancelled.</summary>
    /// <remarks><list type="number">
    /// <item>Listen; who asks is answered from what is kept.</item>
    /// <item>Capture beside it.</item>
    /// <item>At the end no new requests are taken and running ones end, while capturing ends with what it was keeping kept.</item>
    /// </list></remarks>
    /// <param name="listening">Told the address.</param>
    /// <param name="capture">What captures, until it is cancelled; null captures nothing.</param>
    public static async Task RunAsync(WebApplication app, Action<string> listening, Func<CancellationToken, Task>? capture, CancellationToken cancel)
    {
        var services = app.Services;
        await app.StartAsync(cancel);
        listening(services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First(address => !address.Contains("://unix:", StringComparison.Ordinal)));
        using var job = capture is null ? null : new CaptureJob(
            capture, services.GetRequiredService<CaptureTally>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<CaptureJob>>());
        if (job is not null) await job.StartAsync(CancellationToken.None);
        await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(app.StopAsync(CancellationToken.None), job?.StopAsync(CancellationToken.None) ?? Task.CompletedTask);
    }

    private static void AddArchive(IServiceCollection services, Archive archive, TimeProvider time)
    {
        services.AddSingleton(time);
        services.AddSingleton(archive.Reader);
        services.AddSingleton<CaptureTally>();
        services.AddSingleton(new RequestDurations(time));
        services.AddSingleton(new Readiness(archive.Reader, () => archive.Keeper.Fault ?? archive.Log.Fault));
        services.AddSingleton<Metrics>();
        services.AddSingleton(provider => new Capturing(archive, provider.GetRequiredService<CaptureTally>(), time));
    }

    private static void AddLogging(ILoggingBuilder logging, Settings settings)
    {
        // Standard output is for what was asked for.
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(settings.LogLevel);
        // What keeps it from starting is said once, by the command.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddFilter("Microsoft", settings.LogLevel > LogLevel.Warning ? settings.LogLevel : LogLevel.Warning);
        if (settings.LogsJson) logging.AddJsonConsole(console => console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ");
        else
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "yyyy-MM-dd HH:mm:ss ";
            });
        }
    }

    private static void AddReader(IServiceCollection services, Settings settings, Archive archive)
    {
        services.AddReader(settings.Reader);
        // Beyond this machine, adding takes a token; without one it is switched off.
        if (!settings.ListensOnLoopback && settings.Token is null) return;
        services.AddSingleton(new Backfilling(archive.Capture.Backfills.Start, archive.Capture.Backfills.Stop));
        services.AddSingleton(provider => new SourceAdding(new SourceAdditions(archive, provider.GetRequiredService<Capturing>()).AddAsync));
    }

    /// <summary>The command that started the host ends it; signals are <see cref="Commands.Termination"/>'s.</summary>
    private sealed class CommandLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
