using Dibao.Extract;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

/// <summary>How long these take is measured by <c>bench extract speed</c>; here they only must end, and say something.</summary>
public sealed class HostilePageTests
{
    public static TheoryData<string> Names => [.. HostilePages.All.Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_page_is_read_to_its_end(string name)
    {
        var html = HostilePages.All.First(page => page.Name == name).Html;

        foreach (var reading in new[] { ArticleReader.Read(html, "https://news.example/a"), ArticleReader.ReadFragment(html, "https://news.example/a") })
        {
            reading.Text.Length.ShouldBeLessThan(html.Length + 1000);
            reading.Html.ShouldNotContain("<script");
        }
    }

    [Fact]
    public void The_bottom_of_a_deep_page_is_still_read()
    {
        var html = HostilePages.All.First(page => page.Name == "deep nesting").Html;

        ArticleReader.Read(html, null).Text.ShouldBe("The bottom of it holds one sentence, and no more.");
    }
}
