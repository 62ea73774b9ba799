using System.Globalization;
using Dibao.Extract;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

public sealed class DateTests
{
    private const string Sentence = "The bridge opened again, and people who had waited for two years walked across it before noon. ";

    [Theory]
    [InlineData("2024-03-05T18:20:00+01:00", "2024-03-05T17:20:00Z")]
    [InlineData("2024-03-05T18:20:00.123Z", "2024-03-05T18:20:00Z")]
    [InlineData("2024-03-05T18:20:00-0500", "2024-03-05T23:20:00Z")]
    [InlineData("Tue, 05 Mar 2024 18:20:00 GMT", "2024-03-05T18:20:00Z")]
    [InlineData("March 5, 2024, 6:20 p.m. EST", "2024-03-05T23:20:00Z")]
    [InlineData("5 March 2024 18:20 UTC", "2024-03-05T18:20:00Z")]
    public void A_time_with_a_zone_is_exact(string stated, string expected)
    {
        var reading = Read(stated);

        reading.Published.ShouldBe(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture));
        reading.PublishedFrom.ShouldBe(TimeSource.Page);
    }

    [Theory]
    [InlineData("2023年11月8日 17:08")]
    [InlineData("2023年11月08日 下午5点08分")]
    [InlineData("民國112年11月8日 17:08")]
    [InlineData("2023년 11월 8일 오후 5:08")]
    [InlineData("08.11.2023, 17:08 Uhr")]
    [InlineData("8 de noviembre de 2023 17:08")]
    [InlineData("le 8 novembre 2023 à 17h08")]
    [InlineData("8 ноября 2023, 17:08")]
    [InlineData("2023/11/08 17:08:00")]
    [InlineData("٨ نوفمبر ٢٠٢٣ ١٧:٠٨")]
    public void A_time_without_zone_is_read_in_the_outlets(string stated) =>
        Read(stated, new ArticleHints { TimeZone = "Europe/Paris" }).Published.ShouldBe(new DateTimeOffset(2023, 11, 8, 16, 8, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("2024-13-45")]
    [InlineData("soon")]
    [InlineData("99999999999999999999")]
    [InlineData("31/02/2024")]
    public void What_is_no_date_gives_none(string stated) => Read(stated).Published.ShouldBeNull();

    [Fact]
    public void A_day_in_the_url_is_the_last_resort()
    {
        var reading = ArticleReader.Read($"<h1>Bridge</h1><p>{Sentence}</p><p>{Sentence}</p>", "https://news.example/2024/03/05/bridge");

        reading.Published.ShouldBe(new DateTimeOffset(2024, 3, 5, 0, 0, 0, TimeSpan.Zero));
        reading.PublishedFrom.ShouldBe(TimeSource.Url);
    }

    private static ArticleReading Read(string stated, ArticleHints? hints = null) => ArticleReader.Read(
        $"<html><head><meta property='article:published_time' content='{stated}'></head><body><h1>Bridge</h1><p>{Sentence}</p><p>{Sentence}</p></body></html>",
        "https://news.example/bridge", hints);
}
