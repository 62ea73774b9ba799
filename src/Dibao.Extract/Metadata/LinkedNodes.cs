using System.Runtime.InteropServices;
using System.Text.Json;
using Dibao.Extract.Markup;

namespace Dibao.Extract.Metadata;

/// <summary>The nodes of a page's JSON-LD blocks, with references between them resolved across blocks.</summary>
/// <remarks>Source: JSON-LD 1.1 §3, of which templates use objects, arrays, @graph and @id.</remarks>
internal sealed class LinkedNodes : IDisposable
{
    private const int MaxBlocks = 40;
    private const int MaxDepth = 48;
    private const int MaxNodes = 400;

    // Bytes: what is referred to is read again for each reference.
    private const int MaxReferred = 1 << 21;

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    private readonly List<JsonDocument> _blocks = [];
    private readonly Dictionary<string, JsonElement> _byId = new(StringComparer.Ordinal);
    private readonly List<JsonElement> _nodes = [];

    private int _referred;

    /// <summary>In the page's order; what stands inside of another node only as its mainEntity.</summary>
    public IReadOnlyList<JsonElement> All => _nodes;

    public static LinkedNodes Read(IEnumerable<MarkupElement> stating)
    {
        var nodes = new LinkedNodes();
        foreach (var script in stating)
        {
            if (script.LocalName != "script" || script.GetAttribute("type")?.Contains("ld+json", StringComparison.OrdinalIgnoreCase) != true || nodes._blocks.Count >= MaxBlocks) continue;
            if (Parse(script.TextContent) is { } block) nodes._blocks.Add(block);
        }

        foreach (var block in nodes._blocks) nodes.Visit(block.RootElement, 0);
        return nodes;
    }

    /// <summary>The node that a bare {"@id": …} stands for; any other element is itself.</summary>
    public JsonElement Resolve(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || LinkedValues.Text(element, "name") is not null || LinkedValues.Text(element, "url") is not null) return element;
        if (LinkedValues.Text(element, "@id") is not { } id || !_byId.TryGetValue(id, out var known)) return element;
        var length = JsonMarshal.GetRawUtf8Value(known).Length;
        if (length > MaxReferred - _referred) return element;
        _referred += length;
        return known;
    }

    public void Dispose() => _blocks.ForEach(block => block.Dispose());

    private static JsonDocument? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(JsonRepair.PairSurrogates(text), Lenient);
        }
        catch (JsonException)
        {
            return ParseRepaired(text);
        }
    }

    private static JsonDocument? ParseRepaired(string text)
    {
        try
        {
            return JsonDocument.Parse(JsonRepair.PairSurrogates(JsonRepair.Apply(text)), Lenient);
        }
        catch (JsonException)
        {
            return null; // No JSON at all: the page says nothing here.
        }
    }

    private void Visit(JsonElement element, int depth)
    {
        if (depth > MaxDepth || _nodes.Count >= MaxNodes) return;
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray()) Visit(item, depth + 1);
            return;
        }

        if (element.ValueKind != JsonValueKind.Object) return;
        if (LinkedValues.Text(element, "@id") is { } id) _byId.TryAdd(id, element);
        if (element.TryGetProperty("@graph", out var graph)) Visit(graph, depth + 1);
        if (element.TryGetProperty("@type", out _)) _nodes.Add(element);
        if (element.TryGetProperty("mainEntity", out var main)) Visit(main, depth + 1);
        if (element.TryGetProperty("mainEntityOfPage", out var page)) Visit(page, depth + 1);
    }
}
