using AngleSharp.Html.Parser;
using Dibao.Extract.Markup;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract.Markup;

/// <summary>AngleSharp, an independent reading of the same standard, makes the same trees.</summary>
public sealed class MarkupOracleTests
{
    private const int Soups = 20_000;

    private static readonly HtmlParser Oracle = new(new HtmlParserOptions { IsScripting = false });

    [Fact]
    public void Tag_soup_has_the_same_tree()
    {
        var random = new Random(20240611);
        for (var i = 0; i < Soups; i++) ShouldAgree(TagSoup.Next(random));
    }

    [Theory]
    [InlineData("news")]
    [InlineData("asian")]
    [InlineData("snippets")]
    [InlineData("mixed")]
    [InlineData("readability")]
    [InlineData("dates")]
    public void Real_pages_have_the_same_tree(string set)
    {
        var path = SharedFiles.Require($"benchmarks/extraction/{set}.jsonl.gz");

        foreach (var page in GoldPage.In(path)) ShouldAgree(WithoutDeviations(page.Html), page.Id);
    }

    private static void ShouldAgree(string html, string? named = null)
    {
        using var tree = MarkupParser.Parse(html, out var cut, lenient: false);
        using var document = Oracle.ParseDocument(html);
        cut.ShouldBeFalse(named ?? html);
        TreeText.Of(tree).ShouldBe(TreeText.Of(document), named ?? html);
    }

    // What AngleSharp reads otherwise, and browsers as we do: "&;", which loses its semicolon; declarative shadow roots, which it moves out of the tree.
    // And choices, whose rules of 2025 it has: html5lib's tests have those before.
    private static string WithoutDeviations(string html) => html
        .Replace("&;", "&amp;", StringComparison.Ordinal)
        .Replace("shadowrootmode", "data-shadow", StringComparison.Ordinal)
        .Replace("<select", "<x-choice", StringComparison.OrdinalIgnoreCase)
        .Replace("</select", "</x-choice", StringComparison.OrdinalIgnoreCase);
}
