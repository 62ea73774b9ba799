using System.Diagnostics;
using Dibao.SampleOutlet.Web;

namespace Dibao.Bench.Capture;

/// <summary>A made-up web in a process of its own, so that what it costs is not counted. Mode <c>web</c> of this program.</summary>
internal sealed class WebProcess : IDisposable
{
    private readonly Process process;

    private WebProcess(Process process, IReadOnlyList<string> authorities) => (this.process, Authorities) = (process, authorities);

    public IReadOnlyList<string> Authorities { get; }

    public static WebProcess Start(int outlets)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var argument in new[] { typeof(WebProcess).Assembly.Location, "web", outlets.ToString() }) start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        var authorities = new List<string>(outlets);
        while (process.StandardOutput.ReadLine() is { Length: > 0 } authority) authorities.Add(authority);
        return new(process, authorities);
    }

    /// <summary>The process itself: names its outlets, then serves until its input ends.</summary>
    public static async Task ServeAsync(int outlets)
    {
        await using var web = await MadeUpWeb.StartAsync(new() { Outlets = outlets, Articles = 1 }, CancellationToken.None);
        foreach (var authority in web.Authorities) await Console.Out.WriteLineAsync(authority);
        await Console.Out.WriteLineAsync();
        await Console.In.ReadToEndAsync();
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit(5000);
        process.Dispose();
    }
}
