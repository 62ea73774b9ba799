using System.Text;

namespace Dibao.Tests.Find;

/// <summary>
/// What the index should find, by reading every text: words become <c>&lt;word&gt;</c>, a run of Han ends in <c>|</c>,
/// and a phrase is then a substring. Shares the Han table with the index and no code.
/// </summary>
internal static class BruteForce
{
    private static readonly Dictionary<char, char> Han = ReadHan();

    public static Dictionary<char, char> Variants { get; } = Han.GroupBy(pair => pair.Value).ToDictionary(group => group.Key, group => group.First().Key);

    public static bool Holds(string form, string phrase) => form.Contains(Form(phrase).TrimEnd('|'), StringComparison.Ordinal);

    /// <summary>What <see cref="Holds"/> reads.</summary>
    public static string Form(string text)
    {
        var form = new StringBuilder();
        var word = new StringBuilder();
        var gap = new StringBuilder();
        foreach (var c in text.Select(Fold).Where(c => c is not ('\u200B' or '\u200C' or '\u200D' or '\uFE0F' or '\uFEFF' or '\u00AD')))
        {
            if (word.Length > 0 && (IsHan(c) || !char.IsLetterOrDigit(c))) { form.Append('<').Append(word).Append('>'); word.Clear(); }
            if (!IsHan(c))
            {
                gap.Append(c);
                if (char.IsLetterOrDigit(c)) word.Append(c);
                continue;
            }
            if (form.Length > 0 && IsHan(form[^1]) && !IsTransparent(gap)) form.Append('|');
            gap.Clear();
            form.Append(c);
        }
        if (word.Length > 0) form.Append('<').Append(word).Append('>');
        return form.Replace("<", "|<").ToString().Replace("||", "|", StringComparison.Ordinal).Replace(">|<", "><", StringComparison.Ordinal).TrimStart('|') + "|";
    }

    public static bool IsHan(char c) => c is >= '\u4E00' and <= '\u9FFF' or >= '\u3400' and <= '\u4DBF';

    private static bool IsTransparent(StringBuilder gap) => string.IsNullOrWhiteSpace(gap.ToString()) && gap.ToString().Count(c => c == '\n') < 2;

    private static char Fold(char c)
    {
        if (c is >= '\uFF01' and <= '\uFF5E') c = (char)(c - 0xFEE0);
        return Han.GetValueOrDefault(c, char.ToLowerInvariant(c));
    }

    private static Dictionary<char, char> ReadHan()
    {
        using var stream = typeof(Database).Assembly.GetManifestResourceStream("Dibao.Find.Folding.han-folding.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n')
            .Where(line => line.Length > 1 && line[0] != '#' && !line.Any(char.IsSurrogate))
            .SelectMany(line => line[1..].Select(from => (from, line[0])))
            .ToDictionary();
    }
}
