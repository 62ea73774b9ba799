using Dibao.Extract.Markup;
using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

/// <summary>A page's meta elements by lower-case property, name, itemprop or http-equiv; and its link rel=canonical.</summary>
internal sealed class MetaTags
{
    private const int MaxTags = 500;
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    public string? Canonical { get; private set; }

    public string? Title { get; private set; }

    /// <summary>base href.</summary>
    public string? Base { get; private set; }

    public static MetaTags Read(string title, IEnumerable<MarkupElement> stating)
    {
        var tags = new MetaTags { Title = NullIfEmpty(FoldedText.Of(title)) };
        var seen = 0;
        foreach (var element in stating)
        {
            if (element.LocalName is not ("meta" or "link" or "base") || seen++ > MaxTags) continue;
            if (element.LocalName == "meta") tags.Add(element);
            else if (element.LocalName == "base") tags.Base ??= element.GetAttribute("href");
            else if (string.Equals(element.GetAttribute("rel"), "canonical", StringComparison.OrdinalIgnoreCase)) tags.Canonical ??= element.GetAttribute("href");
        }

        return tags;
    }

    public string? First(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (_values.TryGetValue(name, out var values)) return values[0];
        return null;
    }

    /// <summary>All names with their first values.</summary>
    public IEnumerable<(string Name, string Value)> Each => _values.Select(pair => (pair.Key, pair.Value[0]));

    public IReadOnlyList<string> All(string name) => _values.TryGetValue(name, out var values) ? values : [];

    private void Add(MarkupElement meta)
    {
        var content = FoldedText.Of(meta.GetAttribute("content"));
        if (content.Length == 0) return;
        content = FoldedText.Of(MarkupText.Plain(content));
        var names = (meta.GetAttribute("property") ?? meta.GetAttribute("name") ?? meta.GetAttribute("itemprop") ?? meta.GetAttribute("http-equiv"))?.ToLowerInvariant();
        // RDFa lists several: property="og:title twitter:title".
        foreach (var name in names?.Split((char[]?)null, 8, StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (!_values.TryGetValue(name, out var values)) _values[name] = values = [];
            values.Add(content);
        }
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
