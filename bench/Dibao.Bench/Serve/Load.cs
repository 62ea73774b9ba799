using System.Diagnostics;

namespace Dibao.Bench.Serve;

/// <summary>A closed loop: each client asks, reads the whole answer, and asks again, over one connection of its own.</summary>
internal static class Load
{
    public const int Clients = 8;

    /// <param name="pathOf">The path of the n-th request.</param>
    /// <returns>Milliseconds of each request, ascending.</returns>
    /// <exception cref="HttpRequestException">An answer was not 200: its time would mean nothing.</exception>
    public static async Task<double[]> RunAsync(Uri address, int requests, Func<int, string> pathOf)
    {
        var next = -1;
        var times = new double[requests];
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseProxy = false }) { BaseAddress = address };
            for (int n; (n = Interlocked.Increment(ref next)) < requests;)
            {
                var start = Stopwatch.GetTimestamp();
                using var answer = await client.GetAsync(new Uri(pathOf(n), UriKind.Relative));
                await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
                times[n] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        })));
        Array.Sort(times);
        return times;
    }

    /// <param name="sorted">Ascending.</param>
    /// <param name="share">0 to 1; the nearest rank.</param>
    public static double Percentile(double[] sorted, double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}
