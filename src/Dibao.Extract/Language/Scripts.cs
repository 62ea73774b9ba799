namespace Dibao.Extract.Language;

/// <summary>How many letters of each script a text holds, and of the letters that tell languages of one script apart.</summary>
internal record struct Scripts
{
    private const string UyghurLetters = "ۇۆۈۋېەڭ";
    private const string UrduLetters = "ٹڈڑےں";
    private const string PersianLetters = "پچژگ";
    private const string UkrainianLetters = "іїєґІЇЄҐ";

    public int Letters { get; private set; }
    public int Han { get; private set; }
    public int Kana { get; private set; }
    public int Hangul { get; private set; }
    public int Latin { get; private set; }
    public int Cyrillic { get; private set; }
    public int Arabic { get; private set; }
    public int Tibetan { get; private set; }
    public int Devanagari { get; private set; }
    public int Hebrew { get; private set; }
    public int Greek { get; private set; }
    public int Thai { get; private set; }
    public int Simplified { get; private set; }
    public int Traditional { get; private set; }
    public int Uyghur { get; private set; }
    public int Urdu { get; private set; }
    public int Persian { get; private set; }
    public int Ukrainian { get; private set; }

    public static Scripts Count(ReadOnlySpan<char> text)
    {
        var seen = default(Scripts);
        foreach (var c in text)
        {
            if (!char.IsLetter(c)) continue;
            seen.Add(c);
        }

        return seen;
    }

    // In place: a copy for each letter costs more than the counting.
    private void Add(char c)
    {
        Letters++;
        switch (c)
        {
            case < '\u0250' or (>= '\u1e00' and <= '\u1eff'): Latin++; break;
            case >= '\u0370' and <= '\u03ff': Greek++; break;
            case >= '\u0400' and <= '\u052f': Cyrillic++; Ukrainian += In(UkrainianLetters, c); break;
            case >= '\u0590' and <= '\u05ff': Hebrew++; break;
            case >= '\u0600' and <= '\u06ff': AddArabic(c); break;
            case >= '\u0900' and <= '\u097f': Devanagari++; break;
            case >= '\u0e00' and <= '\u0e7f': Thai++; break;
            case >= '\u0f00' and <= '\u0fff': Tibetan++; break;
            case >= '\u3040' and <= '\u30ff': Kana++; break;
            case >= '\uac00' and <= '\ud7a3': Hangul++; break;
            case >= '\u3400' and <= '\u9fff': AddHan(c); break;
        }
    }

    private void AddArabic(char c)
    {
        Arabic++;
        Uyghur += In(UyghurLetters, c);
        Urdu += In(UrduLetters, c);
        Persian += In(PersianLetters, c);
    }

    private void AddHan(char c)
    {
        Han++;
        var side = ChineseScript.SideOf(c);
        if (side > 0) Simplified++;
        if (side < 0) Traditional++;
    }

    private static int In(string letters, char c) => letters.Contains(c, StringComparison.Ordinal) ? 1 : 0;
}
