using System.Collections.Frozen;

namespace Dibao.Extract.Dates;

/// <summary>Whether 03/04/2024 is in March or in April.</summary>
/// <remarks>Source: Unicode CLDR, short date patterns: month first in the United States, the Philippines and their neighbours alone.</remarks>
internal static class DateOrder
{
    private static readonly FrozenSet<string> DayFirst = "GB UK IE AU NZ IN ZA SG MY HK NG KE GH PK BD LK TT JM ZW TZ UG MT NL BE DE FR ES IT AE QA SA IL EU".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <param name="language">BCP 47 with a region where it is known: <c>en-GB</c>.</param>
    public static bool IsMonthFirst(string? language)
    {
        if (language is null || !language.StartsWith("en", StringComparison.OrdinalIgnoreCase)) return language is "fil" or "tl";
        var region = language[(language.LastIndexOf('-') + 1)..];
        return !DayFirst.Contains(region);
    }

    /// <summary>The language of the text with the outlet's region.</summary>
    public static string? Locale(string? language, string? country) =>
        language is null || country is null || language.Contains('-', StringComparison.Ordinal) ? language : language + "-" + country;
}
