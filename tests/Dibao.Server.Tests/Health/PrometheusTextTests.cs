using Dibao.Server.Health;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Health;

public class PrometheusTextTests
{
    [Fact]
    public void Labels_are_escaped_and_samples_stand_in_the_order_given() =>
        new PrometheusText().Head("polls", "counter", "By\nend \\ so").Sample("polls", 2.5, ("a", "x\"y\\z\n"), ("b", "中")).ToString()
            .ShouldBe("# HELP polls By\\nend \\\\ so\n# TYPE polls counter\npolls{a=\"x\\\"y\\\\z\\n\",b=\"中\"} 2.5\n");

    [Fact]
    public async Task A_histogram_is_cumulative_and_strangers_cannot_make_it_grow()
    {
        var durations = new RequestDurations(TimeProvider.System);
        for (var i = 0; i < 50; i++)
        {
            var context = new DefaultHttpContext();
            context.Request.Method = $"M{i}";
            context.Request.Path = $"/{i}";
            context.Response.StatusCode = 404;
            await durations.MeasureAsync(context, _ => Task.CompletedTask);
        }
        var text = new PrometheusText();
        durations.WriteTo(text);
        var lines = text.ToString().TrimEnd('\n').Split('\n');
        lines.ShouldContain("dibao_http_request_duration_seconds_bucket{method=\"other\",route=\"none\",status=\"4xx\",le=\"+Inf\"} 50");
        lines.ShouldContain("dibao_http_request_duration_seconds_count{method=\"other\",route=\"none\",status=\"4xx\"} 50");
        lines.Count(line => line.Contains("_count{", StringComparison.Ordinal)).ShouldBe(1);
    }
}
