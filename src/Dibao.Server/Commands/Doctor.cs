using System.Runtime.InteropServices;
using Dapper;
using Dibao.Capture;
using Dibao.Capture.FullText;
using Dibao.Find;
using Dibao.Keep;
using Dibao.Prove;
using Dibao.Server.Configuration;
using Dibao.Server.Health;
using Dibao.Server.Jobs;
using Microsoft.Data.Sqlite;

namespace Dibao.Server.Commands;

/// <summary>One thing that was looked at.</summary>
/// <param name="Remedy">What to do; null when all is well.</param>
internal sealed record Check(string Name, string Found, string? Remedy = null);

/// <summary>Looks at what dibao stands on.</summary>
internal static class Doctor
{
    // Made before this was written: no machine's clock is right that says less.
    private const int YearThatHasPassed = 2025;
    private const int MostProblems = 10;
    private const string BrowserUses = "sources whose pages a browser draws";

    public static async Task<IReadOnlyList<Check>> ExamineAsync(SettingsReading reading, TimeProvider time, CancellationToken cancel)
    {
        var folder = Path.GetFullPath(reading.Values.Of(SettingTable.Data)!);
        return
        [
            Runtime(), .. Settings(reading), Clock(time), TimeZones(), Disk(folder),
            .. await TrialAsync(folder, time, cancel), .. Archive(folder, time), Optional("git", "publishing to a git repository"), Chromium(reading), Driver(),
        ];
    }

    private static Check Runtime() => new("runtime", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors",
        Environment.Version.Major >= 10 ? null : "install the .NET 10 runtime");

    private static IEnumerable<Check> Settings(SettingsReading reading)
    {
        foreach (var problem in reading.Problems) yield return new("settings", problem, "correct it; see docs/configuration.md");
        foreach (var warning in reading.Warnings) yield return new("settings", warning, "correct or unset it");
        if (reading.Problems.Count > 0) yield break;
        var settings = reading.Validated();
        yield return new("settings", $"{reading.File ?? "no configuration file"}; {SettingTable.All.Count(setting => reading.Values.TextOf(setting).Origin != "default")} of {SettingTable.All.Count} set");
        foreach (var check in SiteRules(settings.Capture.SiteRules)) yield return check;
        yield return settings.ListensOnLoopback ? new("listen", $"{settings.ListenUrl}, this machine only")
            : settings.Token is null ? new("listen", $"{settings.ListenUrl} without a token: sources cannot be added over it", "set DIBAO_TOKEN, or add sources with `dibao add`")
            : new("listen", $"{settings.ListenUrl}; adding sources needs the token");
    }

    private static IEnumerable<Check> SiteRules(string? folder)
    {
        const string Name = "site rules";
        if (folder is null) return [];
        try
        {
            var shelf = SiteRuleShelf.Load(folder);
            Check[] told = [.. shelf.Problems.Take(MostProblems).Select(problem => new Check(Name, problem.ToString(), "correct the line; it is passed over"))];
            var more = shelf.Problems.Count - told.Length;
            return [new(Name, $"{shelf.Count} in {folder}", shelf.Count == 0 ? "name the files as hosts, as in news.example.txt" : null), .. told,
                .. more > 0 ? [new Check(Name, $"{more} more lines are passed over", "correct the first ones, and look again")] : Array.Empty<Check>()];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [new(Name, unreadable.Message, "name a folder that can be read in Capture:SiteRules, or unset it")];
        }
    }

    private static Check Clock(TimeProvider time)
    {
        var now = time.GetUtcNow();
        return new("clock", $"{now:yyyy-MM-dd HH:mm:ss}Z", now.Year >= YearThatHasPassed ? null : "set the clock: captures carry its time for good");
    }

    private static Check TimeZones() => TimeZoneInfo.TryFindSystemTimeZoneById("Asia/Shanghai", out _)
        ? new("time zones", "Asia/Shanghai is known")
        : new("time zones", "Asia/Shanghai is not known", "install tzdata");

    private static Check Disk(string folder)
    {
        var free = new DriveInfo(Existing(folder)).AvailableFreeSpace;
        return new("disk", $"{free >> 20} MiB free for {folder}", free >= Readiness.LeastFreeBytes ? null : $"free some space: at least {Readiness.LeastFreeBytes >> 20} MiB");
    }

    // A small archive beside the real one's files, on the same disk and by the same rights: what works there works here.
    private static async Task<IReadOnlyList<Check>> TrialAsync(string folder, TimeProvider time, CancellationToken cancel)
    {
        var trial = Path.Combine(Existing(folder), $".dibao-doctor-{Environment.ProcessId}");
        var stage = "folder";
        try
        {
            Directory.CreateDirectory(trial);
            stage = "fsync";
            await using var archive = Dibao.Archive.Open(trial, new ArchiveOptions(), time, progress: null, cancel);
            await archive.KeepAsync(Sample(time), cancel);
            stage = "search";
            var query = ((QueryReading.Parsed)SearchQuery.Parse("标题")).Query;
            var found = archive.Reader.Search.Search(query, new()).Total;
            var sqlite = archive.Reader.Database.Read(connection => connection.QuerySingle<string>("SELECT sqlite_version()"));
            return
            [
                new("folder", $"{Existing(folder)} can be written"),
                new("fsync", "a capture was made durable, and the directory with it"),
                archive.Log.Publish() is { } checkpoint
                    ? new("proofs", $"a checkpoint over {checkpoint.Checkpoint.Size} leaf was signed")
                    : new("proofs", archive.Log.Fault!, "as it says; captures are kept all the same"),
                new("search", $"SQLite {sqlite} with FTS5; two characters were found", found == 1 ? null : "reinstall dibao: its SQLite or tokenizer does not work here"),
            ];
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or SqliteException or StoreException or DllNotFoundException or TypeInitializationException)
        {
            return [new(stage, failed.Message, stage switch
            {
                "folder" => "give the user that runs dibao the right to write there, or name another folder (--data)",
                "fsync" => "look at the disk and its file system: nothing can be kept for good on it",
                _ => "reinstall dibao: its SQLite or tokenizer does not work here",
            })];
        }
        finally
        {
            if (Directory.Exists(trial)) Directory.Delete(trial, recursive: true);
        }
    }

    private static CaptureBundle Sample(TimeProvider time) => new()
    {
        Kind = CaptureKind.Article,
        Url = "https://doctor.invalid/1",
        At = time.GetUtcNow(),
        Outlet = new("doctor", "doctor"),
        SourceUrl = "https://doctor.invalid/feed",
        Entry = new() { Id = "1", Link = "https://doctor.invalid/1", Title = "一个标题", Content = "<p>一段文字，为了试一试。</p>" },
        PageError = "not asked",
    };

    private static IEnumerable<Check> Archive(string folder, TimeProvider time)
    {
        if (!File.Exists(Path.Combine(folder, "FORMAT")))
        {
            yield return new("archive", $"{folder} holds none yet; dibao add, import and serve make it");
            yield break;
        }
        Check check;
        Check? log = null;
        try
        {
            using var archive = ArchiveReader.Open(folder);
            log = Log(archive);
            var counts = archive.Catalogue.Counts();
            check = new("archive", $"{counts.Articles} articles, {counts.Versions} versions, {counts.Captures} captures, {counts.SegmentBytes >> 20} MiB in {folder}");
            if (archive.Catalogue.Newest(null, null, 1).Articles is [var newest] && newest.LastCaptured > time.GetUtcNow().AddHours(1))
            {
                check = check with { Remedy = $"the clock: something was captured at {newest.LastCaptured:u}, which is still to come" };
            }
        }
        catch (Exception failed) when (Failure.Of(failed) is { ExitCode: not ExitCode.Fault } failure)
        {
            check = new("archive", failure.Message, "as it says");
        }
        yield return check;
        if (log is not null) yield return log;
    }

    private static Check Log(ArchiveReader archive)
    {
        const string Name = "log";
        try
        {
            if (archive.Log.Keys is not [var key, ..]) return new(Name, "not begun; dibao serve, and any command that captures, begins it");
            if (archive.Log.Checkpoint() is not { } head) return new(Name, $"{key}, nothing signed yet");
            var leaves = archive.Catalogue.LeafCount();
            if (archive.Catalogue.CaptureCount() is var captures && captures < leaves)
            {
                return new(Name, $"{key}, {leaves - captures} of {leaves} captures are missing from the segments, and nothing is signed",
                    "dibao verify, which names the segments: restore them from a backup, then dibao rebuild");
            }
            return new(Name, $"{key}, {head.Checkpoint.Size} of {leaves} leaves signed",
                head.Checkpoint.Size > leaves ? "the segments hold less than was signed: restore them from a backup, then run `dibao rebuild`"
                : archive.Log.Keys.Any(head.Note.IsSignedBy) ? null
                : "the checkpoint is not signed by the archive's key: restore log/checkpoint from a backup or a mirror");
        }
        catch (Exception bad) when (bad is LogException or FormatException)
        {
            return new(Name, bad.Message, "as it says");
        }
    }

    private static Check Optional(string program, string use)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        return new(program, path ?? $"not found; only {use} needs it");
    }

    private static Check Chromium(SettingsReading reading)
    {
        const string Name = "chromium";
        if (reading.Problems.Count > 0 || reading.Validated().Chromium is not { } named) return Optional(Name, BrowserUses);
        return File.Exists(named) ? new(Name, named) : new(Name, $"{named}, which Capture:Chromium names, is not there", "correct or unset it");
    }

    // As git and Chromium: only who wants pages drawn needs it, and is told how to have it.
    private static Check Driver()
    {
        const string Name = "browser driver";
        if (PlaywrightDriver.Find() is { } found) return new(Name, found);
        return Environment.GetEnvironmentVariable(PlaywrightDriver.Variable) is { Length: > 0 } named
            ? new(Name, $"{named}, which {PlaywrightDriver.Variable} names, does not hold .playwright with Node for this machine", PlaywrightDriver.Remedy)
            : new(Name, $"not found; only {BrowserUses} needs it: {PlaywrightDriver.Remedy}");
    }

    private static string Existing(string folder)
    {
        while (!Directory.Exists(folder)) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
