using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Dibao.Server.Tests.Commands;

/// <summary>The built dibao, run as operators run it.</summary>
internal sealed class DibaoProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder error = new();
    private readonly BlockingCollection<string> lines = [];
    private readonly List<string> seen = [];

    private DibaoProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null) lines.CompleteAdding();
            else lines.Add(line.Data);
        };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null) return;
            lock (error) error.AppendLine(line.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Error
    {
        get { lock (error) return error.ToString(); }
    }

    public static DibaoProcess Start(string data, string[] arguments, params (string Name, string Value)[] environment) =>
        Start(data, arguments, isPiped: false, environment);

    private static DibaoProcess Start(string data, string[] arguments, bool isPiped, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = isPiped,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(typeof(Configuration.Setting).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("DIBAO_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        start.Environment["DIBAO_DATA"] = data;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    public static async Task<Run> RunAsync(string data, string[] arguments, params (string Name, string Value)[] environment)
    {
        await using var dibao = Start(data, arguments, environment);
        return await dibao.EndAsync();
    }

    /// <summary>With <paramref name="input"/> through a pipe; a process that does not read to its end is no failure.</summary>
    public static async Task<Run> RunPipedAsync(string data, string[] arguments, byte[] input)
    {
        await using var dibao = Start(data, arguments, isPiped: true);
        var to = dibao.process.StandardInput.BaseStream;
        try { await to.WriteAsync(input); }
        catch (IOException) { }
        try { await to.DisposeAsync(); }
        catch (IOException) { }
        return await dibao.EndAsync();
    }

    /// <summary>The next line of standard output that holds <paramref name="part"/>; fails when the process ends without one.</summary>
    public string WaitFor(string part)
    {
        foreach (var line in lines.GetConsumingEnumerable())
        {
            seen.Add(line);
            if (line.Contains(part, StringComparison.Ordinal)) return line;
        }
        throw new InvalidOperationException($"dibao ended without saying \"{part}\":\n{string.Join('\n', seen)}\n{Error}");
    }

    public void Signal(int signal)
    {
        if (Kill(process.Id, signal) != 0) throw new InvalidOperationException($"kill({process.Id}, {signal}) failed.");
    }

    public async Task<Run> EndAsync()
    {
        await process.WaitForExitAsync();
        foreach (var line in lines.GetConsumingEnumerable()) seen.Add(line);
        return new(process.ExitCode, seen, Error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        lines.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}

/// <summary>How a command ended.</summary>
internal sealed record Run(int Code, IReadOnlyList<string> Lines, string Error)
{
    public string Output => string.Join('\n', Lines);

    public System.Text.Json.JsonElement Json(int line) => System.Text.Json.JsonDocument.Parse(Lines[line]).RootElement;
}

/// <summary>A folder that is gone when the test is.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("dibao-test-").FullName;

    /// <summary>Not there yet.</summary>
    public string Data => System.IO.Path.Combine(Path, "data");

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
