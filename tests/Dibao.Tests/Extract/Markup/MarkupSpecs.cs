using Dibao.Extract.Markup;
using Dibao.Tests.Specs;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract.Markup;

/// <summary>Runs specs/html-trees.md.</summary>
public sealed class MarkupSpecs
{
    public static TheoryData<int> Lines() => [.. SpecFile.Pairs("html-trees.md").Select(pair => pair.Input.Line)];

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_page_has_the_tree_that_the_specification_says(int line)
    {
        var (page, expected) = SpecFile.Pairs("html-trees.md").Single(pair => pair.Input.Line == line);

        using var tree = MarkupParser.Parse(page.Content.Replace('␀', '\0').Replace('␍', '\r').Replace('␊', '\n'), out _, lenient: page.Argument == "lenient");

        TreeText.Of(tree).TrimEnd('\n').ShouldBe(expected.Content, page.Content);
    }
}
