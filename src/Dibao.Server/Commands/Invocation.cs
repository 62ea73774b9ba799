using System.CommandLine;
using Dibao.Server.Configuration;

namespace Dibao.Server.Commands;

/// <summary>One run of one command: what was asked, with what settings, and where to answer.</summary>
internal sealed class Invocation(ParseResult parsed, SettingsReading reading, Output output, CancellationToken cancel)
{
    private Settings? settings;

    public Output Output => output;
    public CancellationToken Cancel => cancel;
    public TimeProvider Time { get; } = TimeProvider.System;
    public SettingsReading Reading => reading;

    /// <exception cref="ConfigurationException">With everything that is wrong.</exception>
    public Settings Settings => settings ??= reading.Validated();

    public T? Value<T>(Option<T> option) => parsed.GetValue(option);

    public T Value<T>(Argument<T> argument) => parsed.GetRequiredValue(argument);

    /// <summary>Null when the operator wrote none.</summary>
    public T? Optional<T>(Argument<T> argument) => parsed.GetValue(argument);

    /// <summary>True when the operator wrote the option.</summary>
    public bool Has(Option option) => parsed.GetResult(option) is { Implicit: false };

    public ArchiveReader OpenReader() => ArchiveReader.Open(Settings.Data);

    /// <summary>Opens the archive for writing, and says what had to be put right.</summary>
    public Archive OpenArchive()
    {
        var archive = Archive.Open(Settings.Data, Settings.Archive, Time, ProgressView.InLines(this, "Bringing the catalogue up to date"), cancel);
        if (archive.Recovery.Applied > 0) output.Note($"Recovered {archive.Recovery.Applied} captures that the catalogue did not have yet.");
        if (archive.Recovery.Quarantined is { } tail) output.Note($"The last writing was cut off; its torn tail, never acknowledged, is in {tail}.");
        if (archive.Recovery.Salvaged > 0) output.Note($"{archive.Recovery.Salvaged} captures stood whole behind a damaged place and were kept. If this was no power cut, look at the disk.");
        if (archive.Log.Fault is { } fault) output.Note($"No checkpoint is signed: {fault}");
        if (archive.Recovery.Unfinished is { } why) output.Note($"A takedown could not be carried out in the segments yet: {why} The next start tries again.");
        return archive;
    }

    /// <summary>Runs a command; what it throws becomes an exit code and a message.</summary>
    public static async Task<int> RunAsync(ParseResult parsed, Func<Invocation, Task<int>> run, CancellationToken cancel)
    {
        using var output = new Output { Json = parsed.GetValue(GlobalOptions.Json), Quiet = parsed.GetValue(GlobalOptions.Quiet) };
        try
        {
            var reading = SettingsReader.Read(parsed.GetValue(GlobalOptions.Data), parsed.GetValue(GlobalOptions.Config), Environment.GetEnvironmentVariables());
            return await run(new(parsed, reading, output, cancel));
        }
        catch (Exception exception) when (Failure.Of(exception) is var failure)
        {
            output.Error(failure.Message);
            if (Environment.GetEnvironmentVariable("DIBAO_DEBUG") is "1" or "true") output.Error(exception.ToString());
            return failure.ExitCode;
        }
    }
}
