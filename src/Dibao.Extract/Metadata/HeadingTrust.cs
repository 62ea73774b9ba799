namespace Dibao.Extract.Metadata;

/// <summary>How likely a heading is the article's title.</summary>
/// <remarks>One that nothing else says is it only where it is the one h1, and no other heading says what the page states.</remarks>
internal sealed class HeadingTrust(List<Wording> stated, List<ShownHeading> shown, List<Wording> said, PageMarks marks, bool news)
{
    private readonly bool _alone = shown.Where((h, i) => h.Name == "h1" && !marks.Elsewhere[h.Index] && said[i].Print.Length > 0).Select(h => h.Text.Print).Distinct(StringComparer.Ordinal).Count() == 1;
    private readonly bool _otherSaid = shown.Where((h, i) => !marks.Elsewhere[h.Index] && stated.Exists(said[i].Says)).Any();

    /// <param name="text">What of the heading is held to be the title.</param>
    public double Of(ShownHeading heading, Wording text)
    {
        if (text.Text.Length < 2) return 0;
        var isSaid = stated.Exists(text.Says);
        if (heading.Name != "h1") return isSaid ? 0.4 : 0;
        if (marks.Elsewhere[heading.Index]) return isSaid ? 0.3 : 0;
        if (isSaid) return 0.8;
        if (!_alone) return 0.3;
        // A newsroom writes the card's title by hand; elsewhere a plugin makes it for search engines, and the h1 is what the author wrote.
        return _otherSaid ? 0.5 : news ? 0.7 : 0.93;
    }
}
