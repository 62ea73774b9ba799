namespace Dibao.Extract.Dates;

/// <summary>One place's statement of the article's day.</summary>
internal sealed record DayClaim(DateReading Value, FoundIn Source, DayFact Place);
