using System.Text;
using Dibao.Feeds.Text;

namespace Dibao.Feeds;

/// <summary>Text out of bytes.</summary>
/// <param name="Text">Without byte order mark. Bytes that mean nothing in the encoding are U+FFFD.</param>
/// <param name="Encoding">What the bytes were read as: a lower-case name; GBK and GB 2312 are called by their superset, <c>gb18030</c>.</param>
/// <param name="DeclarationLied">HTTP or the document named another encoding, under which the bytes would have read differently.</param>
public readonly record struct DecodedText(string Text, string Encoding, bool DeclarationLied);

/// <summary>Finds the encoding of feeds and HTML pages. What the bytes themselves say outweighs what is said about them.</summary>
/// <remarks>Sources: XML 1.0 appendix F, WHATWG Encoding §4.2 (labels), RFC 7303 §3.</remarks>
public static class TextDecoder
{
    /// <summary>Never throws. Time is linear in the bytes.</summary>
    /// <param name="contentType">The HTTP header, for its <c>charset</c>.</param>
    public static DecodedText Decode(ReadOnlySpan<byte> bytes, string? contentType = null)
    {
        var choice = EncodingChoice.Of(bytes, DeclaredEncoding.Find(bytes, contentType));
        var rest = bytes[choice.MarkLength..];
        var text = choice.IsUtf8 ? LenientUtf8.GetString(rest) : GetString(choice.Encoding, rest);
        return new(text, choice.Name, choice.DeclarationLied);
    }

    private static string GetString(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        if (!EastAsianRepair.Concerns(encoding.CodePage))
            return encoding.GetString(bytes);
        var chars = encoding.GetChars(bytes.ToArray());
        EastAsianRepair.Apply(chars);
        return new(chars);
    }
}
