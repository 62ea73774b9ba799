namespace Dibao.Extract.Language;

/// <summary>Tells languages in Cyrillic script apart by letters that the others do not write.</summary>
internal static class CyrillicLetters
{
    // Of a text with fewer letters, one that is not there says nothing.
    private const int EnoughLetters = 60;

    public static string LanguageOf(ReadOnlySpan<char> text, int letters)
    {
        var seen = new LetterCounts(text, '\u0400', '\u04ff');
        if (Turkic(seen) is { } language) return language;
        if (seen.Has(10, "ўЎ")) return "be";
        if (seen.Has(20, "їєґіЇЄҐІ")) return "uk";
        if (seen.Has(10, "јљњћђџЈЉЊЋЂЏѓќѕЃЌЅ")) return seen.Has("ћђЋЂ") ? "sr" : "mk";
        return letters >= EnoughLetters && !seen.Has("ыэёЫЭЁ") && seen.Has(8, "ъЪ") ? "bg" : "ru";
    }

    // And their neighbours, Tajik and Mongolian.
    private static string? Turkic(LetterCounts seen)
    {
        if (seen.Has(5, "ҙҫҡҘҪҠ")) return "ba";
        if (seen.Has(5, "ҷӣӯҶӢӮ")) return "tg";
        if (seen.Has(5, "ҳҲ") && seen.Has("қғҚҒ")) return "uz";
        if (seen.Has("җҖ") && seen.Has(10, "әӘ")) return "tt";
        if (seen.Has(10, "қғұҚҒҰ")) return "kk";
        return seen.Has(10, "өүӨҮ") ? seen.Has("ңҢ") ? "ky" : "mn" : null;
    }
}
