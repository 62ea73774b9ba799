using Dibao.Server.Read;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Read;

public sealed class ComparisonTests
{
    [Fact]
    public void Chinese_is_compared_by_characters() =>
        Shown("高峰时段每三十分钟一班。", "高峰时段每二十分钟一班。").ShouldBe("高峰时段每[-三][+二]十分钟一班。");

    [Fact]
    public void English_is_compared_by_words() =>
        Shown("The ferry leaves at nine.", "The ferry leaves at seven.").ShouldBe("The ferry leaves at [-nine][+seven].");

    [Fact]
    public void Paragraphs_that_came_or_went_are_shown_whole() =>
        Shown("一。\n二二二。\n三。", "一。\n三。\n四四四。").ShouldBe("一。|[-二二二。]|三。|[+四四四。]");

    [Fact]
    public void Sentences_without_much_in_common_are_not_cut_to_confetti() =>
        Shown("昨天下了一夜的大雨。", "The council met on Friday.").ShouldBe("[-昨天下了一夜的大雨。]|[+The council met on Friday.]");

    [Fact]
    public void Side_by_side_each_paragraph_stands_beside_what_became_of_it()
    {
        var rows = Comparison.Of("一样。\n每三十分钟一班。\n昨天下了一夜的大雨。\n走了。", "一样。\n每二十分钟一班。\nThe council met.\n来了一二三四五。\n新的。").Rows.ToList();
        string Side(IReadOnlyList<ComparedPiece> side) => string.Concat(side.Select(piece => piece.Text));
        rows.Select(row => $"{Side(row.Before)}|{Side(row.After)}").ShouldBe(["一样。|一样。", "每三十分钟一班。|每二十分钟一班。", "昨天下了一夜的大雨。|The council met.", "走了。|来了一二三四五。", "|新的。"]);
    }

    [Fact]
    public void The_same_words_are_the_same()
    {
        Comparison.Of("一。\r\n二。", "一。\n二。").IsSame.ShouldBeTrue();
        Comparison.Of("", "").IsSame.ShouldBeTrue();
        Comparison.Of("一。", "").IsSame.ShouldBeFalse();
    }

    [Fact]
    public void Huge_texts_that_share_nothing_are_compared_coarsely()
    {
        var random = new Random(3);
        string Text() => string.Join('\n', Enumerable.Range(0, 40).Select(_ => new string([.. Enumerable.Range(0, 5_000).Select(_ => (char)random.Next(0x4E00, 0x9FA5))])));
        Comparison.Of(Text(), Text()).IsCoarse.ShouldBeTrue();
    }

    [Fact]
    public void Nothing_is_lost_in_a_comparison()
    {
        const string Before = "船票价格不变。👍🏽 六十五岁以上的老人免费。\n第二段。";
        const string After = "船票价格上调。👎🏽 六十岁以上的老人免费。\n第二段，改了。";
        var pieces = Comparison.Of(Before, After).Paragraphs.Select(paragraph => paragraph.ToList()).ToList();
        string Side(Fate gone) => string.Join('\n', pieces.Select(p => string.Concat(p.Where(piece => piece.Fate != gone).Select(piece => piece.Text))).Where(p => p.Length > 0));
        Side(Fate.Added).ShouldBe(Before);
        Side(Fate.Removed).ShouldBe(After);
    }

    private static string Shown(string before, string after) => string.Join('|', Comparison.Of(before, after).Paragraphs.Select(paragraph =>
        string.Concat(paragraph.Select(piece => piece.Fate switch { Fate.Removed => $"[-{piece.Text}]", Fate.Added => $"[+{piece.Text}]", _ => piece.Text }))));
}
