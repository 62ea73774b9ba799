using System.CommandLine;

namespace Dibao.Server.Commands;

internal static class LogCommand
{
    private static readonly Argument<string> What = new("WHAT")
    {
        Description = "key: show the public key; checkpoint: sign what was captured, and show the newest; rotate: make a new key",
    };

    public static (Command, Func<Invocation, Task<int>>) Create()
    {
        What.AcceptOnlyFromAmong("key", "checkpoint", "rotate");
        return (new("log", "The transparency log's key and checkpoint") { What }, RunAsync);
    }

    private static Task<int> RunAsync(Invocation call) => call.Value(What) switch
    {
        "key" => ShowKeyAsync(call),
        "rotate" => RotateAsync(call),
        _ => CheckpointAsync(call),
    };

    private static Task<int> ShowKeyAsync(Invocation call)
    {
        using var archive = call.OpenReader();
        var keys = archive.Log.Keys;
        if (call.Output.Json) call.Output.Object(new { origin = archive.Log.Origin, keys = keys.Select(key => key.ToString()) });
        else if (keys.Count > 0) call.Output.Line(keys[0].ToString());
        foreach (var former in call.Output.Json ? [] : keys.Skip(1)) call.Output.Note($"Before it: {former}");
        return Task.FromResult(keys.Count > 0 ? ExitCode.Done : ExitCode.Findings);
    }

    private static async Task<int> CheckpointAsync(Invocation call)
    {
        await using var archive = call.OpenArchive();
        if (archive.Log.Publish() is not { } checkpoint)
        {
            if (archive.Log.Fault is { } fault) call.Output.Error(fault);
            return archive.Log.Fault is null ? ExitCode.Findings : ExitCode.Environment;
        }
        if (call.Output.Json) call.Output.Object(new { origin = checkpoint.Checkpoint.Origin, size = checkpoint.Checkpoint.Size, root = checkpoint.Checkpoint.Root.ToString() });
        else call.Output.Text(checkpoint.Note.ToString().TrimEnd('\n'));
        return ExitCode.Done;
    }

    private static async Task<int> RotateAsync(Invocation call)
    {
        await using var archive = call.OpenArchive();
        var key = await archive.RotateLogKeyAsync(call.Time.GetUtcNow(), call.Cancel);
        if (call.Output.Json) call.Output.Object(new { origin = archive.Reader.Log.Origin, key = key.ToString() });
        else call.Output.Line(key.ToString());
        call.Output.Note("Tell everybody who holds the old key, and the witnesses. The old key file, where there was one, lies beside the new one.");
        return ExitCode.Done;
    }
}
