using System.Text;

namespace Dibao.Feeds.Text;

/// <summary>
/// Control characters U+0080 to U+009F in text, which nobody means. Either they are bytes of UTF-8 that somebody took for ISO 8859-1 and
/// encoded a second time (<c>&amp;#226;&amp;#128;&amp;#166;</c> is an ellipsis), or the quotes and dashes of Windows-1252.
/// </summary>
internal static class TwiceEncoded
{
    public static string Settle(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\x80', '\x9F') < 0)
            return text;
        var settled = text.ToCharArray();
        return new(settled, 0, Settle(settled));
    }

    /// <summary>In place.</summary>
    /// <returns>Characters that are left.</returns>
    public static int Settle(Span<char> text)
    {
        if (text.IndexOfAnyInRange('\x80', '\x9F') < 0)
            return text.Length;
        var isAll = IsAll(text);
        var kept = 0;
        for (var at = 0; at < text.Length;)
        {
            if (Sequence(text[at..], out var rune) is var length && length > 0 && (isAll || length > 2 && HasControl(text.Slice(at, length))))
            {
                kept += rune.EncodeToUtf16(text[kept..]);
                at += length;
                continue;
            }

            text[kept++] = text[at] is >= '\x80' and <= '\x9F' ? HtmlEntities.FromWindows1252(text[at]) : text[at];
            at++;
        }

        return kept;
    }

    // A pair alone may be a letter before a quotation mark (ß and “); two pairs, or three bytes, are no accident.
    private static bool IsAll(ReadOnlySpan<char> text)
    {
        var evidence = 0;
        while (text.IndexOfAnyInRange('\x80', '\xFF') is >= 0 and var at)
        {
            var length = Sequence(text[at..], out _);
            if (length == 0)
                return false;
            evidence += length - 1;
            text = text[(at + length)..];
        }

        return evidence > 1;
    }

    private static bool HasControl(ReadOnlySpan<char> sequence) => sequence.IndexOfAnyInRange('\x80', '\x9F') >= 0;

    /// <returns>Characters that are the bytes of one character in UTF-8, two to four; 0 when these are not.</returns>
    private static int Sequence(ReadOnlySpan<char> text, out Rune rune)
    {
        rune = default;
        Span<byte> bytes = stackalloc byte[4];
        var count = 0;
        while (count < Math.Min(4, text.Length) && text[count] is >= '\x80' and <= '\xFF')
            bytes[count] = (byte)text[count++];
        return count > 1 && Rune.DecodeFromUtf8(bytes[..count], out rune, out var used) == System.Buffers.OperationStatus.Done ? used : 0;
    }
}
