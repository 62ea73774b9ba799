using System.Text;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Text;

/// <summary>Bytes as they come, as characters in a window. The encoding is decided when the first byte beyond ASCII comes.</summary>
internal sealed class TextSource(TextWindow window, string? contentType)
{
    private readonly byte[] waiting = new byte[4];
    private int waitingLength;
    private List<KnownEncoding>? declared;
    private Decoder? decoder;
    private EncodingChoice choice;
    private bool isDecided;

    /// <summary>What was decided, or will be if nothing but ASCII comes.</summary>
    public EncodingChoice Choice => choice;

    /// <summary>Decides by the whole document, where it is at hand.</summary>
    public void Decide(ReadOnlySpan<byte> document)
    {
        declared ??= DeclaredEncoding.Find(document, contentType);
        var isFirst = choice.Encoding is null;
        var decision = EncodingChoice.Of(document, declared);
        choice = isFirst ? decision : decision with { MarkLength = choice.MarkLength };
        isDecided = !choice.IsPlain;
        if (isDecided && !choice.IsUtf8)
            decoder = choice.Encoding.GetDecoder();
    }

    /// <param name="bytes">Without the byte order mark.</param>
    public void Append(ReadOnlySpan<byte> bytes, bool isFinal)
    {
        if (!isDecided && bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF) >= 0)
            Decide(bytes);
        window.IsFinal = isFinal;
        if (decoder is not null)
            AppendOther(decoder, bytes, isFinal);
        else
            AppendUtf8(bytes, isFinal);
    }

    private void AppendOther(Decoder decoder, ReadOnlySpan<byte> bytes, bool isFinal)
    {
        var room = window.Reserve(choice.Encoding.GetMaxCharCount(bytes.Length));
        var written = decoder.GetChars(bytes, room, isFinal);
        if (EastAsianRepair.Concerns(choice.Encoding.CodePage))
            EastAsianRepair.Apply(room[..written]);
        window.Advance(written);
    }

    private void AppendUtf8(ReadOnlySpan<byte> bytes, bool isFinal)
    {
        while (waitingLength > 0 && !bytes.IsEmpty)
        {
            waiting[waitingLength++] = bytes[0];
            bytes = bytes[1..];
            AppendWaiting(isFinal && bytes.IsEmpty);
        }

        LenientUtf8.Decode(bytes, window.Reserve(bytes.Length), isFinal, out var used, out var written);
        window.Advance(written);
        if (used == bytes.Length)
            return;
        bytes[used..].CopyTo(waiting);
        waitingLength = bytes.Length - used;
    }

    private void AppendWaiting(bool isFinal)
    {
        LenientUtf8.Decode(waiting.AsSpan(0, waitingLength), window.Reserve(waitingLength), isFinal, out var used, out var written);
        window.Advance(written);
        waiting.AsSpan(used, waitingLength - used).CopyTo(waiting);
        waitingLength -= used;
    }
}
