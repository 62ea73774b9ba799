using Dibao.Capture;
using Dibao.Capture.Sources;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Sources;

public class RhythmTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0.0, 15)]
    [InlineData(2.9, 15)]
    [InlineData(3.0, 60)]
    [InlineData(23.9, 60)]
    [InlineData(24.0, 180)]
    [InlineData(24.0 * 7, 3 * 24 * 60)]
    [InlineData(24.0 * 30, 30 * 24 * 60)]
    [InlineData(-5.0, 15)]
    public void An_article_is_looked_at_ever_more_rarely(double hoursOld, int minutes) =>
        RecheckLadder.Next(TimeSpan.FromHours(hoursOld)).ShouldBe(TimeSpan.FromMinutes(minutes));

    [Fact]
    public void An_article_of_a_year_is_looked_at_no_more() => RecheckLadder.Next(TimeSpan.FromDays(360)).ShouldBeNull();

    [Fact]
    public void A_source_with_an_entry_an_hour_is_polled_every_half_hour()
    {
        var hourly = Enumerable.Range(1, 20).Select(hours => Now.AddHours(-hours)).ToList();
        PollRhythm.AfterSuccess(hourly, Now, 0.5).ShouldBe(TimeSpan.FromMinutes(30));
    }

    [Fact]
    public void A_torrent_is_polled_every_five_minutes() =>
        PollRhythm.AfterSuccess([.. Enumerable.Range(1, 20).Select(seconds => Now.AddSeconds(-seconds))], Now, 0.5).ShouldBe(PollRhythm.Shortest);

    [Fact]
    public void A_silent_source_is_polled_daily() =>
        PollRhythm.AfterSuccess([Now.AddYears(-2)], Now, 0.5).ShouldBe(PollRhythm.Longest);

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(5, 80)]
    [InlineData(9, 1280)]
    [InlineData(10, 1440)]
    [InlineData(100_000, 1440)]
    public void Failures_double_the_pause_up_to_a_day(int failures, int minutes) =>
        PollRhythm.AfterFailure(failures, null, 0.5).ShouldBe(TimeSpan.FromMinutes(minutes));

    [Fact]
    public void A_server_that_asks_for_more_time_gets_it() =>
        PollRhythm.AfterFailure(1, TimeSpan.FromHours(2), 0.5).ShouldBe(TimeSpan.FromHours(2));

    [Fact]
    public void A_server_that_asks_for_less_time_does_not() =>
        PollRhythm.AfterFailure(3, TimeSpan.FromSeconds(1), 0.5).ShouldBe(TimeSpan.FromMinutes(20));

    [Fact]
    public void A_server_cannot_silence_a_source_for_good() =>
        PollRhythm.AfterFailure(1, TimeSpan.FromDays(36500), 0.5).ShouldBe(TimeSpan.FromDays(7));

    [Fact]
    public void Every_pause_stays_within_its_bounds()
    {
        var gaps = ArbMap.Default.ArbFor<int[]>();
        Prop.ForAll(gaps, minutes =>
        {
            var announced = minutes.Select(m => Now.AddMinutes(m % 1_000_000)).ToList();
            var pause = PollRhythm.AfterSuccess(announced, Now, Math.Abs(minutes.Length * 0.37 % 1));
            return pause >= PollRhythm.Shortest * 0.9 && pause <= PollRhythm.Longest * 1.1;
        }).QuickCheckThrowOnFailure();
    }
}
