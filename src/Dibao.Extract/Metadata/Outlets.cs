using Dibao.Extract.Render;

namespace Dibao.Extract.Metadata;

/// <summary>Who publishes a page, and where.</summary>
internal static class Outlets
{
    private const int MaxName = 120;
    private const int MinLabel = 3;

    private static readonly string[] Dividers = [" | ", " - ", " – ", " — ", " • ", " · "];

    // Country domains that the world uses for other things.
    private static readonly HashSet<string> Worldwide = new(StringComparer.Ordinal) { "tv", "io", "co", "me", "fm", "ai", "cc", "ws", "la", "ly", "to", "gg", "am", "sh", "so", "st", "is", "in", "it", "eu", "us", "ag", "nu", "tk", "ms" };

    // Of those, the ones that are home to an outlet in their country's own language.
    private static readonly Dictionary<string, string> ByLanguage = new(StringComparer.Ordinal) { ["it"] = "it", ["is"] = "is", ["in"] = "hi", ["la"] = "lo", ["am"] = "hy", ["so"] = "so" };

    /// <summary>A name before an address; without the slogan that stands beside it.</summary>
    public static Found<string>? Publisher(LinkedData data, MetaTags tags, ArticleHints hints, string? url)
    {
        var stated = new List<Claim<string>>();
        Add(hints.OutletName, FoundIn.Hint, 0.95);
        Add(tags.First("og:site_name"), FoundIn.OpenGraph, 0.9);
        Add(data.Publisher, FoundIn.JsonLd, 0.85);
        Add(tags.First("application-name", "apple-mobile-web-app-title", "dc.publisher", "dcterms.publisher", "citation_journal_title"), FoundIn.Meta, 0.7);
        if (stated.Count == 0) return null;
        var named = stated.FindIndex(claim => !IsAddress(claim.Value));
        var (name, source, confidence) = stated[Math.Max(named, 0)];
        return named < 0 ? new Found<string>(PageAddress.Bare(name), source, 0.5) : new Found<string>(Brief(name, [.. stated.Select(claim => Wording.Of(claim.Value))], SafeUrl.Root(url)?.Host), source, confidence);

        void Add(string? text, FoundIn where, double weight)
        {
            if (text is { Length: > 0 and < MaxName }) stated.Add(new(text, where, weight));
        }
    }

    private static bool IsAddress(string name) =>
        !name.Contains(' ') && (name.Contains("://", StringComparison.Ordinal) || name.StartsWith("www.", StringComparison.OrdinalIgnoreCase));

    // "Haldenpost - News from the harbour": the part that the host or another statement is named by.
    private static string Brief(string name, List<Wording> stated, string? host)
    {
        var parts = name.Split(Dividers, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2) return name;
        var label = Wording.Of(Label(host) ?? "").Print;
        foreach (var part in parts)
            if (Wording.Of(part) is { Print.Length: >= MinLabel } said && (stated.Exists(said.Says) || label == said.Print || (label.Length >= MinLabel && said.Print.Length < 2 * label.Length && said.Print.Contains(label, StringComparison.Ordinal)))) return part;
        return name;
    }

    /// <summary>Also the host, with and without its domain: <c>www.haldenpost.example</c> is Haldenpost.</summary>
    public static IReadOnlyList<string> Names(LinkedData data, MetaTags tags, ArticleHints hints, string? url)
    {
        var host = SafeUrl.Root(url)?.Host;
        if (host?.StartsWith("www.", StringComparison.OrdinalIgnoreCase) == true) host = host[4..];
        string?[] names = [tags.First("og:site_name"), data.Publisher, hints.OutletName, tags.First("application-name", "apple-mobile-web-app-title"), tags.First("dc.publisher"), host, Label(host)];
        return [.. names.OfType<string>().Where(name => name.Length is > 1 and < 80).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>By the country domain of its host, the place that its head names, or the region of its locale.</summary>
    public static Found<string>? Country(MetaTags tags, string? declaredLanguage, string? language, string? url)
    {
        var byHost = CountryOf(SafeUrl.Root(url)?.Host, language);
        var byLocale = Region(tags.First("og:locale")) ?? Region(declaredLanguage);
        if (byHost is not null) return new Found<string>(byHost, FoundIn.Url, byHost == byLocale ? 0.95 : 0.85);
        if (Place(tags.First("geo.region", "geo.country")) is { } place) return new Found<string>(place, FoundIn.Meta, 0.8);
        return byLocale is null ? null : new Found<string>(byLocale, FoundIn.OpenGraph, 0.5);
    }

    // ISO 3166-1, or -2 with the province behind: VN-HN.
    private static string? Place(string? region) =>
        region is { Length: >= 2 } && (region.Length == 2 || region[2] == '-') && char.IsAsciiLetter(region[0]) && char.IsAsciiLetter(region[1]) ? region[..2].ToUpperInvariant() : null;

    private static string? CountryOf(string? host, string? language)
    {
        var domain = host?[(host.LastIndexOf('.') + 1)..].ToLowerInvariant();
        if (domain is not { Length: 2 } || !domain.All(char.IsAsciiLetterLower)) return null;
        if (domain == "uk") return "GB";
        if (Worldwide.Contains(domain) && !(ByLanguage.TryGetValue(domain, out var own) && language == own)) return null;
        return domain.ToUpperInvariant();
    }

    // en_US, pt-BR, zh-Hant-TW; US alone where the language is English says little, for templates come with it.
    private static string? Region(string? locale)
    {
        var parts = locale?.Trim().Split('-', '_', '.') ?? [];
        var region = parts.Skip(1).FirstOrDefault(part => part.Length == 2 && part.All(char.IsAsciiLetter))?.ToUpperInvariant();
        return region is null || (region == "US" && parts[0] is "en" or "EN") ? null : region == "UK" ? "GB" : region;
    }

    private static string? Label(string? host)
    {
        var labels = host?.Split('.') ?? [];
        if (labels.Length < 2) return null;
        var at = labels.Length > 2 && labels[^1].Length == 2 && labels[^2].Length <= 3 ? labels.Length - 3 : labels.Length - 2;
        return labels[at].Length > 2 ? labels[at] : null;
    }
}
