namespace Dibao.Extract.Dates;

/// <summary>What each <see cref="DayFact"/> is worth, as logarithm of odds: learned by <c>extract learn</c> of the benchmarks.</summary>
/// <remarks>Gold pages have neither feed nor rule: the worth of these two is set by hand.</remarks>
internal static class DayWorth
{
    private static readonly double[] Worth = Table(
        (DayFact.Data, 0.42),
        (DayFact.DataOfOther, 0.89),
        (DayFact.DataForBoth, 0.54),
        (DayFact.DataOfPage, 1.17),
        (DayFact.DataChange, 0.22),
        (DayFact.Meta, 2.08),
        (DayFact.MetaDate, 2.38),
        (DayFact.MetaPerhaps, -0.21),
        (DayFact.MetaChange, -0.52),
        (DayFact.Property, 1.18),
        (DayFact.PropertyMade, 0.03),
        (DayFact.PropertyChange, -0.19),
        (DayFact.TimeMarked, 0.54),
        (DayFact.TimeFirst, 0.97),
        (DayFact.TimeLater, 0.20),
        (DayFact.LinePublished, 2.16),
        (DayFact.LineChanged, 1.01),
        (DayFact.LineNear, 1.06),
        (DayFact.LineTrimmed, 0.77),
        (DayFact.NamedOnly, 1.15),
        (DayFact.NamedFirst, -0.10),
        (DayFact.NamedLater, -0.69),
        (DayFact.Address, 0.91),
        (DayFact.Title, 0.15),
        (DayFact.Opening, 0.48),
        (DayFact.Sentence, 1.10),
        (DayFact.Script, 1.72),
        (DayFact.Feed, 2.00),
        (DayFact.Rule, 12.00),
        (DayFact.Shown, -1.06),
        (DayFact.ShownFirst, 1.42),
        (DayFact.ShownElsewhere, -2.42),
        (DayFact.ElsewhereFirst, 1.31),
        (DayFact.ElsewhereTime, 0.42),
        (DayFact.ElsewhereSole, 0.36),
        (DayFact.ShownBefore, 2.09),
        (DayFact.ShownAfter, 1.13),
        (DayFact.ShownTimed, 0.51),
        (DayFact.ShownBare, 0.34),
        (DayFact.Hidden, -0.56),
        (DayFact.Earliest, 0.49),
        (DayFact.OfMany, -0.23),
        (DayFact.OfManySaid, 1.97),
        (DayFact.None, 0.30),
        (DayFact.NoneOfNews, -0.32),
        (DayFact.NoneOfArticleCard, -0.15),
        (DayFact.NoneOfRecipe, 0.92),
        (DayFact.NoneOfMany, 0.19),
        (DayFact.NoneWithoutAuthor, 0.63),
        (DayFact.NoneOfStanding, 0.55),
        (DayFact.NoneOfSlug, -0.29),
        (DayFact.NoneOfNumber, -0.26),
        (DayFact.NoneOfPageData, 1.66));

    public static ReadOnlySpan<double> OfFacts => Worth;

    public static double Of(DayFact fact) => Worth[(int)fact];

    private static double[] Table(params ReadOnlySpan<(DayFact Fact, double Worth)> rows)
    {
        var table = new double[(int)DayFact.Count];
        foreach (var (fact, worth) in rows) table[(int)fact] = worth;
        return table;
    }
}
