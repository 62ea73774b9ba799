namespace Dibao.Capture.Sources;

/// <summary>How long a source is left alone: by how often it has news, and by how it failed.</summary>
public static class PollRhythm
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Before anything is known of a source's habits.</summary>
    public static readonly TimeSpan Unknown = TimeSpan.FromMinutes(30);

    /// <summary>The shortest pause where a hub tells of news.</summary>
    public static readonly TimeSpan LeastBesidePush = TimeSpan.FromHours(1);

    /// <summary>The longest Retry-After that is believed: a server may not silence a source for good.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(7);

    /// <summary>Half the mean gap between recent announcements, up to now, so that most news waits less than one gap.</summary>
    /// <param name="announced">When its latest entries were published, in any order; a few dozen are enough.</param>
    public static TimeSpan AfterSuccess(IReadOnlyCollection<DateTimeOffset> announced, DateTimeOffset now, double jitter)
    {
        if (announced.Count == 0) return Jittered(Unknown, jitter);
        var gap = (now - announced.Min()) / announced.Count;
        return Jittered(Clamp(gap / 2), jitter);
    }

    /// <summary>Where a hub tells of news, asking is only there for what it forgets.</summary>
    public static TimeSpan BesidePush(TimeSpan pause) => pause * 6 is var slow && slow < LeastBesidePush ? LeastBesidePush : slow > Longest ? Longest : slow;

    /// <summary>Doubles with each failure in a row, up to <see cref="Longest"/>; never sooner than the server asked.</summary>
    /// <param name="failures">In a row, this one included: at least 1.</param>
    public static TimeSpan AfterFailure(int failures, TimeSpan? retryAfter, double jitter)
    {
        var doublings = Math.Clamp(failures - 1, 0, 16);
        var pause = Jittered(Clamp(Shortest * (1 << doublings)), jitter);
        var asked = retryAfter > LongestRetryAfter ? LongestRetryAfter : retryAfter ?? TimeSpan.Zero;
        return pause > asked ? pause : asked;
    }

    /// <param name="jitter">0 to 1: spreads ±10 %, so that sources added together do not stay together.</param>
    private static TimeSpan Jittered(TimeSpan pause, double jitter) => pause * (0.9 + 0.2 * jitter);

    private static TimeSpan Clamp(TimeSpan pause) => pause < Shortest ? Shortest : pause > Longest ? Longest : pause;
}
