namespace Dibao.Extract.Dates;

/// <summary>What each <see cref="DayFact"/> is worth, as logarithm of odds: learned by <c>extract learn</c> of the benchmarks.</summary>
/// <remarks>Gold pages have neither feed nor rule: the worth of these two is set by hand.</remarks>
internal static class DayWorth
{
    private static readonly double[] Worth = Table(
        (DayFact.Data, 0.41),
        (DayFact.DataOfOther, 0.90),
        (DayFact.DataForBoth, 0.53),
        (DayFact.DataOfPage, 1.16),
        (DayFact.DataChange, 0.22),
        (DayFact.Meta, 2.08),
        (DayFact.MetaDate, 2.38),
        (DayFact.MetaPerhaps, -0.21),
        (DayFact.MetaChange, -0.52),
        (DayFact.Property, 1.17),
        (DayFact.PropertyMade, 0.03),
        (DayFact.PropertyChange, -0.19),
        (DayFact.Attribute, 0.82),
        (DayFact.TimeMarked, 0.55),
        (DayFact.TimeFirst, 0.98),
        (DayFact.TimeLater, 0.28),
        (DayFact.LinePublished, 2.16),
        (DayFact.LineChanged, 1.00),
        (DayFact.LineNear, 1.05),
        (DayFact.LineTrimmed, 0.77),
        (DayFact.NamedOnly, 1.15),
        (DayFact.NamedFirst, -0.07),
        (DayFact.NamedLater, -0.68),
        (DayFact.Address, 0.90),
        (DayFact.Title, 0.15),
        (DayFact.Opening, 0.49),
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
        (DayFact.ShownTimed, 0.50),
        (DayFact.ShownBare, 0.35),
        (DayFact.Hidden, -0.57),
        (DayFact.Earliest, 0.49),
        (DayFact.OfMany, -0.23),
        (DayFact.OfManySaid, 1.98),
        (DayFact.None, 0.30),
        (DayFact.NoneOfNews, -0.32),
        (DayFact.NoneOfArticleCard, -0.16),
        (DayFact.NoneOfRecipe, 0.92),
        (DayFact.NoneOfMany, 0.20),
        (DayFact.NoneWithoutAuthor, 0.63),
        (DayFact.NoneOfStanding, 0.54),
        (DayFact.NoneOfSlug, -0.28),
        (DayFact.NoneOfNumber, -0.26),
        (DayFact.NoneOfPageData, 1.68));

    public static ReadOnlySpan<double> OfFacts => Worth;

    public static double Of(DayFact fact) => Worth[(int)fact];

    private static double[] Table(params ReadOnlySpan<(DayFact Fact, double Worth)> rows)
    {
        var table = new double[(int)DayFact.Count];
        foreach (var (fact, worth) in rows) table[(int)fact] = worth;
        return table;
    }
}
