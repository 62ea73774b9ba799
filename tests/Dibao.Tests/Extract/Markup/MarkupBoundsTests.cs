using Dibao.Extract.Markup;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract.Markup;

/// <summary>What a page may make the parser do is bounded, and what is bounded is said.</summary>
public sealed class MarkupBoundsTests
{
    [Theory]
    [InlineData("<div>")]
    [InlineData("<b><div>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<svg><g>")]
    [InlineData("<template><td>")]
    public void Nothing_nests_without_end(string opening)
    {
        using var tree = MarkupParser.Parse(Repeat(opening, 5_000) + "the bottom", out var cut);

        cut.ShouldBeTrue();
        Enumerable.Range(0, tree.Count).Max(row => DepthOf(tree, row)).ShouldBeLessThan(300);
        tree.Root!.TextContent.ShouldContain("the bottom");
    }

    [Fact]
    public void A_script_at_the_bottom_of_a_deep_page_is_no_text()
    {
        using var tree = MarkupParser.Parse(Repeat("<div>", 5_000) + "<script>var a = 1;</script>the bottom", out _);

        Enumerable.Range(0, tree.Count).Where(row => tree[row].Kind == RowKind.Text && !tree.IsElement(tree[row].Parent, Tag.Script)).Select(tree.TextOf).ShouldBe(["the bottom"]);
    }

    [Fact]
    public void Formatting_that_is_never_closed_is_opened_anew_a_bounded_number_of_times()
    {
        var open = string.Concat(Enumerable.Range(0, 500).Select(i => $"<b id={i}>"));

        using var tree = MarkupParser.Parse(open + Repeat("</p><p>text", 100), out var cut);

        cut.ShouldBeTrue();
        tree.Count.ShouldBeLessThan(256 + (100 * 30));
    }

    [Fact]
    public void A_page_has_a_largest_number_of_nodes()
    {
        using var tree = MarkupParser.Parse(Repeat("<br>", 500_000), out var cut);

        cut.ShouldBeTrue();
        tree.Count.ShouldBeInRange(400_000, 400_010);
    }

    [Fact]
    public void An_element_keeps_its_first_attributes()
    {
        using var tree = MarkupParser.Parse("<p " + string.Concat(Enumerable.Range(0, 500).Select(i => $"a{i}=1 ")) + ">text", out var cut);

        cut.ShouldBeTrue();
        tree.ElementOf(tree[tree.Body].First).HasAttribute("a255").ShouldBeTrue();
        tree.ElementOf(tree[tree.Body].First).HasAttribute("a256").ShouldBeFalse();
    }

    [Fact]
    public void A_page_is_read_the_same_after_any_other_page_of_the_thread()
    {
        const string Page = "<title>T</title><p class=a>One <b>two</b></p><x-y z=1>three";
        string Read()
        {
            using var tree = MarkupParser.Parse(Page, out _);
            return TreeText.Of(tree);
        }

        var first = Read();
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            MarkupParser.Parse(TagSoup.Next(random), out _).Dispose();
            Read().ShouldBe(first);
        }
    }

    private static int DepthOf(MarkupTree tree, int row)
    {
        var depth = 0;
        for (var at = tree[row].Parent; at >= 0; at = tree[at].Parent) depth++;
        return depth;
    }

    private static string Repeat(string part, int times) => string.Concat(Enumerable.Repeat(part, times));
}
