using System.Diagnostics;
using Dibao.Server.Commands;
using Dibao.Server.Jobs;

namespace Dibao.Server.Health;

/// <summary>What /metrics says.</summary>
internal sealed class Metrics(ArchiveReader archive, CaptureTally tally, RequestDurations durations, Readiness readiness, TimeProvider time)
{
    private readonly DateTimeOffset started = time.GetUtcNow();

    public string Write()
    {
        var text = new PrometheusText();
        text.Head("dibao_build_info", "gauge", "Always 1.").Sample("dibao_build_info", 1, ("version", VersionCommand.Version));
        WriteArchive(text);
        WriteCapturing(text);
        durations.WriteTo(text);
        WriteProcess(text);
        return text.ToString();
    }

    private void WriteArchive(PrometheusText text)
    {
        var counts = archive.Catalogue.Counts();
        text.Gauge("dibao_articles", "Articles in the archive.", counts.Articles)
            .Gauge("dibao_versions", "Versions of articles in the archive.", counts.Versions)
            .Gauge("dibao_outlets", "Outlets in the archive.", counts.Outlets)
            .Gauge("dibao_sources", "Sources that are polled.", counts.Sources)
            .Counter("dibao_captures_total", "Captures that are kept.", counts.Captures)
            .Gauge("dibao_segment_bytes", "Compressed bytes in the segments.", counts.SegmentBytes)
            .Gauge("dibao_disk_free_bytes", "Free bytes on the archive's disk.", readiness.FreeBytes())
            .Gauge("dibao_ready", "1 when /readyz says yes.", readiness.Problems().Count == 0 ? 1 : 0);
    }

    private void WriteCapturing(PrometheusText text)
    {
        text.Head("dibao_polls_total", "counter", "Polls of sources since the start, by how they ended.");
        foreach (var (end, count) in tally.Polls) text.Sample("dibao_polls_total", count, ("outcome", end.ToString().ToLowerInvariant()));
        text.Counter("dibao_poll_errors_total", "Polls since the start that failed.", tally.Polls.First(poll => poll.End is Capture.PollEnd.Failed).Count)
            .Counter("dibao_page_errors_total", "Article pages since the start that could not be fetched.", tally.PageErrors)
            .Counter("dibao_new_articles_total", "Articles since the start that the archive did not have.", tally.NewArticles)
            .Counter("dibao_changed_articles_total", "New versions since the start that a feed announced.", tally.ChangedArticles)
            .Counter("dibao_capture_restarts_total", "Times since the start that capturing failed and was started again.", tally.Restarts);
    }

    private void WriteProcess(PrometheusText text)
    {
        using var process = Process.GetCurrentProcess();
        text.Counter("process_cpu_seconds_total", "Processor time, user and system.", process.TotalProcessorTime.TotalSeconds)
            .Gauge("process_resident_memory_bytes", "Resident memory.", process.WorkingSet64)
            .Gauge("process_start_time_seconds", "Start, seconds since 1970.", started.ToUnixTimeSeconds())
            .Gauge("process_threads", "Threads.", process.Threads.Count)
            .Gauge("dotnet_gc_heap_bytes", "Bytes on the managed heap after the last collection.", GC.GetGCMemoryInfo().HeapSizeBytes)
            .Head("dotnet_gc_collections_total", "counter", "Garbage collections, by generation.");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            text.Sample("dotnet_gc_collections_total", GC.CollectionCount(generation), ("generation", generation.ToString()));
        }
    }
}
