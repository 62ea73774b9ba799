using System.Text;
using Dibao.Capture.Fetch;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Fetch;

public class FreshnessTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Cache-Control: max-age=600", 600)]
    [InlineData("cache-control: public, MAX-AGE = 600", 600)]
    [InlineData("Cache-Control: public\r\nCache-Control: max-age=\"600\"", 600)]
    [InlineData("Cache-Control: max-age=600\r\nAge: 100", 500)]
    [InlineData("Cache-Control: max-age=600\r\nAge: 900", null)]
    [InlineData("Cache-Control: max-age=600\r\nExpires: Sun, 01 Mar 2026 10:00:00 GMT", 600)]
    [InlineData("Cache-Control: no-store, max-age=600", null)]
    [InlineData("Cache-Control: no-cache\r\nExpires: Sun, 01 Mar 2026 10:00:00 GMT", null)]
    [InlineData("Cache-Control: max-age=31536000", 86400)]
    [InlineData("Cache-Control: max-age=99999999999999999999", null)]
    [InlineData("Cache-Control: max-age=-5", null)]
    [InlineData("Expires: Sun, 01 Mar 2026 08:30:00 GMT", 1800)]
    [InlineData("Expires: Sunday, 01-Mar-26 08:30:00 GMT", 1800)]
    [InlineData("Expires: Sun Mar  1 08:30:00 2026", 1800)]
    [InlineData("Expires: Sun, 01 Mar 2026 08:30:00 GMT\r\nDate: Sun, 01 Mar 2026 08:20:00 GMT", 600)]
    [InlineData("Expires: 0", null)]
    [InlineData("Expires: Sun, 01 Mar 2020 08:30:00 GMT", null)]
    [InlineData("X: y", null)]
    public void An_answer_holds_for_as_long_as_it_says_and_a_day_at_the_most(string fields, int? seconds) =>
        Freshness.Until(Answer(fields)).ShouldBe(seconds is { } s ? At.AddSeconds(s) : null);

    [Theory]
    [InlineData("120", 120.0)]
    [InlineData("Sun, 01 Mar 2026 08:10:00 GMT", 600.0)]
    [InlineData("Sun, 01 Mar 2020 08:10:00 GMT", 0.0)]
    [InlineData("soon", null)]
    [InlineData("-5", null)]
    [InlineData("1e9", null)]
    public void Retry_After_is_seconds_or_a_date(string value, double? seconds) =>
        (Freshness.RetryAfter(Answer("Retry-After: " + value))?.TotalSeconds).ShouldBe(seconds);

    private static Exchange Answer(string fields) =>
        KeptHead.ToExchange("http://paper.example/feed", At, default, Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\n{fields}\r\n\r\n"), default);
}
