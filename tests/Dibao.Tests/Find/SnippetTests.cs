using Dibao.Find;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Find;

public sealed class SnippetTests
{
    [Theory]
    [InlineData("李尚福訪莫斯科", "防长李尚福访莫斯科三天", "防长[李尚福访莫斯科]三天")]
    [InlineData("cafe", "Au Cafe\u0301 noir", "Au [Cafe\u0301] noir")]
    [InlineData("abc", "看ＡＢＣ台", "看[ＡＢＣ]台")]
    [InlineData("平成", "生于㍻元年", "生于[㍻]元年")]
    [InlineData("股", "A股与股市", "A[股]与[股]市")]
    [InlineData("A股", "今日A股市场", "今日[A股]市场")]
    [InlineData("莫斯科 斯科特", "莫斯科特产", "[莫斯科特]产")]
    [InlineData("\"moscow talks\"", "The Moscow  talks; talks", "The [Moscow talks]; talks")]
    [InlineData("ガス", "ｶﾞｽ会社", "[ｶﾞｽ]会社")]
    [InlineData("𠮷野", "去𠮷野家", "去[𠮷野]家")]
    [InlineData("𠮷", "去𠮷野家", "去[𠮷]野家")]
    [InlineData("李尚福", "记者李尚\n福将军", "记者[李尚 福]将军")]
    [InlineData("art", "start of art", "start of [art]")]
    [InlineData("北京 -上海", "北京上海", "[北京]上海")]
    [InlineData("outlet:one", "one outlet", "one outlet")]
    [InlineData("北京", "", "")]
    public void Matches_are_marked_under_the_folding_of_the_index(string query, string title, string expected) =>
        Show(Snippet.Highlight(title, Archive.Query(query))).ShouldBe(expected);

    [Fact]
    public void A_snippet_starts_at_the_sentence_of_the_match()
    {
        var text = $"{Filler(50)}普京今日抵达北京。{Filler(50)}";
        Show(Snippet.Make(text, Archive.Query("北京"), 40)).ShouldStartWith("…普京今日抵达[北京]。其他的");
    }

    [Fact]
    public void A_snippet_shows_the_passage_with_most_of_the_words()
    {
        var text = $"北京。{Filler(50)}普京在北京。{Filler(50)}普京。";
        Show(Snippet.Make(text, Archive.Query("普京 北京"))).ShouldStartWith("…[普京]在[北京]。");
    }

    [Fact]
    public void Without_a_match_it_is_the_beginning() =>
        Show(Snippet.Make("第一句。" + Filler(50), Archive.Query("北京"), 30)).ShouldStartWith("第一句。其他");

    [Fact]
    public void A_short_text_is_shown_whole() =>
        Show(Snippet.Make("普京\n\n在北京", Archive.Query("北京"))).ShouldBe("普京 在[北京]");

    [Fact]
    public void Words_and_characters_are_not_cut_in_two()
    {
        var english = string.Join(' ', Enumerable.Repeat("international", 40));
        foreach (var word in Plain(Snippet.Make(english, Archive.Query("x"), 50)).TrimEnd('…').Split(' ', StringSplitOptions.RemoveEmptyEntries))
            word.ShouldBe("international");
        var rare = string.Concat(Enumerable.Repeat("𠮷", 100));
        for (var length = 20; length < 30; length++)
            Plain(Snippet.Make("a" + rare, Archive.Query("x"), length)).EnumerateRunes().ShouldNotContain(System.Text.Rune.ReplacementChar);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(37)]
    [InlineData(160)]
    public void A_snippet_is_never_longer_than_asked(int length)
    {
        var text = string.Concat(Enumerable.Range(0, 80).Select(i => $"第{i}次 international 会议在北京。"));
        foreach (var query in new[] { "北京", "international", "第79次", "none", "会" })
            Plain(Snippet.Make(text, Archive.Query(query), length)).Length.ShouldBeLessThanOrEqualTo(length);
    }

    private static string Filler(int sentences) => string.Concat(Enumerable.Repeat("其他的事情很多。", sentences));

    private static string Plain(IEnumerable<SnippetPart> parts) => string.Concat(parts.Select(part => part.Text));

    private static string Show(IEnumerable<SnippetPart> parts) => string.Concat(parts.Select(part => part.Match ? $"[{part.Text}]" : part.Text));
}
