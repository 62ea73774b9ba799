using System.Text;
using Dibao.Capture.Import;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Specs;

/// <summary>Runs specs/article-files.md.</summary>
public class ArticleFileSpecs
{
    public static TheoryData<int> Lines() => [.. SpecFile.Pairs("article-files.md").Select(pair => pair.Input.Line)];

    [Theory]
    [MemberData(nameof(Lines))]
    public void The_file_reads_as_the_specification_says(int line)
    {
        var (input, expected) = SpecFile.Pairs("article-files.md").Single(pair => pair.Input.Line == line);
        var reading = ArticleFile.Read(Encoding.UTF8.GetBytes(input.Content + "\n"), input.Argument);
        if (expected.Kind == "refused")
        {
            reading.ShouldBe(new ArticleFileReading.Refused(int.Parse(expected.Argument, null), expected.Content.Trim()));
            return;
        }
        var parsed = reading.ShouldBeOfType<ArticleFileReading.Parsed>();
        foreach (var row in expected.Content.Split('\n').Where(row => row.Length > 0))
        {
            var (name, value) = (row[..row.IndexOf(": ", StringComparison.Ordinal)], row[(row.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
            Field(parsed, input.Argument, name).ShouldBe(value, $"{name}, line {expected.Line}");
        }
    }

    private static string Field(ArticleFileReading.Parsed parsed, string path, string name) => name switch
    {
        "dialect" => parsed.Dialect.ToString(),
        "title" => parsed.Title,
        "url" => parsed.Url,
        "published" => parsed.Published?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null) ?? "(none)",
        "html" => parsed.Html is "" ? "(none)" : parsed.Html.Replace("\n", "␤", StringComparison.Ordinal),
        "authors" => string.Join(", ", parsed.Authors),
        "tags" => string.Join(", ", parsed.Tags),
        "page" => parsed.WholePage ? "yes" : "no",
        "number" => ArticleFile.NumberOf(path)?.ToString(null, null) ?? "(none)",
        _ => throw new InvalidOperationException($"The specification names a field that is not there: {name}"),
    };
}
