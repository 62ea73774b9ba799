using System.Globalization;
using Dibao.Extract.Metadata;
using Dibao.Extract.Page;
using Dibao.Extract.Render;

namespace Dibao.Extract.Dates;

/// <summary>Gathers what is found of each day that a page states, and of its having none.</summary>
internal static class DayFacts
{
    private const int Many = 4;
    private const int SlugHyphens = 3;
    private const int LongNumber = 4;

    private static readonly DayFact[] Changes = [DayFact.LineChanged, DayFact.DataChange, DayFact.MetaChange, DayFact.PropertyChange];

    private static readonly DayFact[] Said = [DayFact.Data, DayFact.DataForBoth, DayFact.Meta, DayFact.Property];

    /// <summary>The claims of each day together, the most trusted first.</summary>
    public static List<List<DayClaim>> Group(List<DayClaim> claims, Func<DateReading, DateReading, bool> agree)
    {
        var groups = new List<List<DayClaim>>();
        foreach (var claim in claims)
        {
            if (groups.Find(g => agree(g[0].Value, claim.Value)) is not { } group) { groups.Add([claim]); continue; }
            group.Add(claim);
            if (DayWorth.Of(claim.Place) > DayWorth.Of(group[0].Place)) (group[0], group[^1]) = (group[^1], group[0]);
        }

        return groups;
    }

    /// <summary>All days that the claims of a group write.</summary>
    public static string Tell(List<DayClaim> group) =>
        string.Join(' ', OwnOf(group).Select(claim => claim.Value.Day.ToString("O", CultureInfo.InvariantCulture)).Distinct(StringComparer.Ordinal));

    /// <summary>What stands beside other pieces may be theirs: it is no witness where the page says the same day of its own.</summary>
    public static List<DayClaim> OwnOf(List<DayClaim> group) => group.FindAll(claim => !claim.Elsewhere) is { Count: > 0 } own ? own : group;

    public static IEnumerable<double[]> Of(List<List<DayClaim>> groups)
    {
        var many = groups.Count(g => g.Exists(IsOwn)) >= Many;
        foreach (var group in groups)
        {
            var facts = new double[(int)DayFact.Count];
            foreach (var claim in OwnOf(group)) facts[(int)claim.Place] = 1;
            if (Has(facts, Changes)) facts[(int)DayFact.ShownAfter] = 0;
            if (!OwnOf(group).Exists(claim => claim.IsShown || claim.Place == DayFact.Address)) facts[(int)DayFact.Hidden] = 1;
            if (groups.Count == 1 && facts[(int)DayFact.ShownElsewhere] > 0) facts[(int)DayFact.ElsewhereSole] = 1;
            if (!groups.Exists(other => other[0].Value.Day < group[0].Value.Day)) facts[(int)DayFact.Earliest] = 1;
            if (many) facts[(int)DayFact.OfMany] = 1;
            if (many && Has(facts, Said)) facts[(int)DayFact.OfManySaid] = 1;
            yield return facts;
        }
    }

    private static bool Has(double[] facts, ReadOnlySpan<DayFact> any)
    {
        foreach (var fact in any)
            if (facts[(int)fact] > 0) return true;
        return false;
    }

    /// <summary>What kind of page would have no day.</summary>
    public static double[] OfNone(PageMetadata page, string? body, bool hasAuthor, string? url, StatedTimes times)
    {
        var facts = new double[(int)DayFact.Count];
        facts[(int)DayFact.None] = 1;
        if (page.Data.IsNews) facts[(int)DayFact.NoneOfNews] = 1;
        if (page.Tags.First("og:type")?.StartsWith("article", StringComparison.OrdinalIgnoreCase) == true) facts[(int)DayFact.NoneOfArticleCard] = 1;
        if (page.Data.Types.Overlaps(["Recipe", "Product", "Event"])) facts[(int)DayFact.NoneOfRecipe] = 1;
        if (times.OfPublication.Where(IsOwn).Select(claim => claim.Value.Day).Distinct().Count() >= Many) facts[(int)DayFact.NoneOfMany] = 1;
        if (!hasAuthor) facts[(int)DayFact.NoneWithoutAuthor] = 1;
        if (body is not null && (body.Contains("page-id-", StringComparison.Ordinal) || body.Contains("page-template", StringComparison.Ordinal))) facts[(int)DayFact.NoneOfStanding] = 1;
        if (page.Data.PageMade is not null) facts[(int)DayFact.NoneOfPageData] = 1;
        var path = PathOf(url);
        if (path.TrimEnd('/') is var trimmed && trimmed[(trimmed.LastIndexOf('/') + 1)..].Count('-') >= SlugHyphens) facts[(int)DayFact.NoneOfSlug] = 1;
        if (HasNumber(path)) facts[(int)DayFact.NoneOfNumber] = 1;
        return facts;
    }

    // An archive writes the whole address into its own path.
    private static ReadOnlySpan<char> PathOf(string? url)
    {
        var rest = url.AsSpan();
        if (rest.LastIndexOf("://") is >= 0 and var scheme) rest = rest[(scheme + 3)..];
        return rest.IndexOf('/') is >= 0 and var slash ? rest[slash..] : [];
    }

    private static bool HasNumber(ReadOnlySpan<char> path)
    {
        var run = 0;
        foreach (var c in path)
            if ((run = char.IsAsciiDigit(c) ? run + 1 : 0) >= LongNumber) return true;
        return false;
    }

    // Shown as the article's.
    private static bool IsOwn(DayClaim claim) => claim.IsShown && !claim.Elsewhere;
}
