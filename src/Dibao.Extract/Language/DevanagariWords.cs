namespace Dibao.Extract.Language;

/// <summary>Tells languages in Devanagari script apart by the commonest endings of their sentences.</summary>
internal static class DevanagariWords
{
    private static readonly (string Language, string[] Words)[] Lists =
    [
        ("hi", [" है", " हैं", " में ", " था", " और "]),
        ("mr", [" आहे", " आणि ", " नाही", " होते", " या "]),
        ("ne", [" छ", " भने", " गरेको", " हो", " लागि "]),
    ];

    /// <summary>Hindi where nothing tells.</summary>
    public static string LanguageOf(ReadOnlySpan<char> text)
    {
        var (best, most) = ("hi", 0);
        foreach (var (language, words) in Lists)
        {
            var found = 0;
            foreach (var word in words) found += text.Count(word);
            if (found > most) (best, most) = (language, found);
        }

        return best;
    }
}
