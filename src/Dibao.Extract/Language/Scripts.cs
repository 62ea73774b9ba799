namespace Dibao.Extract.Language;

/// <summary>How many letters of each script a text holds, and of the Han characters that one side alone writes.</summary>
internal record struct Scripts
{
    public int Letters { get; private set; }
    public int Han { get; private set; }
    public int Kana { get; private set; }
    public int Hangul { get; private set; }
    public int Latin { get; private set; }
    public int Cyrillic { get; private set; }
    public int Arabic { get; private set; }
    public int Devanagari { get; private set; }
    public int Simplified { get; private set; }
    public int Traditional { get; private set; }

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
            case >= '\u0400' and <= '\u052f': Cyrillic++; break;
            case >= '\u0600' and <= '\u06ff': Arabic++; break;
            case >= '\u0900' and <= '\u097f': Devanagari++; break;
            case >= '\u3040' and <= '\u30ff': Kana++; break;
            case >= '\uac00' and <= '\ud7a3': Hangul++; break;
            case >= '\u3400' and <= '\u9fff': AddHan(c); break;
        }
    }

    private void AddHan(char c)
    {
        Han++;
        var side = ChineseScript.SideOf(c);
        if (side > 0) Simplified++;
        if (side < 0) Traditional++;
    }
}
