namespace Dibao.Find.Folding;

/// <summary>Text as the index sees it: folded, and without the spaces and line breaks inside a run of Han, kana or hangul.</summary>
internal sealed class FoldedText
{
    private char[] chars;
    private int[]? sources;
    private int length;

    // End of the last run while nothing but spaces has followed it, else -1.
    private int openRun = -1;
    private int lineBreaks;

    private FoldedText(int capacity, bool withSources)
    {
        chars = new char[capacity];
        if (withSources) sources = new int[capacity];
    }

    public ReadOnlySpan<char> Chars => chars.AsSpan(0, length);

    /// <param name="text">Any UTF-16, lone surrogates included.</param>
    /// <param name="withSources">Whether <see cref="SourceOf"/> will be asked.</param>
    public static FoldedText Of(ReadOnlySpan<char> text, bool withSources = false)
    {
        var folded = new FoldedText(text.Length + 16, withSources);
        folded.Fold(text);
        return folded;
    }

    /// <summary>Index in the text given of the character that made the folded one at <paramref name="index"/>.</summary>
    public int SourceOf(int index) => sources![index];

    private void Fold(ReadOnlySpan<char> text)
    {
        var map = FoldingTables.Map;
        for (var i = 0; i < text.Length; i++)
        {
            var folded = map[text[i]];
            if ((folded & 0xF800) != 0xD800) Put(folded, i);
            else if (folded == FoldingTables.Pair) i += PutPair(text, i);
            else if (folded == FoldingTables.Joining) PutJoining(text[i], i);
            else PutAll(FoldingTables.Expansions[folded - 0xD800], i);
        }
    }

    private void Put(char folded, int source)
    {
        var kind = CharKinds.Of(folded);
        if (kind is CharKind.Run) JoinRun();
        else if (kind is not CharKind.Space) openRun = -1;
        else if (folded == '\n' && ++lineBreaks > 1) openRun = -1; // an empty line divides paragraphs
        Append(folded, source);
        if (kind is not CharKind.Run) return;
        openRun = length;
        lineBreaks = 0;
    }

    private void JoinRun()
    {
        if (openRun >= 0) length = openRun;
    }

    private void Append(char folded, int source)
    {
        if (length == chars.Length) Grow();
        if (sources is not null) sources[length] = source;
        chars[length++] = folded;
    }

    private void Grow()
    {
        Array.Resize(ref chars, chars.Length * 2);
        if (sources is not null) Array.Resize(ref sources, chars.Length);
    }

    // Returns how many units beyond the first it took.
    private int PutPair(ReadOnlySpan<char> text, int at)
    {
        if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
        {
            Put('\uFFFD', at);
            return 0;
        }
        var code = char.ConvertToUtf32(text[at], text[at + 1]);
        if (FoldingTables.Supplementary.TryGetValue(code, out var expansion)) PutAll(expansion, at);
        else PutSupplementary(text.Slice(at, 2), CharKinds.OfRune(code), at);
        return 1;
    }

    private void PutSupplementary(ReadOnlySpan<char> pair, CharKind kind, int source)
    {
        if (kind is CharKind.Run) JoinRun();
        Append(pair[0], source);
        Append(pair[1], source);
        openRun = kind is CharKind.Run ? length : -1;
        lineBreaks = 0;
    }

    private void PutAll(string expansion, int source)
    {
        for (var i = 0; i < expansion.Length; i++)
        {
            var c = expansion[i];
            if (char.IsHighSurrogate(c)) PutSupplementary(expansion.AsSpan(i, 2), CharKinds.At(expansion, i++, out _), source);
            else if (FoldingTables.Map[c] == FoldingTables.Joining) PutJoining(c, source);
            else Put(c, source);
        }
    }

    private void PutJoining(char mark, int source)
    {
        var joined = length > 0 ? Join(chars[length - 1], mark) : '\0';
        if (joined == '\0') Put(mark, source);
        else chars[length - 1] = joined;
    }

    // Kana with a sound mark from the table; hangul by arithmetic (Unicode Standard, section 3.12).
    private static char Join(char before, char mark)
    {
        if (FoldingTables.Voiced.TryGetValue(before << 16 | mark, out var voiced)) return voiced;
        if (before is >= '\u1100' and <= '\u1112' && mark is >= '\u1161' and <= '\u1175')
            return (char)(0xAC00 + ((((before - 0x1100) * 21) + (mark - 0x1161)) * 28));
        if (before is >= '\uAC00' and <= '\uD7A3' && (before - 0xAC00) % 28 == 0 && mark is >= '\u11A8' and <= '\u11C2')
            return (char)(before + (mark - 0x11A7));
        return '\0';
    }
}
