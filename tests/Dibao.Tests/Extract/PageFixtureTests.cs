using System.Globalization;
using Dibao.Extract;
using Dibao.Tests.Specs;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

/// <summary>
/// Pages of outlets that do not exist, each with one difficulty and, beside it, what is to be read: fields above the second line of
/// dashes, the text below. A field that the file does not name is not looked at; one that is empty is to be null.
/// </summary>
public sealed class PageFixtureTests
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "tests", "Dibao.Tests", "Extract", "Pages");

    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder, "*.html").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_is_read_as_the_file_beside_it_says(string name)
    {
        var (fields, text) = Expected(name);
        var options = new ReadingOptions { Fetched = fields.TryGetValue("fetched", out var at) ? Time(at) : null };

        var reading = ArticleReader.Read(File.ReadAllText(Path.Combine(Folder, name + ".html")), fields["url"], options);

        foreach (var (field, value) in fields.Where(f => f.Key is not ("url" or "fetched" or "difficulty")))
            Said(reading, field).ShouldBe(value, field);
        if (text is not null) reading.Text.ShouldBe(text);
    }

    [Fact]
    public void The_pages_are_thirty_or_more_in_twelve_languages_or_more()
    {
        var names = Directory.GetFiles(Folder, "*.html").Select(path => Path.GetFileNameWithoutExtension(path)!).ToList();
        names.Count.ShouldBeGreaterThanOrEqualTo(30);
        names.Select(name => name[..2]).Distinct().Count().ShouldBeGreaterThanOrEqualTo(12);
        names.ForEach(name => Expected(name).Fields.ShouldContainKey("difficulty"));
    }

    private static string Said(ArticleReading reading, string field)
    {
        var facts = reading.Metadata;
        return field switch
        {
            "title" => reading.Title ?? "",
            "authors" => string.Join("; ", reading.Authors),
            "published" => Iso(reading.Published),
            "modified" => Iso(reading.Modified),
            "day" => facts.Published?.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
            "offset" => facts.Published?.Value.ToString("zzz", CultureInfo.InvariantCulture) ?? "",
            "language" => reading.Language ?? "",
            "section" => reading.Sections.Count > 0 ? reading.Sections[0] : "",
            "tags" => string.Join("; ", facts.Tags?.Value ?? []),
            "publisher" => facts.Publisher?.Value ?? "",
            "country" => facts.Country?.Value ?? "",
            "canonical" => reading.CanonicalUrl ?? "",
            "paywalled" => facts.Paywalled?.Value.ToString() ?? "",
            "kind" => reading.Kind.ToString(),
            _ => throw new InvalidOperationException($"No field is named {field}."),
        };
    }

    private static string Iso(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static (Dictionary<string, string> Fields, string? Text) Expected(string name)
    {
        var parts = File.ReadAllText(Path.Combine(Folder, name + ".md")).ReplaceLineEndings("\n").Split("---\n", 3);
        var fields = parts[1].Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(line => line[..line.IndexOf(':')], line => line[(line.IndexOf(':') + 1)..].Trim());
        return (fields, parts[2].Length > 0 ? parts[2].TrimEnd('\n') : null);
    }
}
