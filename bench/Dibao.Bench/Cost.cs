using System.Diagnostics;

namespace Dibao.Bench;

/// <summary>What an act took of the clock, and of the processor in this whole process (user and system).</summary>
internal readonly record struct Cost(TimeSpan Wall, TimeSpan Processor)
{
    public static Cost Of(Action act)
    {
        var start = Start();
        act();
        return Since(start);
    }

    public static async Task<Cost> OfAsync(Func<Task> act)
    {
        var start = Start();
        await act();
        return Since(start);
    }

    private static (long Clock, TimeSpan Processor) Start()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return (Stopwatch.GetTimestamp(), Processors());
    }

    private static Cost Since((long Clock, TimeSpan Processor) start) => new(Stopwatch.GetElapsedTime(start.Clock), Processors() - start.Processor);

    private static TimeSpan Processors()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
