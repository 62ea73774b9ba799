namespace Dibao.Server.Health;

/// <summary>What machines ask: is it alive, can it serve, how is it.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz", (HttpContext context) => WriteAsync(context, 200, "alive\n"));
        app.MapGet("/readyz", (HttpContext context) =>
        {
            var problems = context.RequestServices.GetRequiredService<Readiness>().Problems();
            return problems.Count == 0 ? WriteAsync(context, 200, "ready\n") : WriteAsync(context, 503, string.Join('\n', problems) + "\n");
        });
        app.MapGet("/metrics", (HttpContext context) =>
            WriteAsync(context, 200, context.RequestServices.GetRequiredService<Metrics>().Write(), PrometheusText.ContentType));
    }

    private static Task WriteAsync(HttpContext context, int status, string text, string contentType = "text/plain; charset=utf-8")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
