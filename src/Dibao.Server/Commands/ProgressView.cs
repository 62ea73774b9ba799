using System.Globalization;
using Dibao.Publish;
using Spectre.Console;

namespace Dibao.Server.Commands;

/// <summary>How far long work has come: drawn on a terminal, a plain line every few seconds elsewhere, on standard error.</summary>
internal sealed class ProgressView : IProgress<(long Done, long All)>, IProgress<ImportProgress>, IProgress<PublishProgress>
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan BetweenDrawings = TimeSpan.FromMilliseconds(100);

    private readonly Invocation call;
    private readonly string what;
    private readonly ProgressTask? drawn;
    private readonly long started;
    private readonly Lock saying = new();
    private long lastSaid;

    private ProgressView(Invocation call, string what, ProgressTask? drawn)
    {
        this.call = call;
        this.what = what;
        this.drawn = drawn;
        started = lastSaid = call.Time.GetTimestamp();
    }

    /// <summary>Does <paramref name="work"/> while showing how far it is.</summary>
    public static async Task<T> ShowAsync<T>(Invocation call, string what, Func<ProgressView, Task<T>> work)
    {
        if (!call.Output.Draws) return await work(new ProgressView(call, what, null));
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(progress => work(new ProgressView(call, what, progress.AddTask(Markup.Escape(what)))));
    }

    /// <summary>Says it in lines, for work that is seldom long.</summary>
    public static ProgressView InLines(Invocation call, string what) => new(call, what, null);

    public void Report((long Done, long All) value) => Show(value.Done, value.All, elapsed =>
        $"{Megabytes(value.Done)} of {Megabytes(value.All)} MB, {Megabytes(value.Done / elapsed)} MB/s");

    public void Report(ImportProgress value) => Show(value.DoneBytes, value.AllBytes, elapsed =>
        string.Create(CultureInfo.InvariantCulture, $"{value.Seen} files, {value.Seen / elapsed:0}/s, {Megabytes(value.DoneBytes)} of {Megabytes(value.AllBytes)} MB"));

    public void Report(PublishProgress value) => Show(value.Done, value.All, elapsed =>
        string.Create(CultureInfo.InvariantCulture, $"{value.Done} of {value.All} articles, {value.Done / elapsed:0}/s"));

    private void Show(long done, long all, Func<double, string> amount)
    {
        lock (saying)
        {
            if (call.Time.GetElapsedTime(lastSaid) < (drawn is null ? BetweenLines : BetweenDrawings)) return;
            lastSaid = call.Time.GetTimestamp();
            var elapsed = call.Time.GetElapsedTime(started).TotalSeconds;
            var left = done > 0 ? TimeSpan.FromSeconds(Math.Max(0, (all - done) * elapsed / done)) : TimeSpan.Zero;
            var words = $"{what}: {amount(elapsed)}, {Time(left)} left";
            if (drawn is null) { call.Output.Note(words); return; }
            drawn.MaxValue = Math.Max(1, all);
            drawn.Value = done;
            drawn.Description = Markup.Escape(words);
        }
    }

    private static string Megabytes(double bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Time(TimeSpan left) =>
        left.TotalHours >= 1 ? $"{(int)left.TotalHours} h {left.Minutes} min" : left.TotalMinutes >= 1 ? $"{left.Minutes} min {left.Seconds} s" : $"{left.Seconds} s";
}
