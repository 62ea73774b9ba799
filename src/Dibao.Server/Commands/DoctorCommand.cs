using System.CommandLine;
using Dibao.Server.Configuration;

namespace Dibao.Server.Commands;

internal static class DoctorCommand
{
    private static readonly Option<bool> Settings = new("--settings") { Description = "Write docs/configuration.md to standard output instead" };

    public static (Command, Func<Invocation, Task<int>>) Create() =>
        (new("doctor", "Check this machine, the settings and the archive's folder") { Settings }, RunAsync);

    private static async Task<int> RunAsync(Invocation call)
    {
        if (call.Value(Settings))
        {
            call.Output.Text(ConfigurationPage.Write().TrimEnd('\n'));
            return ExitCode.Done;
        }
        var checks = await Doctor.ExamineAsync(call.Reading, call.Time, call.Cancel);
        foreach (var check in checks)
        {
            if (call.Output.Json) call.Output.Object(new { check = check.Name, ok = check.Remedy is null, found = check.Found, remedy = check.Remedy });
            else call.Output.Line($"{(check.Remedy is null ? "ok     " : "FINDING")}  {check.Name,-12}  {check.Found}{(check.Remedy is null ? "" : $" → {check.Remedy}")}");
        }
        var findings = checks.Count(check => check.Remedy is not null);
        if (!call.Output.Json) call.Output.Line(findings == 0 ? "All is well." : $"{findings} findings.");
        return findings == 0 ? ExitCode.Done : ExitCode.Findings;
    }
}
