namespace Dibao.Extract.Dates;

/// <summary>What each <see cref="DayFact"/> is worth, as logarithm of odds: learned by <c>extract learn</c> of the benchmarks.</summary>
/// <remarks>Gold pages have neither feed nor rule: the worth of these two is set by hand.</remarks>
internal static class DayWorth
{
    private static readonly double[] Worth = Table(
        (DayFact.Data, 0.78),
        (DayFact.DataOfOther, 1.19),
        (DayFact.DataForBoth, 0.60),
        (DayFact.DataOfPage, 1.35),
        (DayFact.DataChange, 0.42),
        (DayFact.Meta, 2.38),
        (DayFact.MetaPerhaps, 1.36),
        (DayFact.MetaChange, -0.46),
        (DayFact.Property, 1.28),
        (DayFact.PropertyMade, 0.04),
        (DayFact.PropertyChange, -0.20),
        (DayFact.TimeMarked, 0.69),
        (DayFact.TimeFirst, 1.31),
        (DayFact.TimeLater, -0.04),
        (DayFact.LinePublished, 2.07),
        (DayFact.LineChanged, 1.20),
        (DayFact.LineNear, 1.89),
        (DayFact.LineTrimmed, 0.84),
        (DayFact.NamedOnly, 1.35),
        (DayFact.NamedFirst, 0.28),
        (DayFact.NamedLater, -0.84),
        (DayFact.Address, 1.14),
        (DayFact.Title, -0.07),
        (DayFact.Opening, 0.62),
        (DayFact.Sentence, 1.47),
        (DayFact.Script, 1.63),
        (DayFact.Feed, 2.00),
        (DayFact.Rule, 12.00),
        (DayFact.Shown, -0.23),
        (DayFact.ShownFirst, 1.08),
        (DayFact.ShownElsewhere, -1.00),
        (DayFact.ElsewhereFirst, 1.38),
        (DayFact.Hidden, -0.32),
        (DayFact.Earliest, 0.37),
        (DayFact.OfMany, -0.17),
        (DayFact.None, 0.84),
        (DayFact.NoneOfNews, -0.24),
        (DayFact.NoneOfArticleCard, -0.11),
        (DayFact.NoneOfRecipe, 0.78),
        (DayFact.NoneOfMany, 0.15),
        (DayFact.NoneWithoutAuthor, 0.49),
        (DayFact.NoneOfStanding, 0.57),
        (DayFact.NoneOfSlug, -0.41),
        (DayFact.NoneOfNumber, -0.34),
        (DayFact.NoneOfPageData, 1.81));

    public static ReadOnlySpan<double> OfFacts => Worth;

    public static double Of(DayFact fact) => Worth[(int)fact];

    private static double[] Table(params ReadOnlySpan<(DayFact Fact, double Worth)> rows)
    {
        var table = new double[(int)DayFact.Count];
        foreach (var (fact, worth) in rows) table[(int)fact] = worth;
        return table;
    }
}
