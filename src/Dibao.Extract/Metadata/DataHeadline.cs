namespace Dibao.Extract.Metadata;

/// <summary>A headline that only a newsroom's data gives, where card and page say another.</summary>
/// <remarks>
/// Templates fill the data from the field of the card or from that of the page: what is in neither was written for it. A headline with a kicker more or
/// less, or cut short, is not another one.
/// </remarks>
internal static class DataHeadline
{
    private const int Least = 16;

    /// <summary>Its place among the claims; -1 for none.</summary>
    public static int Find(List<Claim<Wording>> claims, List<ShownHeading> shown, PageMarks marks)
    {
        var at = claims.FindIndex(claim => claim.Source == FoundIn.JsonLd);
        if (at < 0 || claims[at].Value is not { Print.Length: >= Least } said || said.Text.EndsWith('…') || said.Text.EndsWith("...", StringComparison.Ordinal)) return -1;
        var card = claims.FindIndex(claim => claim.Source == FoundIn.OpenGraph);
        var headlines = shown.FindAll(heading => heading.Name == "h1" && !marks.Elsewhere[heading.Index]);
        return card >= 0 && headlines.Count > 0 && IsAnother(claims[card].Value) && headlines.TrueForAll(heading => IsAnother(heading.Text)) ? at : -1;

        bool IsAnother(Wording other) => !other.Print.Contains(said.Print, StringComparison.Ordinal) && !said.Print.Contains(other.Print, StringComparison.Ordinal);
    }
}
