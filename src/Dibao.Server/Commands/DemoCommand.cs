using System.CommandLine;
using Dibao.Capture;
using Dibao.SampleOutlet;
using Dibao.Server.Configuration;
using Dibao.Server.Hosting;
using Dibao.Server.Jobs;

namespace Dibao.Server.Commands;

/// <summary>Dibao on a made-up publisher, over real HTTP on this machine alone: to look around before watching real outlets.</summary>
internal static class DemoCommand
{
    private const int OutletPort = 8401;
    private const string Folder = "demo-data";

    public static (Command, Func<Invocation, Task<int>>) Create() => (new("demo", "Capture a made-up outlet on this machine, and serve it") { ServeCommand.Port }, RunAsync);

    /// <remarks><list type="number">
    /// <item>The made-up publisher starts on loopback, and its host:port alone is allowed.</item>
    /// <item>Its three titles are added and captured.</item>
    /// <item>The archive is served. Meanwhile the publisher edits one article and deletes another (<see cref="DemoEvents"/>).</item>
    /// </list></remarks>
    private static async Task<int> RunAsync(Invocation call)
    {
        await using var outlet = await StartOutletAsync(call.Cancel);
        var settings = SettingsFor(call, outlet);
        await using var archive = Archive.Open(settings.Data, settings.Archive, call.Time, progress: null, call.Cancel);
        await CaptureAsync(call, archive, outlet);
        await using var app = ServerHost.Build(settings, archive, call.Time);
        var events = new DemoEvents(outlet, archive, app.Services.GetRequiredService<CaptureTally>(), call.Time);
        await ServerHost.RunAsync(app, address => Tell(call.Output, archive, address, outlet), async cancel =>
        {
            await events.RunAsync(call.Output.Note, cancel);
            await app.Services.GetRequiredService<Capturing>().RunAsync(cancel);
        }, call.Cancel);
        return ExitCode.Done;
    }

    // The same port each time, so that a second demo knows its articles again; any other when it is taken.
    private static async Task<SampleOutletServer> StartOutletAsync(CancellationToken cancel)
    {
        try { return await SampleOutletServer.StartAsync(OutletPort, cancel: cancel); }
        catch (IOException) { return await SampleOutletServer.StartAsync(0, cancel: cancel); }
    }

    private static Settings SettingsFor(Invocation call, SampleOutletServer outlet)
    {
        var settings = ServeCommand.WithPort(call);
        var named = call.Reading.Values.TextOf(SettingTable.Data).Origin != "default";
        return settings with
        {
            Data = named ? settings.Data : Folder,
            Capture = settings.Capture with { AllowHosts = [outlet.BaseUrl.Authority] },
            LogLevel = LogLevel.Warning,
        };
    }

    private static async Task CaptureAsync(Invocation call, Archive archive, SampleOutletServer outlet)
    {
        call.Output.Note($"A made-up publisher with {outlet.Titles.Count} titles is on {outlet.BaseUrl} (this machine only).");
        var book = archive.Capture.Book;
        foreach (var title in outlet.Titles)
        {
            var name = new OutletName(title.Path, title.Name, new Uri(outlet.BaseUrl, $"/{title.Path}/").ToString(), title.Language);
            await book.AddAsync(new Uri(outlet.BaseUrl, title.FeedPath).ToString(), title.Name, name, archive.KeepAsync, call.Cancel);
        }
        // A demo before this one may have had its publisher on another port: only today's is asked.
        var today = book.Active().Where(source => source.Source.Url.StartsWith(outlet.BaseUrl.ToString(), StringComparison.Ordinal)).ToList();
        var round = await archive.Capture.Round.RunAsync(today, archive.KeepAsync, progress: null, call.Cancel);
        foreach (var report in round.Sources) call.Output.Note($"  {report.Target.Outlet.Name}: {report.Words}");
    }

    private static void Tell(Output output, Archive archive, string address, SampleOutletServer outlet)
    {
        var edited = archive.Reader.Catalogue.Article(outlet.UrlOf(SampleOutletServer.EditedSlug).ToString())?.Id;
        if (output.Json) { output.Object(new { listening = address, data = archive.Reader.Store.Root, outlet = outlet.BaseUrl, edited }); return; }
        output.Text($"""

            Dibao serves the archive in {archive.Reader.Store.Root} on

                {address}

            Three things to try:
              1. Search, in simplified or traditional characters:  {address}/search?q=大橋
              2. An article that its outlet is about to correct:   {address}/a/{edited}
              3. A feed of everything, for any feed reader:        {address}/feed.atom

            Ctrl-C ends it. Your own outlets: dibao add URL, then dibao serve.

            """);
    }
}
