using Dibao.Feeds;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Feeds;

public sealed class FeedDateTests
{
    [Theory]
    [InlineData("Wed, 08 Nov 2023 17:08:00 +0800", "2023-11-08T09:08:00")]
    [InlineData("8 Nov 23 9:08 GMT", "2023-11-08T09:08:00")]
    [InlineData("Wednesday, 8th November 2023 04:08 am EST", "2023-11-08T09:08:00")]
    [InlineData("Wed, 8 Nov 2023 03:08:00 CST", "2023-11-08T09:08:00")]
    [InlineData("Wed, 8 Nov 2023 17:08:00 BJT", "2023-11-08T09:08:00")]
    [InlineData("Wed, 8 Nov 2023 18:08:00 JST", "2023-11-08T09:08:00")]
    [InlineData("Wed Nov 08 2023 17:08:00 GMT+0800 (China Standard Time)", "2023-11-08T09:08:00")]
    [InlineData("2023-11-08T17:08:00+08:00", "2023-11-08T09:08:00")]
    [InlineData("2023-11-08T09:08:00.123Z", "2023-11-08T09:08:00")]
    [InlineData("20231108T170800+0800", "2023-11-08T09:08:00")]
    [InlineData("2023-11-08 17:08 +8", "2023-11-08T09:08:00")]
    [InlineData("2023-11-08 09:08", "2023-11-08T09:08:00")]
    [InlineData("2023/11/8 9:08:00", "2023-11-08T09:08:00")]
    [InlineData("11/08/2023 9:08 AM", "2023-11-08T09:08:00")]
    [InlineData("08.11.2023 09:08", "2023-11-08T09:08:00")]
    [InlineData("1699434480", "2023-11-08T09:08:00")]
    [InlineData("1699434480000", "2023-11-08T09:08:00")]
    [InlineData("2023年11月8日 下午5:08", "2023-11-08T17:08:00")]
    [InlineData("2023年11月08日 17时08分", "2023-11-08T17:08:00")]
    [InlineData("２０２３年１１月８日（星期三）上午9點8分30秒", "2023-11-08T09:08:30")]
    [InlineData("2023年11月8日 17:08 北京时间", "2023-11-08T09:08:00")]
    [InlineData("2023年11月8日", "2023-11-08T00:00:00")]
    [InlineData("2023년 11월 8일 오후 6:08", "2023-11-08T09:08:00")]
    [InlineData("2023年11月8日(水) 午後6時08分", "2023-11-08T09:08:00")]
    [InlineData("Wed, 8 November 2023 09:08:00 GMT", "2023-11-08T09:08:00")]
    [InlineData("Wed, 08 Nov 23 09:08:00 UT", "2023-11-08T09:08:00")]
    [InlineData("Wed, 31 Nov 2023 09:08:00 GMT", null)]
    [InlineData("Τετ, 08 Νοέ 2023 11:08:00 EET", "2023-11-08T09:08:00")]
    [InlineData("2023-november-08T9:08+00:00", "2023-11-08T09:08:00")]
    [InlineData("2023-11-08T17:08:00.1234567+08:00", "2023-11-08T09:08:00")]
    [InlineData("2023-W45-3", "2023-11-08T00:00:00")]
    [InlineData("2023W453T090800Z", "2023-11-08T09:08:00")]
    [InlineData("231108", "2023-11-08T00:00:00")]
    [InlineData("23312", null)]
    [InlineData("Wed, 08 Nov 2023 09:08:00 A", "2023-11-08T09:08:00")]
    [InlineData("2023&#45;11&#x2d;08T09&#58;08&#x3a;00Z", "2023-11-08T09:08:00")]
    [InlineData("2023-11", "2023-11-01T00:00:00")]
    [InlineData("1699434480.25", "2023-11-08T09:08:00")]
    [InlineData("1699434480000000", "2023-11-08T09:08:00")]
    [InlineData("2023-11-08T09:08:00+0000", "2023-11-08T09:08:00")]
    [InlineData("8. November 2023, 10:08 Uhr MEZ", "2023-11-08T09:08:00")]
    [InlineData("Wed, 08 Nov 2023 09:08:00 -0000", "2023-11-08T09:08:00")]
    [InlineData("mer., 8 nov. 2023 10:08:00 +0100", "2023-11-08T09:08:00")]
    [InlineData("Mi, 08 November 2023 10:08:00 CET", "2023-11-08T09:08:00")]
    [InlineData("mié, 8 noviembre 2023 10:08:00 +0100", "2023-11-08T09:08:00")]
    [InlineData("8 ноября 2023 12:08 MSK", "2023-11-08T09:08:00")]
    [InlineData("mar., 7 mars 2023 00:00:00 GMT", "2023-03-07T00:00:00")]
    [InlineData("2023-312", "2023-11-08T00:00:00")]
    [InlineData("2023-11-08T24:00:00Z", "2023-11-09T00:00:00")]
    [InlineData("Sat, 31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59")]
    [InlineData("Nov 8, 2023 12:08 am", "2023-11-08T00:08:00")]
    public void Dates_are_read_as_utc(string text, string? expected)
    {
        FeedDate.TryParse(text, out var utc).ShouldBe(expected is not null);
        if (expected is null)
            return;
        utc.ToString("s").ShouldBe(expected);
        utc.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void A_date_without_a_zone_is_in_the_one_that_is_assumed()
    {
        var shanghai = TimeZoneInfo.CreateCustomTimeZone("UTC+8", TimeSpan.FromHours(8), "UTC+8", "UTC+8");
        FeedDate.TryParse("2023年11月8日 下午5:08", shanghai, out var utc).ShouldBeTrue();
        utc.ToString("s").ShouldBe("2023-11-08T09:08:00");
        FeedDate.TryParse("Wed, 08 Nov 2023 09:08:00 GMT", shanghai, out utc).ShouldBeTrue();
        utc.ToString("s").ShouldBe("2023-11-08T09:08:00");
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("22")]
    [InlineData("2023-13-01")]
    [InlineData("2023-02-30")]
    [InlineData("2023-11-08T25:00:00Z")]
    [InlineData("2023-11-08T09:61:00Z")]
    [InlineData("16 zzz 2012 11:47:32 GMT")]
    [InlineData("9999-12-31T23:59:59-10:00")]
    [InlineData("0001-01-01T00:00:00+10:00")]
    [InlineData("1:2:3:4")]
    [InlineData("99999999999999999999")]
    [InlineData("月月月月日日")]
    public void What_is_no_date_is_refused(string text) => FeedDate.TryParse(text, out _).ShouldBeFalse();
}
