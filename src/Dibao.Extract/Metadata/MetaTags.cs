using AngleSharp.Dom;
using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

/// <summary>A page's meta elements by lower-case property, name or itemprop; and its link rel=canonical.</summary>
internal sealed class MetaTags
{
    private const int MaxTags = 500;
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    public string? Canonical { get; private set; }

    public string? Title { get; private set; }

    public static MetaTags Read(IDocument document)
    {
        var tags = new MetaTags { Title = NullIfEmpty(FoldedText.Of(document.Title)) };
        foreach (var meta in document.GetElementsByTagName("meta").Take(MaxTags)) tags.Add(meta);
        tags.Canonical = document.GetElementsByTagName("link").Take(MaxTags)
            .FirstOrDefault(l => string.Equals(l.GetAttribute("rel"), "canonical", StringComparison.OrdinalIgnoreCase))?.GetAttribute("href");
        return tags;
    }

    public string? First(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (_values.TryGetValue(name, out var values)) return values[0];
        return null;
    }

    public IReadOnlyList<string> All(string name) => _values.TryGetValue(name, out var values) ? values : [];

    private void Add(IElement meta)
    {
        var name = meta.GetAttribute("property") ?? meta.GetAttribute("name") ?? meta.GetAttribute("itemprop");
        var content = FoldedText.Of(meta.GetAttribute("content"));
        if (string.IsNullOrWhiteSpace(name) || content.Length == 0) return;
        var key = name.Trim().ToLowerInvariant();
        if (!_values.TryGetValue(key, out var values)) _values[key] = values = [];
        values.Add(FoldedText.Of(MarkupText.Plain(content)));
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
