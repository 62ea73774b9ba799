namespace Dibao.Capture;

/// <summary>When an article's page is looked at again: often while it is young and corrected, ever more rarely after.</summary>
public static class RecheckLadder
{
    private static readonly (TimeSpan YoungerThan, TimeSpan Pause)[] Rungs =
    [
        (TimeSpan.FromHours(3), TimeSpan.FromMinutes(15)),
        (TimeSpan.FromDays(1), TimeSpan.FromHours(1)),
        (TimeSpan.FromDays(7), TimeSpan.FromHours(3)),
        (TimeSpan.FromDays(30), TimeSpan.FromDays(3)),
        (TimeSpan.FromDays(360), TimeSpan.FromDays(30)),
    ];

    /// <summary>From one look to the next; null for an article that is looked at no more.</summary>
    /// <param name="age">Since it was published, or else first captured; below zero counts as new.</param>
    public static TimeSpan? Next(TimeSpan age)
    {
        foreach (var (youngerThan, pause) in Rungs)
        {
            if (age < youngerThan) return pause;
        }
        return null;
    }
}
