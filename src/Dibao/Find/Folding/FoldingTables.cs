using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Dibao.Find.Folding;

/// <summary>
/// What each character folds to: NFKC, case, diacritics, and the Han forms that count as one.
/// Loaded once from the tables that <c>tools/make-folding.mjs</c> makes.
/// </summary>
/// <remarks>.NET leaves text as it is in <c>Normalize</c> when globalization is invariant, so the tables carry all of it.</remarks>
internal static class FoldingTables
{
    /// <summary>In <see cref="Map"/>: half of a surrogate pair.</summary>
    public const char Pair = '\uDFFF';

    /// <summary>In <see cref="Map"/>: may join with the character before it (hangul vowels and finals, kana sound marks).</summary>
    public const char Joining = '\uDFFE';

    private static readonly List<string> ExpansionList = [];
    private static readonly Dictionary<string, char> ExpansionIndex = new(StringComparer.Ordinal);

    /// <summary>For each UTF-16 unit its folded unit, <see cref="Pair"/>, <see cref="Joining"/>,
    /// or, from U+D800 on, the index of a string in <see cref="Expansions"/>.</summary>
    public static readonly char[] Map;

    /// <summary>Foldings that are not one UTF-16 unit long, some empty.</summary>
    public static readonly string[] Expansions;

    /// <summary>Supplementary characters that change.</summary>
    public static readonly FrozenDictionary<int, string> Supplementary;

    /// <summary>Kana and its sound mark, <c>base &lt;&lt; 16 | mark</c>, to the joined character.</summary>
    public static readonly FrozenDictionary<int, char> Voiced;

#pragma warning disable CA1810 // the tables are made from each other, in this order
    static FoldingTables()
#pragma warning restore CA1810
    {
        var han = ReadHan();
        var single = new Dictionary<int, string>(han);
        var voiced = new Dictionary<int, char>();
        foreach (var (target, sources) in ReadLetters())
        {
            if (target == "+") voiced.Add(sources[0] << 16 | sources[1], sources[2]);
            else AddLetters(single, han, target, sources);
        }
        Map = MakeMap(single);
        Expansions = [.. ExpansionList];
        Supplementary = single.Where(pair => pair.Key > 0xFFFF).ToFrozenDictionary();
        Voiced = voiced.ToFrozenDictionary();
    }

    private static void AddLetters(Dictionary<int, string> single, Dictionary<int, string> han, string target, string sources)
    {
        var folded = string.Concat(target.EnumerateRunes().Select(rune => han.GetValueOrDefault(rune.Value) ?? rune.ToString()));
        foreach (var rune in sources.EnumerateRunes()) single[rune.Value] = folded;
    }

    private static char[] MakeMap(Dictionary<int, string> single)
    {
        var map = new char[0x10000];
        for (var code = 0; code < map.Length; code++) map[code] = (char)code;
        map.AsSpan(0xD800, 0x800).Fill(Pair);
        map.AsSpan(0x1161, 0x11C3 - 0x1161).Fill(Joining);
        map[0x3099] = map[0x309A] = Joining;
        foreach (var (code, folded) in single)
        {
            if (code <= 0xFFFF) map[code] = folded.Length == 1 ? SingleUnit(map, folded[0]) : Expansion(folded);
        }
        return map;
    }

    // A half-width kana mark or hangul vowel folds to one that joins.
    private static char SingleUnit(char[] map, char folded) => map[folded] == Joining ? Expansion(folded.ToString()) : folded;

    private static char Expansion(string folded)
    {
        if (ExpansionIndex.TryGetValue(folded, out var index)) return index;
        index = (char)(0xD800 + ExpansionList.Count);
        ExpansionList.Add(folded);
        ExpansionIndex.Add(folded, index);
        return index;
    }

    private static Dictionary<int, string> ReadHan()
    {
        var fold = new Dictionary<int, string>();
        foreach (var line in ReadLines("han-folding.txt"))
        {
            var runes = line.EnumerateRunes().ToArray();
            var target = runes[0].ToString();
            foreach (var rune in runes.AsSpan(1)) fold.Add(rune.Value, target);
        }
        return fold;
    }

    private static IEnumerable<(string Target, string Sources)> ReadLetters()
    {
        foreach (var line in ReadLines("letter-folding.txt"))
        {
            var parts = line.Split('\t');
            if (parts[0] == "+") yield return ("+", Unescape(parts[2]) + parts[1]);
            else yield return (Unescape(parts[0]), Unescape(parts[1]));
        }
    }

    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal)) return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\') { plain.Append(text[i]); continue; }
            var end = text.IndexOf('}', i);
            plain.Append(char.ConvertFromUtf32(int.Parse(text.AsSpan(i + 3, end - i - 3), NumberStyles.HexNumber)));
            i = end;
        }
        return plain.ToString();
    }

    private static IEnumerable<string> ReadLines(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Dibao.Find.Folding.{name}")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#') yield return line;
        }
    }
}
