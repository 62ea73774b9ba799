namespace Dibao.Extract.Dates;

/// <summary>One place's statement of the article's day.</summary>
internal readonly record struct DayClaim(DateReading Value, FoundIn Source, DayFact Place);
