namespace Dibao.Extract.Dates;

/// <summary>What each <see cref="DayFact"/> is worth, as logarithm of odds: learned by <c>extract learn</c> of the benchmarks.</summary>
/// <remarks>Gold pages have neither feed nor rule: the worth of these two is set by hand.</remarks>
internal static class DayWorth
{
    private static readonly double[] Worth = Table(
        (DayFact.Data, 0.41),
        (DayFact.DataOfOther, 0.89),
        (DayFact.DataForBoth, 0.53),
        (DayFact.DataOfPage, 1.15),
        (DayFact.DataChange, 0.22),
        (DayFact.Meta, 2.07),
        (DayFact.MetaDate, 2.38),
        (DayFact.MetaPerhaps, -0.22),
        (DayFact.MetaChange, -0.52),
        (DayFact.Property, 1.17),
        (DayFact.PropertyMade, 0.03),
        (DayFact.PropertyChange, -0.19),
        (DayFact.Attribute, 1.05),
        (DayFact.TimeMarked, 0.54),
        (DayFact.TimeFirst, 0.99),
        (DayFact.TimeLater, 0.29),
        (DayFact.LinePublished, 2.16),
        (DayFact.LineChanged, 1.00),
        (DayFact.LineNear, 1.05),
        (DayFact.LineTrimmed, 0.77),
        (DayFact.NamedOnly, 1.15),
        (DayFact.NamedFirst, -0.06),
        (DayFact.NamedLater, -0.68),
        (DayFact.Address, 0.89),
        (DayFact.Title, 0.14),
        (DayFact.Opening, 0.48),
        (DayFact.Sentence, 1.10),
        (DayFact.Script, 1.71),
        (DayFact.Feed, 2.00),
        (DayFact.Rule, 12.00),
        (DayFact.Shown, -1.06),
        (DayFact.ShownFirst, 1.42),
        (DayFact.ShownElsewhere, -2.43),
        (DayFact.ElsewhereFirst, 1.31),
        (DayFact.ElsewhereTime, 0.42),
        (DayFact.ElsewhereSole, 0.36),
        (DayFact.ShownBefore, 2.09),
        (DayFact.ShownAfter, 1.13),
        (DayFact.ShownTimed, 0.50),
        (DayFact.ShownBare, 0.35),
        (DayFact.Hidden, -0.55),
        (DayFact.Earliest, 0.49),
        (DayFact.OfMany, -0.23),
        (DayFact.OfManySaid, 1.99),
        (DayFact.None, 0.31),
        (DayFact.NoneOfNews, -0.32),
        (DayFact.NoneOfArticleCard, -0.18),
        (DayFact.NoneOfRecipe, 0.93),
        (DayFact.NoneOfMany, 0.20),
        (DayFact.NoneWithoutAuthor, 0.62),
        (DayFact.NoneOfStanding, 0.55),
        (DayFact.NoneOfSlug, -0.26),
        (DayFact.NoneOfNumber, -0.29),
        (DayFact.NoneOfPageData, 1.69));

    public static ReadOnlySpan<double> OfFacts => Worth;

    public static double Of(DayFact fact) => Worth[(int)fact];

    private static double[] Table(params ReadOnlySpan<(DayFact Fact, double Worth)> rows)
    {
        var table = new double[(int)DayFact.Count];
        foreach (var (fact, worth) in rows) table[(int)fact] = worth;
        return table;
    }
}
