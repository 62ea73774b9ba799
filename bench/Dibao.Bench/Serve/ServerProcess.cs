using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Dibao.Bench.Serve;

/// <summary><c>dibao serve</c> as a process of its own, on a free port of loopback, capturing switched off.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2);

    private readonly Process process;

    private ServerProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>From starting the process to the end of the first answer that is 200.</summary>
    public TimeSpan FirstAnswer { get; private set; }

    /// <summary>User and system.</summary>
    public TimeSpan Processor { get { process.Refresh(); return process.TotalProcessorTime; } }

    /// <param name="folder">Of the archive.</param>
    /// <exception cref="TimeoutException">It never answered.</exception>
    public static async Task<ServerProcess> StartAsync(string folder)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(Executable, ["serve", "--data", folder, "--port", port.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DIBAO_CAPTURE_ENABLED"] = "false" },
        };
        var clock = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => { if (line.Data is { Length: > 0 } said) Console.Error.WriteLine($"  dibao: {said}"); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new ServerProcess(process, new($"http://127.0.0.1:{port}/"));
        await server.WaitAsync(clock);
        return server;
    }

    /// <summary>Resident bytes, now and at the highest.</summary>
    public (long Now, long Peak) Resident()
    {
        var status = File.ReadAllLines($"/proc/{process.Id}/status");
        return (Kilobytes("VmRSS:"), Kilobytes("VmHWM:"));

        long Kilobytes(string field) => 1024 * long.Parse(
            status.First(line => line.StartsWith(field, StringComparison.Ordinal))[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static string Executable => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "dibao.exe" : "dibao");

    private async Task WaitAsync(long clock)
    {
        using var client = new HttpClient { BaseAddress = Address };
        while (true)
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(clock) > LongestStart) throw new TimeoutException($"{Executable} serve gave no answer.");
            try
            {
                using var answer = await client.GetAsync(new Uri("/", UriKind.Relative));
                await answer.Content.ReadAsByteArrayAsync();
                if (answer.IsSuccessStatusCode) break;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(5);
            }
        }
        FirstAnswer = Stopwatch.GetElapsedTime(clock);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
