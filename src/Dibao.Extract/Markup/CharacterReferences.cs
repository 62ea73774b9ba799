using System.Globalization;
using System.Text;

namespace Dibao.Extract.Markup;

/// <summary>Characters as a page means them: references resolved, line ends and U+0000 as HTML has them.</summary>
/// <remarks>Source: HTML §13.2.5.72 to 80 (character references), §13.2.3.5 (line ends), §13.5 (names).</remarks>
internal static class CharacterReferences
{
    // The longest name that counts without its semicolon.
    private const int MaxBareName = 6;
    private const int MaxName = 32;

    private static readonly Dictionary<string, string> Names = ReadNames();
    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    // What numbers of windows-1252 mean (§13.2.5.80, the table of numeric character references).
    private const string Windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    /// <summary>The text itself where nothing of it is to be changed.</summary>
    public static string Decode(ReadOnlySpan<char> text, TextForm form, bool inAttribute)
    {
        var first = form.HasFlag(TextForm.Raw) ? text.IndexOfAny('\r', '\0') : text.IndexOfAny('&', '\r', '\0');
        if (first < 0) return text.Length == 1 && text[0] < 128 ? OneCharacter.Of(text[0]) : text.ToString();
        var to = new StringBuilder(text.Length);
        var at = 0;
        while (first >= 0)
        {
            to.Append(text.Slice(at, first));
            at += first;
            at += Special(text[at..], form, inAttribute, to);
            first = form.HasFlag(TextForm.Raw) ? text[at..].IndexOfAny('\r', '\0') : text[at..].IndexOfAny('&', '\r', '\0');
        }

        return to.Append(text[at..]).ToString();
    }

    /// <summary>The reference at the start of a text, which is an ampersand.</summary>
    /// <param name="meant">"" where it is none.</param>
    /// <returns>How many characters it takes.</returns>
    public static int Read(ReadOnlySpan<char> text, bool inAttribute, out string meant)
    {
        meant = "";
        if (text.Length < 2) return 1;
        if (text[1] == '#') return Numeric(text, out meant);
        var length = 1;
        while (length < text.Length && length <= MaxName && char.IsAsciiLetterOrDigit(text[length])) length++;
        if (length < text.Length && text[length] == ';' && Lookup.TryGetValue(text[1..(length + 1)], out meant!)) return length + 1;
        for (var end = Math.Min(length, MaxBareName + 1); end > 2; end--)
        {
            if (!Lookup.TryGetValue(text[1..end], out meant!)) continue;
            if (!inAttribute || end == text.Length || (text[end] != '=' && !char.IsAsciiLetterOrDigit(text[end]))) return end;
            break;
        }

        meant = "";
        return 1;
    }

    private static int Special(ReadOnlySpan<char> text, TextForm form, bool inAttribute, StringBuilder to)
    {
        switch (text[0])
        {
            case '\r':
                to.Append('\n');
                return text.Length > 1 && text[1] == '\n' ? 2 : 1;
            case '\0':
                if (form.HasFlag(TextForm.NullShown)) to.Append('\ufffd');
                return 1;
            default:
                var length = Read(text, inAttribute, out var meant);
                if (meant.Length == 0) to.Append('&');
                else to.Append(meant);
                return length;
        }
    }

    private static int Numeric(ReadOnlySpan<char> text, out string meant)
    {
        var hex = text.Length > 2 && text[2] is 'x' or 'X';
        var from = hex ? 3 : 2;
        var at = from;
        var number = 0;
        for (; at < text.Length && (hex ? char.IsAsciiHexDigit(text[at]) : char.IsAsciiDigit(text[at])); at++)
        {
            var digit = text[at] <= '9' ? text[at] - '0' : (text[at] | 0x20) - 'a' + 10;
            number = Math.Min((number * (hex ? 16 : 10)) + digit, 0x110000);
        }

        meant = "";
        if (at == from) return 1;
        meant = Meaning(number);
        return at < text.Length && text[at] == ';' ? at + 1 : at;
    }

    private static string Meaning(int number) => number switch
    {
        0 or > 0x10ffff or (>= 0xd800 and <= 0xdfff) => "\ufffd",
        >= 0x80 and <= 0x9f => Windows1252[number - 0x80].ToString(),
        _ => char.ConvertFromUtf32(number),
    };

    private static Dictionary<string, string> ReadNames()
    {
        using var resource = typeof(CharacterReferences).Assembly.GetManifestResourceStream("Dibao.Extract.Markup.character-references.txt")!;
        using var lines = new StreamReader(resource);
        var names = new Dictionary<string, string>(2300, StringComparer.Ordinal);
        while (lines.ReadLine() is { } line)
        {
            var parts = line.Split(' ');
            names[parts[0]] = string.Concat(parts.Skip(1).Select(point => char.ConvertFromUtf32(int.Parse(point, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));
        }

        return names;
    }

    private static class OneCharacter
    {
        private static readonly string[] All = [.. Enumerable.Range(0, 128).Select(c => ((char)c).ToString())];

        public static string Of(char c) => All[c];
    }
}
