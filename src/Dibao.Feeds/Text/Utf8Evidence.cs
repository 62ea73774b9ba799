using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Dibao.Feeds.Text;

/// <summary>How far bytes are UTF-8.</summary>
/// <param name="Pairs">Valid sequences of two bytes.</param>
/// <param name="Longer">Valid sequences of three or four, which hardly come about by chance.</param>
/// <param name="Errors">Invalid sequences, one cut off at the very end not counted.</param>
internal readonly record struct Utf8Evidence(int Pairs, int Longer, int Errors, bool IsAscii)
{
    /// <summary>Valid, or with few foreign bytes among much valid text.</summary>
    /// <param name="against">Something else was declared, so that the errors may be its text: no more than a slip is forgiven.</param>
    public bool IsConvincing(bool against) => !IsAscii && Errors * (against ? 20 : 2) <= Pairs + 3 * Longer && (!against || Errors <= Slips);

    private const int Slips = 3;

    public static Utf8Evidence Of(ReadOnlySpan<byte> bytes)
    {
        int pairs = 0, longer = 0, errors = 0;
        var ascii = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
        if (ascii < 0)
            return new(0, 0, 0, IsAscii: true);
        bytes = bytes[ascii..];
        // Where all is valid only a part needs counting: what follows can only be more of the same.
        if (Utf8.IsValid(bytes[..CompleteLength(bytes)]))
            bytes = bytes[..Math.Min(bytes.Length, 16 << 10)];
        while (!bytes.IsEmpty)
        {
            if (bytes[0] < 0x80)
            {
                var next = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
                bytes = next < 0 ? [] : bytes[next..];
                continue;
            }

            var status = Rune.DecodeFromUtf8(bytes, out _, out var length);
            if (status == OperationStatus.InvalidData)
                errors++;
            else if (status == OperationStatus.Done)
                _ = length == 2 ? pairs++ : longer++;
            bytes = bytes[length..];
        }

        return new(pairs, longer, errors, IsAscii: false);
    }

    // Without a sequence that is cut off at the end.
    private static int CompleteLength(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.Length;
        while (end > 0 && bytes.Length - end < 3 && bytes[end - 1] is >= 0x80 and < 0xC0)
            end--;
        return end > 0 && bytes[end - 1] >= 0xC0 && Rune.DecodeFromUtf8(bytes[(end - 1)..], out _, out _) == OperationStatus.NeedMoreData
            ? end - 1
            : bytes.Length;
    }
}

/// <summary>UTF-8 with the odd byte of Windows-1252 in it, as content systems produce when editors paste.</summary>
internal static class LenientUtf8
{
    private static readonly Encoding Western = KnownEncoding.Get("windows-1252").Encoding;

    public static string GetString(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        var chars = new char[bytes.Length];
        Decode(bytes, chars, isFinal: true, out _, out var written);
        return new(chars, 0, written);
    }

    /// <summary>What is cut off at the end waits for more, unless there is none.</summary>
    /// <param name="chars">At least one for each byte.</param>
    public static void Decode(ReadOnlySpan<byte> bytes, Span<char> chars, bool isFinal, out int used, out int written)
    {
        (used, written) = (0, 0);
        while (used < bytes.Length)
        {
            var status = Utf8.ToUtf16(bytes[used..], chars[written..], out var read, out var made, replaceInvalidSequences: false, isFinal);
            (used, written) = (used + read, written + made);
            if (status != OperationStatus.InvalidData)
                return;
            Rune.DecodeFromUtf8(bytes[used..], out _, out var length);
            // A sequence cut off at the very end was no foreign byte.
            if (isFinal && used + length == bytes.Length && bytes[used] >= 0xC2 && length > 1)
                chars[written++] = '\uFFFD';
            else
                written += Western.GetChars(bytes.Slice(used, length), chars[written..]);
            used += length;
        }
    }
}
