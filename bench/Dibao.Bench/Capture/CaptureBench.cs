using System.Diagnostics;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Dibao.Capture.Sources;
using Dibao.SampleOutlet.Web;

namespace Dibao.Bench.Capture;

/// <summary>A made-up web, captured end to end: fetched, read, indexed and durable; what politeness costs; and what ten thousand sources cost.</summary>
internal static class CaptureBench
{
    public static async Task RunAsync(string[] options, BenchReport report)
    {
        if (options is ["burst", .. var many])
        {
            await BurstAsync(many.Length > 0 ? int.Parse(many[0], null) : 10_000, report);
            return;
        }
        var outlets = options.Length > 0 ? int.Parse(options[0], null) : 200;
        var sources = options.Length > 1 ? int.Parse(options[1], null) : 10_000;
        if (outlets > 0) await EndToEndAsync(new() { Outlets = outlets, Articles = 100, LongestDelay = TimeSpan.FromMilliseconds(50), Faults = true }, report);
        if (outlets > 0) await PolitelyAsync(new() { Outlets = 20, Articles = 10, LongestDelay = TimeSpan.FromMilliseconds(20), Remembers = true }, TimeSpan.FromMilliseconds(100), report);
        if (sources > 0) await HourlyAsync(sources, report);
    }

    private static async Task EndToEndAsync(MadeUpWebPlan plan, BenchReport report)
    {
        var section = $"capture {plan.Outlets} outlets, {plan.Outlets * plan.Articles} articles";
        report.Section($"{section}: delays up to {plan.LongestDelay.TotalMilliseconds} ms, 3 % errors, the server in the same process");
        await using var web = await MadeUpWeb.StartAsync(plan, CancellationToken.None);
        var bare = await Cost.OfAsync(() => FetchAloneAsync(web, plan));
        await using var archive = new BenchArchive(web.Authorities, TimeSpan.Zero);
        await archive.WatchAllAsync();
        RoundReport? round = null;
        var cost = await Cost.OfAsync(async () => round = await archive.RoundAsync());
        var captures = (int)archive.Counts.Captures;
        var articles = archive.Counts.Articles;
        report.Add(new(section, "captures/s, end to end", articles / cost.Wall.TotalSeconds, "articles/s", "≥ 300", $"{cost.Wall.TotalSeconds:F1} s; {articles} articles, {captures} captures, {round!.New} new"));
        report.Add(new(section, "processor, server included", cost.Processor.TotalMilliseconds / articles, "ms/article"));
        report.Add(new(section, "baseline: the same requests, nothing kept", bare.Processor.TotalMilliseconds / articles, "ms/article", Note: $"HttpClient, {bare.Wall.TotalSeconds:F1} s"));
        report.Add(new(section, "whole ÷ fetching alone", cost.Processor / bare.Processor, "times"));
    }

    private static async Task PolitelyAsync(MadeUpWebPlan plan, TimeSpan delay, BenchReport report)
    {
        var section = $"capture politely, {delay.TotalMilliseconds} ms between requests";
        report.Section(section);
        await using var web = await MadeUpWeb.StartAsync(plan, CancellationToken.None);
        await using var archive = new BenchArchive(web.Authorities, delay);
        await archive.WatchAllAsync();
        await archive.RoundAsync();
        var gaps = web.Visits.GroupBy(visit => visit.Host).SelectMany(host =>
        {
            var visits = host.OrderBy(visit => visit.From).ToList();
            return visits.Zip(visits.Skip(1), (before, after) => Stopwatch.GetElapsedTime(before.To, after.From));
        }).ToList();
        report.Add(new(section, "requests closer than the delay", gaps.Count(gap => gap < delay), "requests", "= 0", $"of {gaps.Count}, measured at the server"));
        report.Add(new(section, "least gap", gaps.Min().TotalMilliseconds, "ms", $"≥ {delay.TotalMilliseconds}"));
        report.Add(new(section, "median gap", gaps.Order().ElementAt(gaps.Count / 2).TotalMilliseconds, "ms"));
    }

    // An hour in a minute and a half: each source is polled once, when the scheduler finds it due.
    private static async Task HourlyAsync(int sources, BenchReport report)
    {
        var section = $"capture {sources} sources";
        var hour = TimeSpan.FromSeconds(sources / 100.0);
        report.Section($"{section}: each polled once over {hour.TotalSeconds:F0} s by the scheduler, nothing new; the web is a process of its own");
        using var web = WebProcess.Start(sources);
        await using var archive = new BenchArchive(web.Authorities, TimeSpan.Zero);
        await archive.WatchAllAsync();
        archive.DueOver(hour);
        await archive.ScheduledAsync(sources);
        archive.DueOver(hour);
        var cost = await Cost.OfAsync(() => archive.ScheduledAsync(sources));
        using var process = Process.GetCurrentProcess();
        report.Add(new(section, "processor, polled each hour", cost.Processor.TotalSeconds / 36, "% of a core", "≤ 10", $"{cost.Processor.TotalMilliseconds / sources:F2} ms a poll; {cost.Wall.TotalSeconds:F1} s for all"));
        report.Add(new(section, "resident at the end", process.WorkingSet64 / 1e6, "MB", "≤ 200", $"{process.PeakWorkingSet64 / 1e6:F0} at the highest, everything before included"));
    }

    // What happens after a night without a network: all are due, and each has something new.
    private static async Task BurstAsync(int sources, BenchReport report)
    {
        var section = $"capture a burst of {sources} sources";
        report.Section($"{section}: all due at once, an article each; the web is a process of its own");
        using var web = WebProcess.Start(sources);
        await using var archive = new BenchArchive(web.Authorities, TimeSpan.Zero);
        await archive.WatchAllAsync();
        var peak = new Descriptors();
        RoundReport? round = null;
        var cost = await Cost.OfAsync(async () => round = await archive.RoundAsync());
        using var process = Process.GetCurrentProcess();
        report.Add(new(section, "sources read", sources - round!.Sources.Count(source => source.End == PollEnd.Failed), "sources", $"= {sources}", $"{archive.Counts.Articles} articles in {cost.Wall.TotalSeconds:F1} s"));
        report.Add(new(section, "descriptors at the highest", await peak.EndAsync(), "files"));
        report.Add(new(section, "resident at the highest", process.PeakWorkingSet64 / 1e6, "MB"));
        foreach (var failed in round.Sources.Where(source => source.End == PollEnd.Failed).GroupBy(source => source.Words.Split(':')[^1]).OrderByDescending(group => group.Count()).Take(3))
            report.Add(new(section, "failed", failed.Count(), "sources", Note: failed.Key));
    }

    // What the same pages cost a client that throws them away, at as many at once.
    private static async Task FetchAloneAsync(MadeUpWeb web, MadeUpWebPlan plan)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = true });
        await Parallel.ForEachAsync(web.Authorities, new ParallelOptions { MaxDegreeOfParallelism = BenchArchive.Requests }, async (authority, cancel) =>
        {
            for (var article = 1; article <= plan.Articles; article++)
            {
                try { await http.GetByteArrayAsync(new Uri($"http://{authority}/a/{article}"), cancel); }
                catch (HttpRequestException) { /* the errors are part of it */ }
            }
        });
    }
}
