namespace Dibao.Extract.Dates;

/// <summary>What each <see cref="DayFact"/> is worth, as logarithm of odds: learned by <c>extract learn</c> of the benchmarks.</summary>
/// <remarks>Gold pages have neither feed nor rule: the worth of these two is set by hand.</remarks>
internal static class DayWorth
{
    private static readonly double[] Worth = Table(
        (DayFact.Data, 0.40),
        (DayFact.DataOfOther, 0.88),
        (DayFact.DataForBoth, 0.53),
        (DayFact.DataOfPage, 1.17),
        (DayFact.DataChange, 0.23),
        (DayFact.Meta, 2.08),
        (DayFact.MetaDate, 2.36),
        (DayFact.MetaPerhaps, -0.19),
        (DayFact.MetaChange, -0.51),
        (DayFact.Property, 1.12),
        (DayFact.PropertyMade, 0.03),
        (DayFact.PropertyChange, -0.18),
        (DayFact.TimeMarked, 0.55),
        (DayFact.TimeFirst, 0.99),
        (DayFact.TimeLater, 0.34),
        (DayFact.LinePublished, 2.13),
        (DayFact.LineChanged, 0.97),
        (DayFact.LineNear, 1.02),
        (DayFact.LineTrimmed, 0.78),
        (DayFact.NamedOnly, 1.12),
        (DayFact.NamedFirst, -0.07),
        (DayFact.NamedLater, -0.70),
        (DayFact.Address, 1.15),
        (DayFact.Title, 0.20),
        (DayFact.Opening, 0.43),
        (DayFact.Sentence, 1.05),
        (DayFact.Script, 1.72),
        (DayFact.Feed, 2.00),
        (DayFact.Rule, 12.00),
        (DayFact.Shown, -1.12),
        (DayFact.ShownFirst, 1.40),
        (DayFact.ShownElsewhere, -2.50),
        (DayFact.ElsewhereFirst, 1.29),
        (DayFact.ElsewhereTime, 0.42),
        (DayFact.ElsewhereSole, 0.35),
        (DayFact.ShownBefore, 2.07),
        (DayFact.ShownAfter, 1.14),
        (DayFact.ShownTimed, 0.49),
        (DayFact.ShownBare, 0.36),
        (DayFact.Hidden, -0.68),
        (DayFact.Earliest, 0.51),
        (DayFact.OfMany, -0.22),
        (DayFact.OfManySaid, 2.01),
        (DayFact.None, 0.28),
        (DayFact.NoneOfNews, -0.32),
        (DayFact.NoneOfArticleCard, -0.16),
        (DayFact.NoneOfRecipe, 0.73),
        (DayFact.NoneOfMany, 0.21),
        (DayFact.NoneWithoutAuthor, 0.62),
        (DayFact.NoneOfStanding, 0.54),
        (DayFact.NoneOfSlug, -0.29),
        (DayFact.NoneOfNumber, -0.29),
        (DayFact.NoneOfPageData, 1.67));

    public static ReadOnlySpan<double> OfFacts => Worth;

    public static double Of(DayFact fact) => Worth[(int)fact];

    private static double[] Table(params ReadOnlySpan<(DayFact Fact, double Worth)> rows)
    {
        var table = new double[(int)DayFact.Count];
        foreach (var (fact, worth) in rows) table[(int)fact] = worth;
        return table;
    }
}
