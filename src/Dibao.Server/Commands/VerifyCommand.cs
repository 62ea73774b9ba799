using System.CommandLine;
using Dibao.Keep;

namespace Dibao.Server.Commands;

internal static class VerifyCommand
{
    public static (Command, Func<Invocation, Task<int>>) Create() => (new("verify", "Read every byte that is kept, and report what is not as it was"), RunAsync);

    private static async Task<int> RunAsync(Invocation call)
    {
        var store = StoreFolder.OpenExisting(call.Settings.Data);
        using var database = File.Exists(store.DatabasePath) ? new Database(store.DatabasePath, Find.SearchTokenizer.Register, readOnly: true) : null;
        var report = await ProgressView.ShowAsync(call, "Verifying", progress =>
            Task.Run(() => new Verification(store, database).Run(fault => Print(call.Output, fault), progress, call.Cancel), call.Cancel));
        if (call.Output.Json)
        {
            call.Output.Object(new
            {
                segments = report.Segments, bytes = report.Bytes, records = report.Records, captures = report.Captures,
                root = report.Root.ToString(), faults = report.Faults, catalogue = database is not null,
            });
        }
        else
        {
            if (database is null) call.Output.Note("There is no catalogue; only the segments were read. `dibao rebuild` makes it.");
            call.Output.Line($"{report.Segments} segments, {report.Bytes} bytes, {report.Records} records, {report.Captures} captures: {(report.Faults == 0 ? "all as kept" : $"{report.Faults} faults")}. Root {report.Root}.");
        }
        return report.Faults == 0 ? ExitCode.Done : ExitCode.Corruption;
    }

    private static void Print(Output output, Fault fault)
    {
        if (output.Json) output.Object(new { file = fault.File, offset = fault.Offset, reason = fault.Reason });
        else output.Line($"{fault.File}{(fault.Offset is { } offset ? $" at {offset}" : "")}: {fault.Reason}");
    }
}
