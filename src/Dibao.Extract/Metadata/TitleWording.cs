namespace Dibao.Extract.Metadata;

/// <summary>In which words a title is written, of all that say the same.</summary>
internal static class TitleWording
{
    /// <param name="title">As the heaviest claim has it.</param>
    public static string Choose(Wording title, List<Claim<Wording>> claims, bool news)
    {
        var says = claims.FindAll(claim => claim.Value.Says(title) && !IsOneCase(claim.Value.Text));
        if (news && says.Find(claim => claim.Source == FoundIn.OpenGraph).Value.Text is { } card) return card;
        return InFull(news && !IsOneCase(title.Text) ? title : AsShown(title, says), says);
    }

    // A newsroom's card has the headline as it was written; in the page a template may have set its quotation marks. Elsewhere a plugin writes the card.
    private static Wording AsShown(Wording title, List<Claim<Wording>> says)
    {
        if (says.FindAll(claim => claim.Source == FoundIn.Markup) is { Count: > 0 } shown) return shown.MaxBy(claim => claim.Weight).Value;
        return IsOneCase(title.Text) && says.Count > 0 ? says[0].Value : title;
    }

    // <h1><span>Kicker</span><span>Headline</span></h1>: the same letters, but only the statement has what stands between the two.
    private static string InFull(Wording title, List<Claim<Wording>> says)
    {
        var (best, most) = (title.Text, Marks(title.Text));
        foreach (var claim in says)
            if (claim.Source != FoundIn.DocumentTitle && Marks(claim.Value.Text) is var marks && marks > most) (best, most) = (claim.Value.Text, marks);
        return best;
    }

    // Between its first and its last letter, for a star behind it is an ornament; a space counts where none stood before it.
    private static int Marks(string text)
    {
        var (marks, since, begun, space) = (0, 0, false, false);
        foreach (var c in text)
        {
            if (c == ' ') { space = true; continue; }
            if (!char.IsLetterOrDigit(c)) { since += 2; continue; }
            if (begun) marks += since + (space ? 1 : 0);
            (begun, since, space) = (true, 0, false);
        }

        return marks;
    }

    // All capitals, or none: a template's doing.
    private static bool IsOneCase(string text) => text.Any(char.IsLower) != text.Any(char.IsUpper);
}
