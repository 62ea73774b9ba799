using System.Text;

namespace Dibao.Feeds.Text;

/// <summary>The encoding that a document is read in.</summary>
/// <param name="MarkLength">Bytes of the byte order mark.</param>
/// <param name="DeclarationLied">HTTP or the document named another, under which the bytes would have read differently.</param>
/// <param name="IsPlain">All bytes seen were ASCII: nothing was decided yet.</param>
internal readonly record struct EncodingChoice(Encoding Encoding, string Name, int MarkLength, bool DeclarationLied, bool IsPlain)
{
    public bool IsUtf8 => Encoding.CodePage == KnownEncoding.Utf8.CodePage;

    /// <param name="bytes">The document, or as much of it as is there.</param>
    /// <param name="declared">Most trusted first.</param>
    public static EncodingChoice Of(ReadOnlySpan<byte> bytes, List<KnownEncoding> declared)
    {
        // 1. A byte order mark, or the zeros that UTF-16 and UTF-32 leave between markup characters.
        if (WideEncoding.Detect(bytes) is { } wide)
            return new(wide.Encoding, wide.Name, wide.MarkLength, declared.Exists(d => !d.IsWide), IsPlain: false);
        var mark = bytes.StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        bytes = bytes[mark..];
        var narrow = declared.FindAll(d => !d.IsWide);
        // 2. Encodings that hide behind ASCII.
        if (bytes.IndexOf((byte)0x1B) >= 0 && narrow.Find(d => d.Name == "iso-2022-jp") is { } japanese)
            return new(japanese.Encoding, japanese.Name, mark, DeclarationLied: false, IsPlain: false);
        // 3. UTF-8 proves itself; anything else must be weighed.
        var utf8 = Utf8Evidence.Of(bytes);
        if (utf8.IsAscii)
            return new(Encoding.UTF8, narrow.Count > 0 ? narrow[0].WrittenName : "utf-8", mark, DeclarationLied: false, IsPlain: true);
        var isUtf8 = utf8.IsConvincing(against: narrow.Exists(d => d != KnownEncoding.Utf8)) && !IsShortLegacy(bytes, utf8, narrow);
        var chosen = isUtf8 ? KnownEncoding.Utf8 : EncodingGuess.Best(bytes, narrow, utf8);
        return new(chosen.Encoding, chosen.NameFor(bytes), mark, narrow.Count > 0 && narrow[0] != chosen, IsPlain: false);
    }

    // A few two-byte characters may be valid UTF-8 by chance; Latin or Greek letters in a document declared Chinese would be stranger.
    private static bool IsShortLegacy(ReadOnlySpan<byte> bytes, Utf8Evidence utf8, List<KnownEncoding> declared) =>
        declared.Count > 0 && declared[0].IsDoubleByte && utf8 is { Longer: 0, Pairs: < 20 } &&
        EncodingGuess.Score(declared[0], bytes) > 0.5;
}
