using Dibao.Extract;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

/// <summary>Pages whose server sends parts of the article behind it, for a script to put in their place.</summary>
public sealed class StreamedPartsTests
{
    private const string First = "The lock keeper of Varn opened the gates at six, as her mother had done before her, and waited for the first barge.";
    private const string Second = "It came at noon, three hours late, loaded with gravel; the skipper blamed the fog, and nobody on the quay believed him.";
    private const string Third = "By evening eleven boats had passed, more than in any week of the last year, and the keeper wrote each of them into her book.";

    [Fact]
    public void A_part_is_read_where_it_belongs()
    {
        Texts($"<p>{First}</p><!--$?--><template id=\"B:0\"></template><p>Loading …</p><!--/$--><p>{Third}</p>", $"<div hidden id=\"S:0\"><p>{Second}</p></div>")
            .ShouldBe([First, Second, Third]);
    }

    [Fact]
    public void A_part_may_hold_the_place_of_another()
    {
        Texts($"<p>{First}</p><template id=\"B:0\"></template>", $"<div hidden id=\"S:1\"><p>{Third}</p></div><div hidden id=\"S:0\"><p>{Second}</p><template id=\"P:1\"></template></div>")
            .ShouldBe([First, Second, Third]);
    }

    [Fact]
    public void What_stands_in_for_a_part_that_never_came_is_read()
    {
        Texts($"<p>{First}</p><!--$?--><template id=\"B:0\"></template><p>{Second}</p><!--/$--><p>{Third}</p>", $"<div hidden id=\"S:7\"></div>")
            .ShouldBe([First, Second, Third]);
    }

    [Fact]
    public void A_part_that_belongs_into_itself_stays_where_it_is()
    {
        Texts($"<p>{First}</p><p>{Second}</p><p>{Third}</p>", "<div hidden id=\"S:0\"><p>Not of the page.</p><template id=\"B:0\"></template></div>")
            .ShouldBe([First, Second, Third]);
    }

    private static string[] Texts(string body, string parts) => ArticleReader.Read(
        $"<html><head><title>Varn opens its lock</title></head><body><article><h1>Varn opens its lock</h1><div class=\"story-body\">{body}</div></article>{parts}</body></html>", null).Text.Split("\n\n");
}
