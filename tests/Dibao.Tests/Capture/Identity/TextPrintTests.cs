using Dibao.Capture.Identity;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Identity;

public class TextPrintTests
{
    private static readonly string[] Sentences =
    [
        "气象台预计本周末将出现今年最高的天文大潮，河口水位可能比平均高潮位高出一米二。", "两岸低洼路段须提前做好防备，沿岸商户把地下室的货物搬到高处。",
        "渡轮公司表示，如果水位超过警戒线，末班船会提前到晚上九点。", "志愿者会在潮水最高的时候守在老街口的水尺旁边，每半小时报一次数字。",
        "首席预报员褚望说，大潮本身并不罕见，但这一次正好遇上东北风。", "水务部门已经在码头和老街口摆放了四千个沙袋。",
        "小学和幼儿园周五下午提前一小时放学，校车改走山路。", "县志馆把一楼的方志搬到了书库的最高一层。",
    ];

    [Fact]
    public void A_text_with_a_changed_opening_and_a_paragraph_more_is_still_near()
    {
        var one = TextPrint.Of(string.Join('\n', Sentences))!;
        var other = TextPrint.Of("本报讯　" + string.Join('\n', Sentences) + "\n本报记者在老街口看到，商户已经把货物搬上二楼。")!;
        TextPrint.Similarity(one.Bytes.Span, other.Bytes.Span).ShouldBeGreaterThan(0.7);
        TextPrint.BandsOf(one.Bytes.Span).Intersect(TextPrint.BandsOf(other.Bytes.Span)).ShouldNotBeEmpty();
    }

    [Fact]
    public void Texts_of_the_same_subject_in_other_words_are_far()
    {
        var one = TextPrint.Of(string.Concat(Sentences.Take(4)) + "潮水退去以后，环卫工人会在天亮之前把街上的淤泥清走，早班船照常开出。")!;
        var other = TextPrint.Of(string.Concat(Sentences.Skip(4)) + "这一段说的是另外一件事情，没有一句话和前面那篇报道相同，读者不会把它们看成一篇，编辑也不会。")!;
        TextPrint.Similarity(one.Bytes.Span, other.Bytes.Span).ShouldBeLessThan(0.2);
    }

    [Fact]
    public void Spaces_marks_case_and_widths_make_no_difference()
    {
        var text = string.Concat(Enumerable.Range(0, 60).Select(n => $"Boat {n} left the harbour at {n % 24} o'clock. "));
        TextPrint.Of(text.ToUpperInvariant().Replace(". ", "！\n", StringComparison.Ordinal))!.Bytes.ToArray().ShouldBe(TextPrint.Of(text)!.Bytes.ToArray());
    }

    [Fact]
    public void The_functions_are_the_same_for_ever() =>
        Convert.ToHexString(TextPrint.Of(string.Concat(Sentences))!.Bytes.Span[..8]).ShouldBe("C9D8D9A7FA057974");

    [Fact]
    public void A_short_text_has_no_print() => TextPrint.Of("渡轮今天停航。").ShouldBeNull();
}
