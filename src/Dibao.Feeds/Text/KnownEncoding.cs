using System.Collections.Frozen;
using System.Text;

namespace Dibao.Feeds.Text;

/// <summary>An encoding that documents are really written in, with the labels that mean it.</summary>
internal sealed record KnownEncoding(string Name, int CodePage)
{
    // "name codepage label label…". Labels as in the WHATWG standard: ISO 8859-1 means Windows-1252, GB 2312 means GB 18030.
    private const string Table = """
        utf-8 65001 utf8 unicode-1-1-utf-8 unicode
        utf-16le 1200 utf-16 utf16 utf-16-le ucs-2 iso-10646-ucs-2 u16
        utf-16be 1201 utf-16-be unicodefffe
        utf-32le 12000 utf-32-le
        utf-32be 12001 utf-32-be utf-32 utf32
        gb18030 54936 gbk gb2312 gb-2312-80 gb2312-80 cp936 936 x-gbk euc-cn chinese gb-18030 ms936 hz-gb-2312
        big5 950 big5-hkscs big-5 cn-big5 x-x-big5 cp950 big5-tw
        shift-jis 932 shift-jis sjis x-sjis ms932 windows-31j cp932 ms-kanji csshiftjis
        euc-jp 51932 x-euc-jp eucjp cseucpkdfmtjapanese
        iso-2022-jp 50220 csiso2022jp
        euc-kr 949 ks-c-5601-1987 ksc5601 ks-c-5601 korean windows-949 cp949 uhc euckr ksc-5601
        windows-1252 1252 iso-8859-1 latin1 latin-1 iso8859-1 iso88591 us-ascii ascii cp1252 ansi-x3.4-1968 l1 windows-28591
        windows-1250 1250 cp1250
        windows-1251 1251 cp1251
        windows-1253 1253 cp1253
        windows-1254 1254 cp1254 iso-8859-9 latin5
        windows-1255 1255 cp1255
        windows-1256 1256 cp1256
        windows-1257 1257 cp1257
        windows-1258 1258 cp1258
        windows-874 874 tis-620 iso-8859-11 tis620
        iso-8859-2 28592 latin2 iso8859-2
        iso-8859-3 28593
        iso-8859-4 28594
        iso-8859-5 28595
        iso-8859-6 28596
        iso-8859-7 28597 greek
        iso-8859-8 28598 iso-8859-8-i
        iso-8859-13 28603
        iso-8859-15 28605 latin9 latin-9 iso8859-15
        koi8-r 20866 koi8 cskoi8r
        koi8-u 21866
        macintosh 10000 mac x-mac-roman
        ibm866 866 cp866
        """;

    private static readonly FrozenDictionary<string, KnownEncoding> ByLabel = Load();

    public static KnownEncoding Utf8 { get; } = Get("utf-8");

    private Encoding? encoding;

    /// <summary>The label the document used, for those that stay true: ASCII bytes declared as <c>us-ascii</c>.</summary>
    public string WrittenName { get; private init; } = Name;

    public Encoding Encoding => encoding ??= Encoding.GetEncoding(CodePage);

    public bool IsWide => CodePage is 1200 or 1201 or 12000 or 12001;

    public bool IsDoubleByte => CodePage is 54936 or 950 or 932 or 51932 or 949;

    public bool Equals(KnownEncoding? other) => other?.CodePage == CodePage;

    public override int GetHashCode() => CodePage;

    public static KnownEncoding Get(string name) => ByLabel[name];

    /// <summary>By any label, whatever its case, quotes and underscores; null when unknown.</summary>
    public static KnownEncoding? Find(string label)
    {
        var clean = label.Trim(' ', '"', '\'', '\t', '\r', '\n').ToLowerInvariant();
        if (!ByLabel.TryGetValue(clean.Replace('_', '-'), out var known))
            return null;
        return clean is "us-ascii" or "iso-8859-1" ? known with { WrittenName = clean } : known;
    }

    /// <summary>ISO 8859-1 and its superset differ in 32 codes; the name says which one was meant.</summary>
    public string NameFor(ReadOnlySpan<byte> bytes) =>
        WrittenName == "iso-8859-1" && bytes.IndexOfAnyInRange((byte)0x80, (byte)0x9F) < 0 ? WrittenName : Name;

    private static FrozenDictionary<string, KnownEncoding> Load()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var labels = new Dictionary<string, KnownEncoding>();
        foreach (var line in Table.Split('\n'))
        {
            var words = line.Trim().Split(' ');
            var known = new KnownEncoding(words[0] == "shift-jis" ? "shift_jis" : words[0], int.Parse(words[1]));
            foreach (var label in words)
                labels[label] = known;
        }

        return labels.ToFrozenDictionary();
    }
}
