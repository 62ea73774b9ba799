using Dibao.Extract.Language;

namespace Dibao.Extract;

/// <summary>Tells a text's language by its script, by letters that one language alone writes, and for Latin by common words.</summary>
public static class LanguageOfText
{
    private const int Sample = 4000;
    private const int MinLetters = 4;

    /// <summary>BCP 47: <c>zh-Hans</c>, <c>zh-Hant</c>, <c>ja</c>, <c>ko</c>, <c>ru</c>, <c>en</c>…; null when the text does not say.</summary>
    public static string? Detect(string text)
    {
        var sample = text.AsSpan(0, Math.Min(text.Length, Sample));
        var seen = Scripts.Count(sample);
        if (seen.Letters < MinLetters) return null;
        if (seen.Kana * 10 > seen.Han + seen.Kana && seen.Kana > 2 && (seen.Han + seen.Kana) * 4 > seen.Letters) return "ja";
        if (seen.Hangul * 3 > seen.Letters) return "ko";
        if (seen.Han * 4 > seen.Letters) return Chinese(seen);
        return Alphabetic(seen) ?? (seen.Latin * 2 > seen.Letters ? LatinWords.Detect(sample) : null);
    }

    private static string Chinese(Scripts seen) => seen.Simplified == seen.Traditional ? "zh" : seen.Simplified > seen.Traditional ? "zh-Hans" : "zh-Hant";

    private static string? Alphabetic(Scripts seen)
    {
        var half = seen.Letters / 2;
        if (seen.Cyrillic > half) return seen.Ukrainian * 50 > seen.Cyrillic ? "uk" : "ru";
        if (seen.Arabic > half) return seen.Uyghur * 12 > seen.Arabic ? "ug" : seen.Urdu * 40 > seen.Arabic ? "ur" : seen.Persian * 60 > seen.Arabic ? "fa" : "ar";
        if (seen.Tibetan > half) return "bo";
        if (seen.Devanagari > half) return "hi";
        if (seen.Hebrew > half) return "he";
        if (seen.Greek > half) return "el";
        if (seen.Thai > half) return "th";
        return null;
    }
}
