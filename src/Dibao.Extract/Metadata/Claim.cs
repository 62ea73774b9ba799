namespace Dibao.Extract.Metadata;

/// <summary>One place's statement, before it is held against the others.</summary>
/// <param name="Weight">0 to 1: how often this place alone is right.</param>
internal readonly record struct Claim<T>(T Value, FoundIn Source, double Weight);

internal static class Claims
{
    // What the strongest voice against takes from the winner's confidence.
    private const double Doubt = 0.5;

    /// <summary>
    /// Of claims that agree, the probability that all are wrong is the product of each being wrong; the most probable group wins,
    /// and is said in the words of its heaviest claim. Of equals, the first.
    /// </summary>
    public static Found<T>? Judge<T>(IReadOnlyList<Claim<T>> claims, Func<T, T, bool> agree)
    {
        var groups = new List<(Claim<T> Best, double Wrong)>();
        foreach (var claim in claims)
        {
            var at = groups.FindIndex(g => agree(g.Best.Value, claim.Value));
            if (at < 0) groups.Add((claim, 1 - claim.Weight));
            else groups[at] = (claim.Weight > groups[at].Best.Weight ? claim : groups[at].Best, groups[at].Wrong * (1 - claim.Weight));
        }

        if (groups.Count == 0) return null;
        var first = groups.MinBy(g => g.Wrong);
        var against = groups.Where(g => !agree(g.Best.Value, first.Best.Value)).Select(g => 1 - g.Wrong).DefaultIfEmpty(0).Max();
        return new Found<T>(first.Best.Value, first.Best.Source, Math.Round((1 - first.Wrong) * (1 - (Doubt * against)), 2));
    }

    public static Found<T>? One<T>(T? value, FoundIn source, double confidence)
        where T : class => value is null ? null : new Found<T>(value, source, confidence);
}
