using System.Buffers;
using System.Text;

namespace Dibao.Feeds.Text;

/// <summary>How far bytes are UTF-8.</summary>
/// <param name="Pairs">Valid sequences of two bytes.</param>
/// <param name="Longer">Valid sequences of three or four, which hardly come about by chance.</param>
/// <param name="Errors">Invalid sequences, one cut off at the very end not counted.</param>
internal readonly record struct Utf8Evidence(int Pairs, int Longer, int Errors, bool IsAscii)
{
    /// <summary>Valid, or with few foreign bytes among much valid text.</summary>
    /// <param name="against">Something else was declared, so that the errors may be its text.</param>
    public bool IsConvincing(bool against) => !IsAscii && Errors * (against ? 20 : 2) <= Pairs + 3 * Longer;

    public static Utf8Evidence Of(ReadOnlySpan<byte> bytes)
    {
        int pairs = 0, longer = 0, errors = 0;
        var at = Ascii.IsValid(bytes) ? bytes.Length : 0;
        var isAscii = at == bytes.Length;
        while (at < bytes.Length)
        {
            if (bytes[at] < 0x80)
            {
                at++;
                continue;
            }

            var status = Rune.DecodeFromUtf8(bytes[at..], out _, out var length);
            if (status == OperationStatus.InvalidData)
                errors++;
            else if (status == OperationStatus.Done)
                _ = length == 2 ? pairs++ : longer++;
            at += length;
        }

        return new(pairs, longer, errors, isAscii);
    }
}

/// <summary>UTF-8 with the odd byte of Windows-1252 in it, as content systems produce when editors paste.</summary>
internal static class LenientUtf8
{
    public static string GetString(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        var western = KnownEncoding.Get("windows-1252").Encoding;
        var text = new StringBuilder(bytes.Length);
        var from = 0;
        for (var at = 0; at < bytes.Length;)
        {
            var status = Rune.DecodeFromUtf8(bytes[at..], out _, out var length);
            if (status == OperationStatus.Done)
            {
                at += length;
                continue;
            }

            text.Append(Encoding.UTF8.GetString(bytes[from..at]));
            if (status == OperationStatus.InvalidData)
                text.Append(western.GetString(bytes.Slice(at, length)));
            from = at += length;
        }

        return text.Append(Encoding.UTF8.GetString(bytes[from..])).ToString();
    }
}
