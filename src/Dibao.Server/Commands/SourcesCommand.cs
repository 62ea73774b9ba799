using System.CommandLine;
using Dibao.Server.Api;
using Dibao.Server.Read;

namespace Dibao.Server.Commands;

internal static class SourcesCommand
{
    private const int DaysCounted = 7;

    private static readonly Option<bool> Failing = new("--failing") { Description = "Only those that could not be read at the last attempt" };

    public static (Command, Func<Invocation, Task<int>>) Create() =>
        (new("sources", "Say how each source fares, what went wrong last, and what to do about it") { Failing }, RunAsync);

    private static Task<int> RunAsync(Invocation call)
    {
        using var archive = call.OpenReader();
        var sources = archive.Sources().Where(source => !call.Value(Failing) || source.Failures > 0).ToList();
        var days = archive.Coverage.Days([.. sources.Select(source => source.Source.Id)], DaysCounted, call.Time.GetUtcNow());
        foreach (var source in sources)
        {
            var week = days[source.Source.Id];
            var (seen, missed) = (week.Sum(day => day.Seen), week.Sum(day => day.Missed));
            if (call.Output.Json) Print(call.Output, source, seen, missed);
            else PrintLines(call.Output, source, seen, missed);
        }
        if (sources.Count == 0) call.Output.Note(call.Value(Failing) ? "No source is failing." : "There are no sources yet: dibao add URL.");
        return Task.FromResult(sources.Exists(source => source.Failures > 0) ? ExitCode.Findings : ExitCode.Done);
    }

    private static void Print(Output output, SourceHealth source, int seen, int missed)
    {
        var json = SourceJson.Of(source);
        output.Object(new
        {
            id = json.Id, url = json.Url, title = json.Title, kind = json.Kind, selector = json.Selector, outlet = json.Outlet.Slug, state = json.State,
            lastAttempt = json.LastAttempt, lastSuccess = json.LastSuccess, nextPoll = json.NextPoll, failures = json.Failures, failure = json.Failure,
            lastProblem = json.LastError, remedy = json.Remedy, articles = json.Outlet.Articles, seenIn7Days = seen, missedIn7Days = missed,
        });
    }

    private static void PrintLines(Output output, SourceHealth source, int seen, int missed)
    {
        output.Line($"{source.Source.Id,5}  {source.Outlet.Slug}  {source.Source.Url}  {Kind(source.Source.Kind)}");
        output.Line($"       {State(source)}; {DaysCounted} days: {seen} announced, {missed} missing");
        if (source.LastError is not { } error) return;
        output.Line($"       {error}");
        if (Remedies.Of(source.Failure, Words.En) is { } remedy) output.Line($"       What to do: {remedy}");
    }

    private static string State(SourceHealth source) => source switch
    {
        { Source.State: SourceState.Retired } => "retired",
        { LastAttempt: null } => "not polled yet",
        { Failures: > 0 } => $"failed {source.Failures} times in a row, next {source.NextPoll:yyyy-MM-dd HH:mm}Z",
        _ => $"well at {source.LastSuccess:yyyy-MM-dd HH:mm}Z, next {source.NextPoll:yyyy-MM-dd HH:mm}Z",
    };

    private static string Kind(SourceKind kind) => kind switch { SourceKind.Sitemap => "sitemap", SourceKind.ListPage => "list page", _ => "feed" };
}
