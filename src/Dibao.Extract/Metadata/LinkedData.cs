using System.Text.Json;
using AngleSharp.Dom;
using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

/// <summary>The schema.org Article of a page, from its JSON-LD blocks.</summary>
/// <remarks>Source: schema.org/Article, JSON-LD 1.1. Blocks that are no JSON are passed over.</remarks>
internal sealed record LinkedData
{
    private const int MaxBlocks = 40;
    private const int MaxDepth = 48;

    public string? Headline { get; private set; }
    public string? Published { get; private set; }
    public string? Modified { get; private set; }
    public string? Description { get; private set; }
    public string? Body { get; private set; }
    public string? Image { get; private set; }
    public string? Publisher { get; private set; }
    public string? Language { get; private set; }
    public List<string> Authors { get; } = [];
    public List<string> Sections { get; } = [];
    public bool IsArticle { get; private set; }

    public static LinkedData Read(IDocument document)
    {
        var data = new LinkedData();
        var blocks = 0;
        foreach (var script in document.Scripts)
        {
            if (script.Type?.Contains("ld+json", StringComparison.OrdinalIgnoreCase) != true || blocks++ >= MaxBlocks) continue;
            using var json = Parse(script.Text);
            if (json is not null) data.Visit(json.RootElement, 0, new Dictionary<string, JsonElement>(StringComparer.Ordinal));
        }

        return data;
    }

    private static JsonDocument? Parse(string text)
    {
        var options = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };
        var trimmed = text.Trim().TrimEnd(';');
        try
        {
            return JsonDocument.Parse(trimmed, options);
        }
        catch (JsonException)
        {
            return ParseWithoutControls(trimmed, options);
        }
    }

    // Raw line breaks inside strings are the commonest fault of templates.
    private static JsonDocument? ParseWithoutControls(string text, JsonDocumentOptions options)
    {
        var cleaned = string.Create(text.Length, text, static (chars, source) =>
        {
            for (var i = 0; i < chars.Length; i++) chars[i] = source[i] < ' ' ? ' ' : source[i];
        });
        try
        {
            return JsonDocument.Parse(cleaned, options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Visit(JsonElement element, int depth, Dictionary<string, JsonElement> byId)
    {
        if (depth > MaxDepth) return;
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray()) Visit(item, depth + 1, byId);
            return;
        }

        if (element.ValueKind != JsonValueKind.Object) return;
        if (element.TryGetProperty("@graph", out var graph))
        {
            Index(graph, byId);
            Visit(graph, depth + 1, byId);
        }

        if (IsArticleType(element)) { TakeArticle(element, byId); return; }
        if (element.TryGetProperty("mainEntity", out var main)) Visit(main, depth + 1, byId);
        if (element.TryGetProperty("mainEntityOfPage", out var page)) Visit(page, depth + 1, byId);
    }

    private static void Index(JsonElement graph, Dictionary<string, JsonElement> byId)
    {
        if (graph.ValueKind != JsonValueKind.Array) return;
        foreach (var item in graph.EnumerateArray())
            if (item.ValueKind == JsonValueKind.Object && Text(item, "@id") is { } id) byId.TryAdd(id, item);
    }

    private static bool IsArticleType(JsonElement element)
    {
        if (!element.TryGetProperty("@type", out var type)) return false;
        return type.ValueKind switch
        {
            JsonValueKind.String => IsArticleName(type.GetString()!),
            JsonValueKind.Array => type.EnumerateArray().Any(t => t.ValueKind == JsonValueKind.String && IsArticleName(t.GetString()!)),
            _ => false,
        };
    }

    private static bool IsArticleName(string type) =>
        type.EndsWith("Article", StringComparison.Ordinal) || type.EndsWith("BlogPosting", StringComparison.Ordinal)
        || type is "Report" or "Review" or "SocialMediaPosting";

    private void TakeArticle(JsonElement article, Dictionary<string, JsonElement> byId)
    {
        var first = !IsArticle;
        IsArticle = true;
        if (!first && Headline is not null && Published is not null) return;
        Headline ??= Plain(Text(article, "headline") ?? Text(article, "name"));
        Published ??= Text(article, "datePublished") ?? Text(article, "dateCreated");
        Modified ??= Text(article, "dateModified");
        Description ??= Plain(Text(article, "description"));
        Body ??= Text(article, "articleBody");
        Language ??= Text(article, "inLanguage");
        if (article.TryGetProperty("image", out var image)) Image ??= Url(image, byId);
        if (article.TryGetProperty("publisher", out var publisher)) Publisher ??= Names(publisher, byId).FirstOrDefault();
        if (Authors.Count == 0 && article.TryGetProperty("author", out var author)) Authors.AddRange(Names(author, byId));
        if (Authors.Count == 0 && article.TryGetProperty("creator", out var creator)) Authors.AddRange(Names(creator, byId));
        if (Sections.Count == 0 && article.TryGetProperty("articleSection", out var section)) Sections.AddRange(Names(section, byId));
    }

    private static IEnumerable<string> Names(JsonElement element, Dictionary<string, JsonElement> byId) => element.ValueKind switch
    {
        JsonValueKind.String => [Plain(element.GetString())!],
        JsonValueKind.Array => element.EnumerateArray().Take(64).Where(e => e.ValueKind != JsonValueKind.Array).SelectMany(e => Names(e, byId)),
        JsonValueKind.Object => NameOf(element, byId) is { } name ? [name] : [],
        _ => [],
    };

    private static string? NameOf(JsonElement element, Dictionary<string, JsonElement> byId)
    {
        if (Text(element, "name") is { } name) return Plain(name);
        return Text(element, "@id") is { } id && byId.TryGetValue(id, out var known) ? Plain(Text(known, "name")) : null;
    }

    private static string? Url(JsonElement image, Dictionary<string, JsonElement> byId)
    {
        if (image.ValueKind == JsonValueKind.String) return image.GetString();
        if (image.ValueKind == JsonValueKind.Array)
            return image.EnumerateArray().Where(e => e.ValueKind != JsonValueKind.Array).Select(e => Url(e, byId)).FirstOrDefault(u => u is not null);
        if (image.ValueKind != JsonValueKind.Object) return null;
        if ((Text(image, "url") ?? Text(image, "contentUrl")) is { } url) return url;
        return Text(image, "@id") is { } id && byId.TryGetValue(id, out var known) ? Text(known, "url") ?? Text(known, "contentUrl") : null;
    }

    private static string? Text(JsonElement element, string property)
    {
        if (!element.TryGetProperty(property, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0) value = value[0];
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("@value", out var inner)) value = inner;
        return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
    }

    // Templates write entities and tags into JSON.
    private static string? Plain(string? text) => text is null ? null : FoldedText.Of(MarkupText.Plain(text));
}
