using Dibao.Extract.Language;

namespace Dibao.Extract;

/// <summary>Tells a text's language by its script, by letters that one language alone writes, and for Latin by common words.</summary>
public static class LanguageOfText
{
    private const int Sample = 4000;
    private const int MinLetters = 4;

    // Characters of a text whose other letters are code, and no language.
    private const int LeastHan = 20;

    /// <summary>BCP 47: <c>zh-Hans</c>, <c>zh-Hant</c>, <c>ja</c>, <c>ko</c>, <c>ru</c>, <c>en</c>…; null when the text does not say.</summary>
    public static string? Detect(string text)
    {
        var sample = text.AsSpan(0, Math.Min(text.Length, Sample));
        var seen = Scripts.Count(sample);
        if (seen.Letters < MinLetters) return null;
        if (seen.Kana * 10 > seen.Han + seen.Kana && seen.Kana > 2 && (seen.Han + seen.Kana) * 4 > seen.Letters) return "ja";
        if (seen.Hangul * 3 > seen.Letters) return "ko";
        if (seen.Han * 4 > seen.Letters) return Chinese(seen);
        return Alphabetic(seen, sample) ?? (seen.Han >= LeastHan ? Chinese(seen) : null);
    }

    private static string? Alphabetic(Scripts seen, ReadOnlySpan<char> sample)
    {
        var half = seen.Letters / 2;
        if (seen.Latin > half) return LatinWords.Detect(sample);
        if (seen.Cyrillic > half) return CyrillicLetters.LanguageOf(sample, seen.Letters);
        if (seen.Arabic > half) return ArabicLetters.LanguageOf(sample);
        return seen.Devanagari > half ? DevanagariWords.LanguageOf(sample) : ScriptsOfOne.LanguageOf(sample, seen.Letters);
    }

    private static string Chinese(Scripts seen) => seen.Simplified == seen.Traditional ? "zh" : seen.Simplified > seen.Traditional ? "zh-Hans" : "zh-Hant";
}
