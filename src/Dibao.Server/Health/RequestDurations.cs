using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Routing;

namespace Dibao.Server.Health;

/// <summary>How long requests took, by method, route and status class: a bounded number of series, whatever is asked. Thread-safe.</summary>
internal sealed class RequestDurations(TimeProvider time)
{
    private const string Name = "dibao_http_request_duration_seconds";

    private static readonly double[] Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<(string Method, string Route, string Status), Series> series = new();

    public async Task MeasureAsync(HttpContext context, RequestDelegate next)
    {
        var began = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var key = (Method(context.Request.Method), Route(context), Status(context.Response.StatusCode));
            series.GetOrAdd(key, static _ => new()).Add(time.GetElapsedTime(began).TotalSeconds);
        }
    }

    public void WriteTo(PrometheusText text)
    {
        text.Head(Name, "histogram", "Seconds from a request's arrival to the end of its answer.");
        foreach (var ((method, route, status), one) in series.OrderBy(entry => entry.Key))
        {
            one.WriteTo(text, ("method", method), ("route", route), ("status", status));
        }
    }

    private static string Route(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";

    // Methods are whatever a client writes.
    private static string Method(string method) => method is "GET" or "HEAD" or "POST" ? method : "other";

    private static string Status(int status) => $"{status / 100}xx";

    private sealed class Series
    {
        private readonly Lock adding = new();
        private readonly long[] counts = new long[Bounds.Length + 1];
        private double sum;

        public void Add(double seconds)
        {
            var at = Array.FindIndex(Bounds, bound => seconds <= bound);
            lock (adding)
            {
                counts[at < 0 ? Bounds.Length : at]++;
                sum += seconds;
            }
        }

        public void WriteTo(PrometheusText text, (string, string) method, (string, string) route, (string, string) status)
        {
            lock (adding)
            {
                var below = 0L;
                for (var i = 0; i < counts.Length; i++)
                {
                    below += counts[i];
                    var bound = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                    text.Sample(Name + "_bucket", below, method, route, status, ("le", bound));
                }
                text.Sample(Name + "_sum", sum, method, route, status).Sample(Name + "_count", below, method, route, status);
            }
        }
    }
}
