namespace Dibao.Extract.Language;

/// <summary>Scripts in which one language is written, or the one that most of their news is.</summary>
internal static class ScriptsOfOne
{
    // Blocks of Unicode.
    private static readonly (char First, char Last, string Language)[] Blocks =
    [
        ('\u0370', '\u03ff', "el"), ('\u0530', '\u058f', "hy"), ('\u0590', '\u05ff', "he"), ('\u0780', '\u07bf', "dv"), ('\u0980', '\u09ff', "bn"), ('\u0a00', '\u0a7f', "pa"), ('\u0a80', '\u0aff', "gu"),
        ('\u0b00', '\u0b7f', "or"), ('\u0b80', '\u0bff', "ta"), ('\u0c00', '\u0c7f', "te"), ('\u0c80', '\u0cff', "kn"), ('\u0d00', '\u0d7f', "ml"), ('\u0d80', '\u0dff', "si"), ('\u0e00', '\u0e7f', "th"),
        ('\u0e80', '\u0eff', "lo"), ('\u0f00', '\u0fff', "bo"), ('\u1000', '\u109f', "my"), ('\u10a0', '\u10ff', "ka"), ('\u1200', '\u137f', "am"), ('\u1780', '\u17ff', "km"), ('\u1800', '\u18af', "mn"),
    ];

    /// <summary>Of the script that more than half of the letters are in; null for none.</summary>
    public static string? LanguageOf(ReadOnlySpan<char> text, int letters)
    {
        Span<int> counts = stackalloc int[Blocks.Length];
        foreach (var c in text)
            if (c >= Blocks[0].First && char.IsLetter(c) && Of(c) is >= 0 and var block) counts[block]++;
        for (var block = 0; block < counts.Length; block++)
            if (counts[block] * 2 > letters) return Blocks[block].Language;
        return null;
    }

    private static int Of(char c)
    {
        for (var block = 0; block < Blocks.Length && c >= Blocks[block].First; block++)
            if (c <= Blocks[block].Last) return block;
        return -1;
    }
}
