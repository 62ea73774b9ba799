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
    [InlineData("8. studenoga 2023.", "hr", "2023-11-08")]
    [InlineData("8 listopada 2023", "pl", "2023-11-08")]
    [InlineData("8. listopada 2023.", "hr", "2023-10-08")]
    [InlineData("2023. november 8. 17:08", "hu", "2023-11-08")]
    [InlineData("2023 m. lapkričio 8 d.", "lt", "2023-11-08")]
    [InlineData("8. marraskuuta 2023", "fi", "2023-11-08")]
    [InlineData("8 تشرين الثاني 2023", "ar", "2023-11-08")]
    [InlineData("15 آب/أغسطس 2023", "ar", "2023-08-15")]
    [InlineData("۱۷ آبان ۱۴۰۲", "fa", "2023-11-08")]
    [InlineData("1402/08/17", "fa", "2023-11-08")]
    [InlineData("8 พฤศจิกายน 2566", "th", "2023-11-08")]
    [InlineData("平成31年4月30日", "ja", "2019-04-30")]
    [InlineData("令和元年5月1日", "ja", "2019-05-01")]
    [InlineData("৮ নভেম্বর ২০২৩", "bn", "2023-11-08")]
    [InlineData("8 tháng 11, 2023", "vi", "2023-11-08")]
    [InlineData("03/04/2024", "en-US", "2024-03-04")]
    [InlineData("03/04/2024", "en-GB", "2024-04-03")]
    [InlineData("03/04/2024", "fr", "2024-04-03")]
    [InlineData("08.11.23", "de", "2023-11-08")]
    [InlineData("2022-01-10T22:06:08:684Z", "en", "2022-01-10")]
    [InlineData("26 | 01 | 2022", "de", "2022-01-26")]
    [InlineData("8 listopad 2023", "pl", "2023-11-08")]
    [InlineData("8. listopad 2023.", "hr-HR", "2023-10-08")]
    [InlineData("8 paź 2023", "pl", "2023-10-08")]
    [InlineData("8 Ноябрь 2023", "ru", "2023-11-08")]
    [InlineData("8 Листопад 2023", "uk", "2023-11-08")]
    [InlineData("8. květen 2023", "cs", "2023-05-08")]
    [InlineData("8 Νοέμβριος 2023", "el", "2023-11-08")]
    [InlineData("8 ΝΟΕΜΒΡΙΟΥ 2023", "el", "2023-11-08")]
    [InlineData("8. marraskuu 2023", "fi", "2023-11-08")]
    [InlineData("8 Ağu 2023", "tr", "2023-08-08")]
    [InlineData("8 Agu 2023", "id", "2023-08-08")]
    [InlineData("2023. gada 8. novembrī", "lv", "2023-11-08")]
    [InlineData("2023. gada", "lv", null)]
    [InlineData("8º de novembro de 2023", "pt", "2023-11-08")]
    [InlineData("۱۷ آبان، ۱۴۰۲", "fa", "2023-11-08")]
    [InlineData("8 lip 2023", "en", null)]
    public void Days_are_read_as_their_languages_write_them(string stated, string language, string? expected)
    {
        Dibao.Extract.Dates.DateText.TryRead(stated, language, out var reading).ShouldBe(expected is not null);
        if (expected is not null) reading.Day.ShouldBe(DateOnly.Parse(expected, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("hace 2 horas", 120)]
    [InlineData("2 hours ago", 120)]
    [InlineData("vor 3 Tagen", 3 * 1440)]
    [InlineData("il y a 5 minutes", 5)]
    [InlineData("2小时前", 120)]
    [InlineData("3時間前", 180)]
    [InlineData("3시간 전", 180)]
    [InlineData("2 часа назад", 120)]
    [InlineData("قبل 4 ساعات", 240)]
    [InlineData("há 2 horas", 120)]
    [InlineData("2 saat önce", 120)]
    public void Times_told_from_now_count_from_when_the_page_was_fetched(string stated, int minutes)
    {
        var fetched = new DateTimeOffset(2023, 11, 8, 19, 8, 0, TimeSpan.Zero);

        Dibao.Extract.Dates.RelativeTime.TryRead(stated, fetched, out var time).ShouldBeTrue();
        time.ShouldBe(fetched.AddMinutes(-minutes));
        Dibao.Extract.Dates.RelativeTime.TryRead("The last 2 hours were the hardest of all", fetched, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://news.example/2023/11/08/bridge", "2023-11-08")]
    [InlineData("https://news.example/2023-11/08/c_1125597921.htm", "2023-11-08")]
    [InlineData("https://news.example/bridge-08-11-2023.html", "2023-11-08")]
    [InlineData("https://news.example/news/20231108-bridge", "2023-11-08")]
    [InlineData("https://news.example/2023/november/08/bridge", "2023-11-08")]
    [InlineData("https://news.example/2023/Nov/8", "2023-11-08")]
    [InlineData("https://news.example/newsroom/08-11-2023-the-bridge-opens/17.html", "2023-11-08")]
    [InlineData("https://news.example/2023/novelties/08", null)]
    [InlineData("https://news.example/tel/08-11-20231", null)]
    [InlineData("https://news.example/a/99-99-2023", null)]
    public void A_url_tells_its_day(string url, string? expected) =>
        Dibao.Extract.Dates.UrlDay.Of(url)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture).ShouldBe(expected);

    [Theory]
    [InlineData("2024-13-45")]
    [InlineData("soon")]
    [InlineData("99999999999999999999")]
    [InlineData("31/02/2024")]
    public void What_is_no_date_gives_none(string stated) => Read(stated).Published.ShouldBeNull();

    [Theory]
    [InlineData("8 พ.ย. 2566 17:08 น.", "th")]
    [InlineData("Nov. 8, 2023, 5:08 p.m.", "en")]
    [InlineData("8 ноября, 17:08", "ru")]
    [InlineData("11月8日 17:08", "zh")]
    public void A_line_that_is_a_date_is_one_with_a_stop_or_without_a_year(string line, string language)
    {
        Dibao.Extract.Body.Labels.IsDateLine(line, language).ShouldBeTrue();
        Dibao.Extract.Body.Labels.IsDateLine("She was born on Nov. 8, 2023, in a small town by the sea.", "en").ShouldBeFalse();
        Dibao.Extract.Body.Labels.IsDateLine("11月8日", "zh").ShouldBeFalse("a heading of a chronicle");
    }

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
