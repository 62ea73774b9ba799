namespace Dibao.Bench.Extract;

internal static class ExtractSpeed
{
    public static Task RunAsync(CancellationToken cancel) => Task.CompletedTask;
}
