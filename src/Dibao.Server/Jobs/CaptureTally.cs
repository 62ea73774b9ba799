using Dibao.Capture;

namespace Dibao.Server.Jobs;

/// <summary>Counts what capturing does, and logs it. Thread-safe.</summary>
internal sealed partial class CaptureTally(ILogger<CaptureTally> log) : IProgress<SourceReport>
{
    private static readonly PollEnd[] Ends = Enum.GetValues<PollEnd>();

    private readonly long[] polls = new long[Ends.Length];
    private long newArticles;
    private long changedArticles;
    private long pageErrors;
    private long restarts;

    public IEnumerable<(PollEnd End, long Count)> Polls => Ends.Select(end => (end, Interlocked.Read(ref polls[(int)end])));
    public long NewArticles => Interlocked.Read(ref newArticles);
    public long ChangedArticles => Interlocked.Read(ref changedArticles);
    public long PageErrors => Interlocked.Read(ref pageErrors);
    public long Restarts => Interlocked.Read(ref restarts);

    public void CountRestart() => Interlocked.Increment(ref restarts);

    public void Report(SourceReport value)
    {
        Interlocked.Increment(ref polls[(int)value.End]);
        Interlocked.Add(ref newArticles, value.New);
        Interlocked.Add(ref changedArticles, value.Changed);
        Interlocked.Add(ref pageErrors, value.PageErrors.Count);
        if (value.End is PollEnd.Failed) Failed(value.Target.Outlet.Slug, value.Target.Source.Url, value.Words);
        else Polled(value.Target.Outlet.Slug, value.Target.Source.Url, value.End, value.New, value.Changed);
    }

    [LoggerMessage(1010, LogLevel.Information, "Polled {Outlet} {Url}: {End}, {New} new, {Changed} changed.")]
    private partial void Polled(string outlet, string url, PollEnd end, int @new, int changed);

    [LoggerMessage(1011, LogLevel.Warning, "Poll of {Outlet} {Url} failed: {Words}")]
    private partial void Failed(string outlet, string url, string words);
}
