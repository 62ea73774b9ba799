using System.Diagnostics;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Log;

/// <summary>Programs of others that say whether we are right. A test is skipped where one is not installed.</summary>
internal static class Tool
{
    private const string GoPath = "/usr/share/gocode";

    /// <summary>Runs a program; its standard output, without the last line's end.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var (code, output, error) = Try(program, arguments);
        code.ShouldBe(0, $"{program}: {output} {error}");
        return output.TrimEnd('\n');
    }

    public static (int Code, string Output, string Error) Try(string program, string[] arguments, string? folder = null, params (string Name, string Value)[] environment)
    {
        if (!Installed(program)) Assert.Skip($"{program} is not installed; see test.sh.");
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>Runs the Go program beside the tests, on Debian's x/mod.</summary>
    public static string Go(params string[] arguments)
    {
        if (!Directory.Exists(Path.Combine(GoPath, "src/golang.org/x/mod/sumdb/tlog"))) Assert.Skip("golang-golang-x-mod-dev is not installed; see test.sh.");
        var program = Path.Combine(Specs.Checkout.Root, "tests/Dibao.Tests/Log/Oracle/oracle.go");
        var (code, output, error) = Try("go", ["run", program, .. arguments], null, ("GO111MODULE", "off"), ("GOPATH", GoPath), ("GOFLAGS", ""));
        code.ShouldBe(0, output + error);
        return output.TrimEnd('\n');
    }

    public static bool Installed(string program) => File.Exists(program) || (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
