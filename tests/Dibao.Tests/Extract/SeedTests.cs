using System.Globalization;
using Dibao.Extract;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

/// <summary>The two real article files that lie beside the checkout, read as an import reads them.</summary>
public sealed class SeedTests
{
    [Theory]
    [InlineData("000_32ec294fd69b8109.txt", 7, "2023-11-08T16:08:00Z", null)]
    [InlineData("000_32ec294fd69b8109.txt", 7, "2023-11-08T16:08:00Z", "Europe/Paris")]
    [InlineData("003_6128e94a06b0d9a9.txt", 6, "2023-08-15T16:59:00Z", null)]
    [InlineData("003_6128e94a06b0d9a9.txt", 6, "2023-08-15T16:59:00Z", "Europe/Paris")]
    public void A_seed_shows_its_article_and_nothing_else(string name, int paragraphs, string published, string? zone)
    {
        var lines = File.ReadAllLines(Path.Combine(SharedFiles.Require("seeds"), name));
        var divider = lines[1].IndexOf("](", StringComparison.Ordinal);
        var (title, url) = (lines[1][1..divider], lines[1][(divider + 2)..^1]);
        var milliseconds = long.Parse(lines[0].AsSpan()[4..^3], CultureInfo.InvariantCulture);
        var hints = new ArticleHints { Title = title, Published = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), TimeZone = zone };

        var reading = ArticleReader.ReadFragment(string.Join('\n', lines[4..]), url, hints);

        reading.Kind.ShouldBe(PageKind.Article);
        reading.Title.ShouldBe(title);
        reading.Language.ShouldBe("zh-Hans");
        reading.Published.ShouldBe(DateTimeOffset.Parse(published, CultureInfo.InvariantCulture));
        reading.PublishedFrom.ShouldBe(TimeSource.PageZoneResolved);
        reading.LeadImage.ShouldNotBeNull().ShouldEndWith(".JPG");
        reading.Standfirst.ShouldNotBeNull().ShouldEndWith("合作。");
        reading.Text.Split("\n\n").Length.ShouldBe(paragraphs);
        reading.Html.Split("<p>").Length.ShouldBe(paragraphs + 1);
        foreach (var form in new[] { reading.Html, reading.Text, reading.Markdown })
        {
            form.ShouldNotContain("分享 :");
            form.ShouldNotContain("whatsapp");
            form.ShouldNotContain("facebook");
            form.ShouldNotContain("share-");
            form.ShouldNotContain("selfpromo");
            form.ShouldNotContain("/2023 - ");
            form.ShouldNotContain(reading.Standfirst);
            form.ShouldNotContain(reading.LeadImage);
        }
    }
}
