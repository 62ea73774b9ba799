namespace Dibao.Extract.Dates;

/// <summary>One place's statement of the article's day.</summary>
/// <param name="Elsewhere">It stands in what belongs to other pieces or people.</param>
internal sealed record DayClaim(DateReading Value, FoundIn Source, DayFact Place, bool Elsewhere = false)
{
    public bool IsShown => Source == FoundIn.Text;
}
