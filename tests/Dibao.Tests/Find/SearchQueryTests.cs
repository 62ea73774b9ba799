using Dibao.Find;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Find;

public sealed class SearchQueryTests
{
    [Fact]
    public void Words_phrases_exclusions_and_filters_are_told_apart()
    {
        var query = Archive.Query("普京 \"red line\" -上海 -“a b” outlet:One OUTLET:two after:2023-11-01 before：2024 lang:zh");
        query.Terms.Select(term => term.Text).ShouldBe(["普京", "red line"]);
        query.Excluded.Select(term => term.Text).ShouldBe(["上海", "a b"]);
        query.Outlets.ShouldBe(["one", "two"]);
        query.Languages.ShouldBe(["zh"]);
        query.After.ShouldBe(new DateOnly(2023, 11, 1));
        query.Before.ShouldBe(new DateOnly(2024, 1, 1));
    }

    [Theory]
    [InlineData("「普京 北京」")]
    [InlineData("“普京 北京”")]
    [InlineData("『普京 北京』")]
    [InlineData("\"普京 北京")]
    [InlineData("＂普京 北京＂")]
    [InlineData("”普京 北京”")]
    public void Any_quotes_make_one_phrase(string text) => Archive.Query(text).Terms.Single().Text.ShouldBe("普京 北京");

    [Theory]
    [InlineData("普京，北京")]
    [InlineData("普京、北京")]
    [InlineData("普京\u3000北京")]
    [InlineData("普京 北京 普京")]
    public void Chinese_punctuation_divides_words_and_a_repeated_word_counts_once(string text) =>
        Archive.Query(text).Terms.Select(term => term.Text).ShouldBe(["普京", "北京"]);

    [Theory]
    [InlineData("李尚福", "李尚 尚福", false)]
    [InlineData("李", "李", true)]
    [InlineData("A股", "a 股", true)]
    [InlineData("股A", "股 a", false)]
    [InlineData("中国A股", "中国 国 a 股", true)]
    [InlineData("The-End", "the end", false)]
    public void A_term_is_the_phrase_of_its_tokens(string text, string tokens, bool endsOpen)
    {
        var term = Archive.Query(text).Terms.Single();
        string.Join(' ', term.Tokens).ShouldBe(tokens);
        term.EndsOpen.ShouldBe(endsOpen);
    }

    [Theory]
    [InlineData("AND OR NOT NEAR", 4)]
    [InlineData("http://example.org/a?b=c", 1)]
    [InlineData("site:example", 1)]
    [InlineData("a* (b ^c {d} :e", 5)]
    public void What_other_languages_would_read_as_syntax_is_words(string text, int terms) => Archive.Query(text).Terms.Count.ShouldBe(terms);

    [Theory]
    [InlineData("")]
    [InlineData(" \u3000\n")]
    public void Nothing_typed_is_an_empty_query(string text) => Archive.Query(text).IsEmpty.ShouldBeTrue();

    [Theory]
    [InlineData("after:yesterday", "after:yesterday is not a date: write after:2023, after:2023-11 or after:2023-11-01.")]
    [InlineData("before:2023-13", "before:2023-13 is not a date: write before:2023, before:2023-11 or before:2023-11-01.")]
    [InlineData("after:2023-02-29", "after:2023-02-29 is not a date: write after:2023, after:2023-11 or after:2023-11-01.")]
    [InlineData("after:", "after: is not a date: write after:2023, after:2023-11 or after:2023-11-01.")]
    [InlineData("-after:2023", "-after:2023 is not a date: write after:2023, after:2023-11 or after:2023-11-01.")]
    [InlineData("outlet:", "outlet: names nothing: write it as outlet:name-of-the-outlet.")]
    [InlineData("after:2024 before:2023", "after:2024-01-01 does not lie before before:2023-01-01, so no article can match: exchange the two.")]
    [InlineData("！？ \"\"", "“！？ \"\"” holds no letter, digit or character that could be looked for: write a word.")]
    public void What_cannot_be_read_is_named_with_its_remedy(string text, string message) => Refusal(text).ShouldBe(message);

    [Fact]
    public void Too_long_and_too_many_are_refused()
    {
        Refusal(new string('北', 1001)).ShouldStartWith("The query has 1001 characters");
        Refusal(string.Join(' ', Enumerable.Range(0, 65))).ShouldBe("The query has more than 64 words: look for fewer.");
        Refusal(new string('\uFDFA', 1000)).ShouldBe("The query unfolds to too many words: look for fewer.");
    }

    [Theory]
    [InlineData("after:2023-11", 2023, 11, 1)]
    [InlineData("after:2023/1/9", 2023, 1, 9)]
    [InlineData("after:２０２３", 2023, 1, 1)]
    [InlineData("after:9999-12-31", 9999, 12, 31)]
    public void A_date_names_its_first_day(string text, int year, int month, int day) =>
        Archive.Query(text).After.ShouldBe(new DateOnly(year, month, day));

    private static string Refusal(string text) => SearchQuery.Parse(text).ShouldBeOfType<QueryReading.Invalid>().Message;
}
