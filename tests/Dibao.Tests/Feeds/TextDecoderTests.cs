using System.Text;
using Dibao.Feeds;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Feeds;

public sealed class TextDecoderTests
{
    private const string Simplified = "河湾镇的渡口今天重新开放，记者在现场看到不少居民排队等候。";
    private const string Traditional = "河灣鎮的渡口今天重新開放，記者在現場看到不少居民排隊等候。";

    static TextDecoderTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private static byte[] Page(string encoding, string? declared, string text) =>
        Encoding.GetEncoding(encoding).GetBytes((declared is null ? "" : $"<?xml version=\"1.0\" encoding=\"{declared}\"?>") + $"<t>{text}</t>");

    [Theory]
    [InlineData("gb18030", "gb2312", Simplified, "gb18030")]
    [InlineData("big5", "Big5", Traditional, "big5")]
    [InlineData("shift_jis", "Shift_JIS", "川沿いの渡し場が再開し、住民が列を作った。", "shift_jis")]
    [InlineData("euc-jp", "EUC-JP", "川沿いの渡し場が再開し、住民が列を作った。", "euc-jp")]
    [InlineData("euc-kr", "EUC-KR", "강가의 나루터가 오늘 다시 문을 열었다.", "euc-kr")]
    [InlineData("windows-1251", "windows-1251", "Переправа снова открыта.", "windows-1251")]
    [InlineData("windows-1252", "ISO-8859-1", "Die Fähre fährt – “endlich”.", "windows-1252")]
    [InlineData("iso-8859-2", "ISO-8859-2", "Zażółć gęślą jaźń", "iso-8859-2")]
    [InlineData("utf-8", "utf-8", Simplified, "utf-8")]
    public void A_true_declaration_is_believed(string encoding, string declared, string text, string expected)
    {
        var decoded = TextDecoder.Decode(Page(encoding, declared, text));
        decoded.Text.ShouldContain(text);
        decoded.Encoding.ShouldBe(expected);
        decoded.DeclarationLied.ShouldBeFalse();
    }

    [Theory]
    [InlineData("gb18030", "utf-8", Simplified)]
    [InlineData("big5", "utf-8", Traditional)]
    [InlineData("utf-8", "gb2312", Simplified)]
    [InlineData("utf-8", "big5", Traditional)]
    [InlineData("big5", "gb2312", Traditional)]
    [InlineData("gb18030", "big5", Simplified)]
    [InlineData("gb18030", "iso-8859-1", Simplified)]
    [InlineData("utf-8", "iso-8859-1", "naïve Fähre – “x”")]
    public void A_declaration_that_lies_is_noticed(string encoding, string declared, string text)
    {
        var decoded = TextDecoder.Decode(Page(encoding, declared, text));
        decoded.Text.ShouldContain(text);
        decoded.Encoding.ShouldBe(encoding);
        decoded.DeclarationLied.ShouldBeTrue();
    }

    [Theory]
    [InlineData("gb18030", Simplified)]
    [InlineData("big5", Traditional)]
    [InlineData("euc-kr", "강가의 나루터가 오늘 다시 문을 열었다.")]
    [InlineData("shift_jis", "川沿いの渡し場が再開し、住民が列を作った。")]
    [InlineData("windows-1251", "Переправа снова открыта.")]
    [InlineData("koi8-r", "Переправа снова открыта.")]
    [InlineData("windows-1252", "Die Fähre fährt über den Fluß.")]
    public void Without_a_declaration_the_bytes_speak(string encoding, string text) =>
        TextDecoder.Decode(Page(encoding, declared: null, text)).Text.ShouldContain(text);

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", true)]
    public void Wide_encodings_are_known_with_and_without_a_mark(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes($"<?xml version='1.0' encoding='utf-16'?><t>{Simplified}</t>")];
        TextDecoder.Decode(bytes).Text.ShouldBe($"<?xml version='1.0' encoding='utf-16'?><t>{Simplified}</t>");
    }

    [Fact]
    public void The_http_charset_and_the_meta_tag_are_read()
    {
        byte[] bytes = [(byte)'a', 0xE9, (byte)'b', (byte)' ', 0xB1];
        TextDecoder.Decode(bytes, "text/html; charset=\"ISO-8859-2\"").Text.ShouldBe("aéb ą");
        var page = Encoding.GetEncoding("gb18030").GetBytes("<html><head><meta http-equiv=Content-Type content='text/html; charset=gbk'><p>镕基");
        TextDecoder.Decode(page).Text.ShouldContain("镕基");
    }

    [Fact]
    public void A_few_windows_1252_bytes_do_not_spoil_utf_8()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Simplified), 0x93, (byte)'q', 0x94, .. Encoding.UTF8.GetBytes(Simplified)];
        TextDecoder.Decode(bytes).Text.ShouldBe(Simplified + "“q”" + Simplified);
    }

    [Fact]
    public void A_character_cut_off_at_the_end_does_not_change_the_verdict()
    {
        var bytes = Encoding.UTF8.GetBytes(Simplified);
        TextDecoder.Decode(bytes.AsSpan(..^1)).Encoding.ShouldBe("utf-8");
    }
}
