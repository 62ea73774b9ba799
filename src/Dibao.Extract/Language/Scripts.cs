namespace Dibao.Extract.Language;

/// <summary>How many letters of each script a text holds, and of the letters that tell languages of one script apart.</summary>
internal readonly record struct Scripts
{
    private const string UyghurLetters = "ۇۆۈۋېەڭ";
    private const string UrduLetters = "ٹڈڑےں";
    private const string PersianLetters = "پچژگ";
    private const string UkrainianLetters = "іїєґІЇЄҐ";

    public int Letters { get; private init; }
    public int Han { get; private init; }
    public int Kana { get; private init; }
    public int Hangul { get; private init; }
    public int Latin { get; private init; }
    public int Cyrillic { get; private init; }
    public int Arabic { get; private init; }
    public int Tibetan { get; private init; }
    public int Devanagari { get; private init; }
    public int Hebrew { get; private init; }
    public int Greek { get; private init; }
    public int Thai { get; private init; }
    public int Simplified { get; private init; }
    public int Traditional { get; private init; }
    public int Uyghur { get; private init; }
    public int Urdu { get; private init; }
    public int Persian { get; private init; }
    public int Ukrainian { get; private init; }

    public static Scripts Count(ReadOnlySpan<char> text)
    {
        var seen = default(Scripts);
        foreach (var c in text)
        {
            if (!char.IsLetter(c)) continue;
            seen = Add(seen with { Letters = seen.Letters + 1 }, c);
        }

        return seen;
    }

    private static Scripts Add(Scripts seen, char c) => c switch
    {
        < '\u0250' => seen with { Latin = seen.Latin + 1 },
        >= '\u0370' and <= '\u03ff' => seen with { Greek = seen.Greek + 1 },
        >= '\u0400' and <= '\u052f' => seen with { Cyrillic = seen.Cyrillic + 1, Ukrainian = seen.Ukrainian + In(UkrainianLetters, c) },
        >= '\u0590' and <= '\u05ff' => seen with { Hebrew = seen.Hebrew + 1 },
        >= '\u0600' and <= '\u06ff' => seen with
        {
            Arabic = seen.Arabic + 1,
            Uyghur = seen.Uyghur + In(UyghurLetters, c),
            Urdu = seen.Urdu + In(UrduLetters, c),
            Persian = seen.Persian + In(PersianLetters, c),
        },
        >= '\u0900' and <= '\u097f' => seen with { Devanagari = seen.Devanagari + 1 },
        >= '\u0e00' and <= '\u0e7f' => seen with { Thai = seen.Thai + 1 },
        >= '\u0f00' and <= '\u0fff' => seen with { Tibetan = seen.Tibetan + 1 },
        >= '\u1e00' and <= '\u1eff' => seen with { Latin = seen.Latin + 1 },
        >= '\u3040' and <= '\u30ff' => seen with { Kana = seen.Kana + 1 },
        >= '\uac00' and <= '\ud7a3' => seen with { Hangul = seen.Hangul + 1 },
        >= '\u3400' and <= '\u9fff' => WithHan(seen, c),
        _ => seen,
    };

    private static Scripts WithHan(Scripts seen, char c)
    {
        var side = ChineseScript.SideOf(c);
        return seen with
        {
            Han = seen.Han + 1,
            Simplified = seen.Simplified + (side > 0 ? 1 : 0),
            Traditional = seen.Traditional + (side < 0 ? 1 : 0),
        };
    }

    private static int In(string letters, char c) => letters.Contains(c, StringComparison.Ordinal) ? 1 : 0;
}
