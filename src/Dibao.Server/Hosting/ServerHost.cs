using Dibao.Capture;
using Dibao.Server.Configuration;
using Dibao.Server.Health;
using Dibao.Server.Jobs;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Dibao.Server.Hosting;

/// <summary>Kestrel, the pages, the API and the capturing job over one open archive.</summary>
internal static class ServerHost
{
    private const int MaxRequestBodyBytes = 64 << 10;
    private static readonly TimeSpan LongestShutdown = TimeSpan.FromSeconds(25);

    /// <param name="capture">What captures in the background; null captures nothing.</param>
    public static WebApplication Build(Settings settings, Archive archive, TimeProvider time, Func<IServiceProvider, Func<CancellationToken, Task>>? capture)
    {
        // Empty: what steers dibao is its own table of settings, and nothing that the framework reads beside it.
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "dibao", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBodyBytes;
            kestrel.Listen(settings.ListenAddress, settings.ListenPort);
        });
        AddLogging(builder.Logging, settings);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestShutdown);
        builder.Services.AddSingleton<IHostLifetime, CommandLifetime>();
        builder.Services.AddRoutingCore();
        AddArchive(builder.Services, archive, time);
        if (capture is not null)
        {
            builder.Services.AddHostedService(services => new CaptureJob(
                capture(services), services.GetRequiredService<CaptureTally>(), time, services.GetRequiredService<ILogger<CaptureJob>>()));
        }
        AddReader(builder.Services, settings);

        var app = builder.Build();
        var durations = app.Services.GetRequiredService<RequestDurations>();
        app.Use((context, next) => durations.MeasureAsync(context, next));
        app.UseRouting();
        app.MapHealth();
        MapReader(app);
        return app;
    }

    /// <summary>Where it listens, once it is started.</summary>
    public static string AddressOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    private static void AddArchive(IServiceCollection services, Archive archive, TimeProvider time)
    {
        services.AddSingleton(time);
        services.AddSingleton(archive.Reader);
        services.AddSingleton<CaptureTally>();
        services.AddSingleton(new RequestDurations(time));
        services.AddSingleton(new Readiness(archive.Reader, () => archive.Keeper.Fault));
        services.AddSingleton<Metrics>();
        services.AddSingleton(provider => new Capturing(archive, provider.GetRequiredService<CaptureTally>(), time));
    }

    private static void AddLogging(ILoggingBuilder logging, Settings settings)
    {
        logging.SetMinimumLevel(settings.LogLevel);
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

    private static void AddReader(IServiceCollection services, Settings settings)
    {
    }

    private static void MapReader(WebApplication app)
    {
    }

    /// <summary>The command that started the host ends it; signals are <see cref="Commands.Termination"/>'s.</summary>
    private sealed class CommandLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
