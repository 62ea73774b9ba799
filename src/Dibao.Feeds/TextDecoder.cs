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
        var declared = DeclaredEncoding.Find(bytes, contentType);
        // 1. A byte order mark, or the zeros that UTF-16 and UTF-32 leave between markup characters.
        if (WideEncoding.Detect(bytes) is { } wide)
            return new(wide.Encoding.GetString(bytes[wide.MarkLength..]), wide.Name, declared.Exists(d => !d.IsWide));
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[3..];
        declared.RemoveAll(d => d.IsWide);
        // 2. Encodings that hide behind ASCII.
        if (bytes.IndexOf((byte)0x1B) >= 0 && declared.Find(d => d.Name == "iso-2022-jp") is { } japanese)
            return new(japanese.Encoding.GetString(bytes), japanese.Name, DeclarationLied: false);
        // 3. UTF-8 proves itself; anything else must be weighed.
        var utf8 = Utf8Evidence.Of(bytes);
        if (utf8.IsAscii)
            return new(Encoding.ASCII.GetString(bytes), declared.Count > 0 ? declared[0].WrittenName : "utf-8", DeclarationLied: false);
        var isUtf8 = utf8.IsConvincing(against: declared.Exists(d => d != KnownEncoding.Utf8)) && !IsShortLegacy(bytes, utf8, declared);
        var chosen = isUtf8 ? KnownEncoding.Utf8 : EncodingGuess.Best(bytes, declared, utf8);
        var text = chosen == KnownEncoding.Utf8 ? LenientUtf8.GetString(bytes) : chosen.Encoding.GetString(bytes);
        return new(text, chosen.NameFor(bytes), declared.Count > 0 && declared[0] != chosen);
    }

    // A few two-byte characters may be valid UTF-8 by chance; Latin or Greek letters in a document declared Chinese would be stranger.
    private static bool IsShortLegacy(ReadOnlySpan<byte> bytes, Utf8Evidence utf8, List<KnownEncoding> declared) =>
        declared.Count > 0 && declared[0].IsDoubleByte && utf8 is { Longer: 0, Pairs: < 20 } &&
        EncodingGuess.Score(declared[0], bytes) > 0.5;
}
