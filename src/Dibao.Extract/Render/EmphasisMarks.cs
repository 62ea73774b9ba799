using System.Text;

namespace Dibao.Extract.Render;

/// <summary>Writes emphasis as marks where readers of CommonMark take them for it, and elsewhere as HTML: "**“引用”**他说" would show its stars.</summary>
/// <remarks>CommonMark 0.31.2 §6.2, left- and right-flanking delimiter runs. A line is first written with a character of its own for each mark.</remarks>
internal static class EmphasisMarks
{
    /// <summary>Noncharacters, which no text needs: who writes a line takes them out of what the page says.</summary>
    public const char First = '\uFDD0';
    public const char Last = '\uFDD5';

    private static readonly (string Mark, string Name)[] Kinds = [("**", "strong"), ("*", "em"), ("~~", "del")];

    public const int Strong = 0;
    public const int Emphasis = 1;
    public const int Deleted = 2;

    public static char Open(int kind) => (char)(First + (2 * kind));

    public static char Close(int kind) => (char)(First + (2 * kind) + 1);

    private static bool IsMark(char c) => c is >= First and <= Last;

    public static string Write(StringBuilder marked)
    {
        var line = marked.ToString();
        if (line.AsSpan().IndexOfAnyInRange(First, Last) < 0) return line;
        var asHtml = new bool[line.Length];
        foreach (var (open, close) in Pairs(line)) asHtml[open] = asHtml[close] = !IsReadAsMark(line, open, close);
        var text = new StringBuilder(line.Length + 16);
        for (var at = 0; at < line.Length; at++)
        {
            if (!IsMark(line[at])) { text.Append(line[at]); continue; }
            var (mark, name) = Kinds[(line[at] - First) / 2];
            if (!asHtml[at]) text.Append(mark);
            else text.Append(IsOpen(line[at]) ? "<" : "</").Append(name).Append('>');
        }

        return text.ToString();
    }

    private static List<(int Open, int Close)> Pairs(string line)
    {
        var pairs = new List<(int, int)>();
        var open = new Stack<int>();
        for (var at = 0; at < line.Length; at++)
        {
            if (!IsMark(line[at])) continue;
            if (IsOpen(line[at])) open.Push(at);
            else pairs.Add((open.Pop(), at));
        }

        return pairs;
    }

    private static bool IsReadAsMark(string line, int open, int close)
    {
        var (before, after) = (open - 1, close + 1);
        while (before >= 0 && IsMark(line[before]) && IsOpen(line[before])) before--;
        while (after < line.Length && IsMark(line[after]) && !IsOpen(line[after])) after++;
        if ((before >= 0 && IsMark(line[before])) || (after < line.Length && IsMark(line[after]))) return false;
        var (first, last) = (open + 1, close - 1);
        while (IsMark(line[first])) first++;
        while (IsMark(line[last])) last--;
        var (begins, ends) = (IsBoundary(line, before), IsBoundary(line, after));
        var nested = before < open - 1 || after > close + 1 || first > open + 1 || last < close - 1;
        if (nested && (!(begins && ends) || line[open] == Open(Deleted))) return false;
        return (begins || !IsPunctuation(line[first])) && (ends || !IsPunctuation(line[last]));
    }

    private static bool IsOpen(char mark) => (mark - First) % 2 == 0;

    // Symbols count as punctuation since 0.31, and not for readers of before: they must stand at no edge, and make none.
    private static bool IsPunctuation(char c) => char.IsPunctuation(c) || char.IsSymbol(c) || char.IsSurrogate(c);

    private static bool IsBoundary(string line, int at) =>
        at < 0 || at >= line.Length || char.IsWhiteSpace(line[at]) || (char.IsAscii(line[at]) ? !char.IsAsciiLetterOrDigit(line[at]) && !char.IsControl(line[at]) : char.IsPunctuation(line[at]));
}
