using System.Globalization;
using Markdig;

namespace Dibao.SampleOutlet;

/// <summary>One article of the made-up outlet, as its Markdown file under <c>pages/</c> says.</summary>
public sealed record SampleArticle
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();

    /// <summary>Last part of its URL.</summary>
    public required string Slug { get; init; }

    public required string Title { get; init; }
    public string? Standfirst { get; init; }
    public required string Author { get; init; }
    public required string Section { get; init; }
    public required DateTimeOffset Published { get; init; }

    /// <summary>File name under <c>/images/</c>; some articles have no picture.</summary>
    public string? Image { get; init; }

    public string? Caption { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The article proper.</summary>
    public required string Html { get; init; }

    /// <summary>Header lines <c>name: value</c>, an empty line, then Markdown.</summary>
    internal static SampleArticle Parse(string slug, string source)
    {
        var split = source.IndexOf("\n\n", StringComparison.Ordinal);
        var fields = source[..split].Split('\n')
            .Select(line => line.Split(": ", 2))
            .ToDictionary(parts => parts[0], parts => parts[1].Trim());
        var image = fields.GetValueOrDefault("image")?.Split('|', StringSplitOptions.TrimEntries);
        return new()
        {
            Slug = slug,
            Title = fields["title"],
            Standfirst = fields.GetValueOrDefault("standfirst"),
            Author = fields["author"],
            Section = fields["section"],
            Published = DateTimeOffset.Parse(fields["published"], CultureInfo.InvariantCulture),
            Image = image?[0],
            Caption = image?[1],
            Tags = fields.GetValueOrDefault("tags")?.Split(", ") ?? [],
            Html = Markdown.ToHtml(source[(split + 2)..], Pipeline),
        };
    }
}
