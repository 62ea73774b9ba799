using System.Reflection;
using System.Text.RegularExpressions;
using Dibao.Server.Read;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Read;

[Collection(ReaderTests.Name)]
public sealed partial class LanguageTests(ReaderHost host)
{
    [Fact]
    public void No_string_is_missing_in_any_language_and_all_have_the_same_gaps()
    {
        foreach (var property in typeof(Words).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.PropertyType == typeof(string)))
        {
            var gaps = Gaps(Words.Of(UiLanguage.ZhHans), property);
            foreach (var language in Enum.GetValues<UiLanguage>())
            {
                ((string)property.GetValue(Words.Of(language))!).ShouldNotBeNullOrWhiteSpace($"{property.Name} in {language}");
                Gaps(Words.Of(language), property).ShouldBe(gaps, $"{property.Name} in {language}");
            }
        }
    }

    [Fact]
    public void Traditional_words_hold_no_simplified_characters()
    {
        // Characters that traditional text never has.
        const string Simplified = "们这时间页订阅报导寻汇档为无该单击处码键读错误请说关设约网机动态见显开闭复选项从过还进远连边长门问题";
        var never = Simplified.ToCharArray();
        foreach (var property in typeof(Words).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.PropertyType == typeof(string)))
            ((string)property.GetValue(Words.Of(UiLanguage.ZhHant))!).IndexOfAny(never).ShouldBe(-1, property.Name);
    }

    [Theory]
    [InlineData(1, "changed once")]
    [InlineData(3, "changed 3 times")]
    public void English_tells_one_from_more(int count, string expected) => Words.Count(Words.Of(UiLanguage.En).Changed, count).ShouldBe(expected);

    [Theory]
    [InlineData("en-GB,en;q=0.8", "en")]
    [InlineData("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant")]
    [InlineData("zh-CN", "zh-Hans")]
    [InlineData("fr-FR,de;q=0.5", "zh-Hans")]
    [InlineData("fr;q=1, zh-HK;q=0.3, en;q=0.2", "zh-Hant")]
    [InlineData(";;;,,,=", "zh-Hans")]
    public async Task The_browser_s_languages_decide(string accept, string expected)
    {
        using var client = ReaderHost.Client(host.Root);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", accept);
        (await client.GetStringAsync("/")).ShouldContain($"<html lang=\"{expected}\">");
    }

    [Fact]
    public async Task A_choice_is_remembered()
    {
        using var client = ReaderHost.Client(host.Root);
        (await client.GetStringAsync("/about?ui=en")).ShouldContain("<html lang=\"en\">");
        (await client.GetStringAsync("/")).ShouldContain("<html lang=\"en\">");
        (await client.GetStringAsync("/?ui=zh-Hant")).ShouldContain("<html lang=\"zh-Hant\">");
        (await client.GetStringAsync("/?ui=klingon")).ShouldContain("<html lang=\"zh-Hant\">");
    }

    private static string Gaps(Words words, PropertyInfo property) => string.Join(
        ' ', Gap().Matches(((string)property.GetValue(words)!).Split('|')[^1]).Select(match => match.Value).Distinct().Order());

    [GeneratedRegex(@"\{\d\}", RegexOptions.NonBacktracking)]
    private static partial Regex Gap();
}
