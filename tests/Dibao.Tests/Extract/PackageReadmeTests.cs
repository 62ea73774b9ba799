using Dibao.Extract;
using Dibao.Extract.Sites;
using Dibao.Tests.Specs;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

/// <summary>What the package's README shows, done.</summary>
public sealed class PackageReadmeTests
{
    [Fact]
    public async Task What_the_readme_shows_works()
    {
        var folder = Directory.CreateTempSubdirectory("dibao-readme").FullName;
        var path = Path.Combine(folder, "ferry.html");
        using var response = new HttpResponseMessage();
        await File.WriteAllTextAsync(path, Fixtures.EnglishPage);
        var pagesOfTheOutlet = new[] { (Fixtures.EnglishPage, (string?)null) };
        using var Console = new StringWriter();

        var html = await File.ReadAllTextAsync(path);
        var article = ArticleReader.Read(html, "https://halden.example/2024/05/ferry");

        Console.WriteLine(article.Title);
        Console.WriteLine(article.Standfirst);
        Console.WriteLine(article.Published);
        Console.WriteLine(article.Language);
        Console.WriteLine(article.Markdown);

        if (article.Metadata.Published is { Confidence: > 0.5 } published)
            Console.WriteLine($"{published.Value:yyyy-MM-dd}, by {published.Source}");

        if (!article.IsArticle)
            Console.WriteLine($"{article.Kind}: {article.KindReason}");

        var options = new ReadingOptions
        {
            Hints = new ArticleHints { TimeZone = "Europe/Oslo", Language = "nb" },
            Fetched = response.Headers.Date,
            Rules = SiteRules.Load(folder),
            Template = TemplateLearner.Learn(pagesOfTheOutlet),
        };
        article = ArticleReader.Read(html, "https://halden.example/2024/05/ferry", options);

        Directory.Delete(folder, recursive: true);
        article.Title.ShouldBe("Ferry returns to Halden Sound");
        var written = Console.ToString();
        written.ShouldStartWith("Ferry returns to Halden Sound\nThe ferry that stopped nine years ago sails again.\n03/05/2024 08:30:00 +00:00\nen\nIt was raining");
        written.ShouldEndWith("\n2024-03-05, by JsonLd\n");
    }

    [Fact]
    public void The_readme_shows_what_is_done_here()
    {
        var done = File.ReadLines(Path.Combine(Checkout.Root, "tests", "Dibao.Tests", "Extract", "PackageReadmeTests.cs")).Select(line => line.Trim()).ToHashSet(StringComparer.Ordinal);

        ShownIn(Path.Combine(Checkout.Source, "Dibao.Extract", "README.md")).Where(line => !done.Contains(line)).ShouldBeEmpty();
    }

    // Lines of code, without the remarks behind them.
    private static IEnumerable<string> ShownIn(string readme)
    {
        var code = false;
        foreach (var line in File.ReadLines(readme))
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) code = !code;
            else if (code && line.Length > 0) yield return line.Split(" //")[0].Trim();
        }
    }
}
