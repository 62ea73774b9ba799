using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Dibao.Extract;

namespace Dibao.Tests.Extract;

/// <summary>A page with what a benchmark says of it. Only what the set has is filled.</summary>
internal sealed record GoldPage
{
    public required string Id { get; init; }
    public string? Url { get; init; }
    public required string Html { get; init; }
    public string? Text { get; init; }

    /// <summary>The article as HTML that another reader is expected to make (<c>readability</c>).</summary>
    public string? ExpectedHtml { get; init; }

    public IReadOnlyList<string> With { get; init; } = [];
    public IReadOnlyList<string> Without { get; init; } = [];

    public required MetadataGold Said { get; init; }

    /// <summary>The pages of a gzipped file of JSON lines, one after the other: the sets are large.</summary>
    public static IEnumerable<GoldPage> In(string path)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var set = Path.GetFileName(path).Split('.')[0];
        while (lines.ReadLine() is { } line) yield return Of(set, line);
    }

    /// <summary>What the benchmarks compare: everything that the page shows as its article, without its title.</summary>
    public static string Shown(ArticleReading reading) => reading.Standfirst is null ? reading.Text : reading.Standfirst + "\n\n" + reading.Text;

    /// <summary>The text of an HTML fragment, with a line end wherever a block begins or ends.</summary>
    public static string TextOf(string html)
    {
        using var document = new HtmlParser().ParseDocument(html);
        var text = new StringBuilder();
        if (document.Body is { } body) Collect(body, text);
        return text.ToString();
    }

    private static void Collect(INode node, StringBuilder text)
    {
        if (node is IText line) { text.Append(line.Data); return; }
        if (node is IElement { LocalName: "script" or "style" }) return;
        var inline = node is IElement { LocalName: "a" or "b" or "i" or "em" or "strong" or "span" or "code" or "sup" or "sub" or "font" or "q" or "u" or "abbr" or "time" or "cite" or "mark" or "s" or "small" };
        if (!inline) text.Append('\n');
        foreach (var child in node.ChildNodes) Collect(child, text);
        if (!inline) text.Append('\n');
    }

    private static GoldPage Of(string set, string line)
    {
        using var json = JsonDocument.Parse(line);
        var page = json.RootElement;
        var gold = page.GetProperty("gold");
        return new GoldPage
        {
            Id = page.GetProperty("id").GetString()!,
            Url = StringOf(page, "url"),
            Html = page.GetProperty("html").GetString()!,
            Text = StringOf(gold, "text"),
            ExpectedHtml = StringOf(gold, "html"),
            With = List(gold, "with") ?? [],
            Without = List(gold, "without") ?? [],
            Said = MetadataGold.Of(set, page),
        };
    }

    private static string? StringOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<string>? List(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : null;
}
