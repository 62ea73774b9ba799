using Dibao.Capture;
using Dibao.Capture.Sources;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture;

public class SourceCalendarTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly SourceCalendar calendar = new();

    [Fact]
    public void The_longest_overdue_comes_first_and_what_is_not_due_stays()
    {
        calendar.Load([new(1, "a.example", Now.AddMinutes(-1)), new(2, "b.example", null), new(3, "c.example", Now.AddMinutes(1))]);
        Taken().ShouldBe([2, 1]);
        calendar.NextDue.ShouldBe(Now.AddMinutes(1).ToUnixTimeMilliseconds());
    }

    [Fact]
    public void What_is_under_way_is_not_taken_twice_and_comes_again_at_its_new_time()
    {
        calendar.Load([new(1, "a.example", Now)]);
        Taken().ShouldBe([1]);
        calendar.Set(1, Now);
        calendar.Load([new(1, "a.example", Now)]);
        Taken().ShouldBeEmpty();
        calendar.End(1, "a.example", Now.AddMinutes(5));
        Taken().ShouldBeEmpty();
        Taken(Now.AddMinutes(5)).ShouldBe([1]);
    }

    [Fact]
    public void Of_one_host_four_are_under_way_and_the_others_wait_without_holding_back_anybody()
    {
        calendar.Load([.. Enumerable.Range(1, 10).Select(i => new CalendarEntry(i, "slow.example", Now.AddMinutes(-60 + i))), new(99, "quick.example", Now)]);
        Taken().ShouldBe([1, 2, 3, 4, 99]);
        calendar.End(2, "slow.example", Now.AddHours(1));
        Taken().ShouldBe([5]);
        calendar.End(1, "slow.example", null);
        calendar.End(3, "slow.example", null);
        Taken().ShouldBe([6, 7]);
    }

    [Fact]
    public void A_source_that_is_brought_forward_is_taken_once()
    {
        calendar.Load([new(1, "a.example", Now.AddHours(1))]);
        calendar.Set(1, Now);
        Taken().ShouldBe([1]);
        calendar.End(1, "a.example", Now.AddHours(2));
        Taken(Now.AddHours(1)).ShouldBeEmpty();
        Taken(Now.AddHours(2)).ShouldBe([1]);
    }

    [Fact]
    public void A_source_that_is_watched_no_more_is_forgotten()
    {
        calendar.Load([new(1, "a.example", Now), new(2, "b.example", Now)]);
        calendar.Load([new(2, "b.example", Now)]);
        Taken().ShouldBe([2]);
    }

    [Fact]
    public void Each_of_ten_thousand_is_taken_once_an_hour()
    {
        calendar.Load(Enumerable.Range(0, 10_000).Select(i => new CalendarEntry(i, $"h{i % 3000}.example", Now.AddSeconds(i * 0.36))));
        var polls = new int[10_000];
        for (var at = Now; at <= Now.AddHours(2); at = at.AddSeconds(1))
        {
            while (calendar.TryTake(at, out var source))
            {
                polls[source]++;
                calendar.End(source, $"h{source % 3000}.example", at.AddHours(1));
            }
        }
        polls.ShouldAllBe(count => count == 2 || count == 3);
    }

    private List<long> Taken(DateTimeOffset? at = null)
    {
        var taken = new List<long>();
        while (calendar.TryTake(at ?? Now, out var source)) taken.Add(source);
        return taken;
    }
}

public class RecheckQueueTests
{
    private readonly ManualTime time = new();
    private readonly List<RecheckTarget> due = [];
    private int asked;

    [Fact]
    public void A_slow_outlets_articles_hold_back_no_others()
    {
        due.AddRange(Enumerable.Range(1, 200).Select(i => Article(i, "slow.example")));
        due.Add(Article(999, "quick.example"));
        var queue = Queue();
        queue.Take().Select(target => target.ArticleId).ShouldBe([1, 2, 999]);
        queue.Take().ShouldBeEmpty();
        queue.End(due[0]);
        queue.Take().Select(target => target.ArticleId).ShouldBe([3]);
    }

    [Fact]
    public void No_more_than_so_many_are_under_way_and_the_archive_is_asked_once_a_minute()
    {
        due.AddRange(Enumerable.Range(1, 300).Select(i => Article(i, $"h{i}.example")));
        var queue = Queue();
        queue.Take().Count.ShouldBe(RecheckQueue.UnderWayAtMost);
        for (var i = 0; i < 10; i++) queue.End(due[i]);
        queue.Take().Count.ShouldBe(10);
        asked.ShouldBe(1);
        time.Advance(TimeSpan.FromMinutes(1));
        queue.End(due[20]);
        queue.Take().ShouldHaveSingleItem();
        asked.ShouldBe(2);
    }

    private RecheckQueue Queue() => new(new() { Due = (_, limit) => { asked++; return due.Take(limit).ToList(); }, Postpone = (_, _) => { } }, time);

    private RecheckTarget Article(long id, string host) =>
        new() { ArticleId = id, Url = $"https://{host}/{id}", Outlet = new(host, host), Since = time.GetUtcNow() };
}
