using System.Globalization;
using Spectre.Console;

namespace Dibao.Server.Commands;

/// <summary>How far long work has come: drawn on a terminal, a plain line every few seconds elsewhere, on standard error.</summary>
internal sealed class ProgressView : IProgress<(long Done, long All)>
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(3);

    private readonly Invocation call;
    private readonly string what;
    private readonly string unit;
    private readonly ProgressTask? drawn;
    private readonly long started;
    private readonly Lock saying = new();
    private long lastSaid;

    private ProgressView(Invocation call, string what, string unit, ProgressTask? drawn)
    {
        this.call = call;
        this.what = what;
        this.unit = unit;
        this.drawn = drawn;
        started = lastSaid = call.Time.GetTimestamp();
    }

    /// <summary>Does <paramref name="work"/> while showing how far it is.</summary>
    /// <param name="unit">What is counted; <c>B</c> is shown as MB.</param>
    public static async Task<T> ShowAsync<T>(Invocation call, string what, string unit, Func<IProgress<(long Done, long All)>, Task<T>> work)
    {
        if (!call.Output.Draws) return await work(new ProgressView(call, what, unit, null));
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(progress => work(new ProgressView(call, what, unit, progress.AddTask(Markup.Escape(what)))));
    }

    public void Report((long Done, long All) value)
    {
        lock (saying)
        {
            if (drawn is not null)
            {
                drawn.MaxValue = Math.Max(1, value.All);
                drawn.Value = value.Done;
                drawn.Description = Markup.Escape(Words(value));
            }
            else if (call.Time.GetElapsedTime(lastSaid) >= BetweenLines)
            {
                lastSaid = call.Time.GetTimestamp();
                call.Output.Note(Words(value));
            }
        }
    }

    private string Words((long Done, long All) value)
    {
        var elapsed = call.Time.GetElapsedTime(started).TotalSeconds;
        var rate = elapsed > 0 ? value.Done / elapsed : 0;
        var left = rate > 0 ? TimeSpan.FromSeconds(Math.Max(0, (value.All - value.Done) / rate)) : TimeSpan.Zero;
        return $"{what}: {Amount(value.Done)} of {Amount(value.All)}{(unit == "B" ? " MB" : $" {unit}")}, {Amount(rate)}/s, {Time(left)} left";
    }

    private string Amount(double amount) => unit == "B"
        ? (amount / 1e6).ToString("0.0", CultureInfo.InvariantCulture)
        : amount.ToString("0", CultureInfo.InvariantCulture);

    private static string Time(TimeSpan left) =>
        left.TotalHours >= 1 ? $"{(int)left.TotalHours} h {left.Minutes} min" : left.TotalMinutes >= 1 ? $"{left.Minutes} min {left.Seconds} s" : $"{left.Seconds} s";
}
