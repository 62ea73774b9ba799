using System.Collections.Frozen;
using Dibao.Extract.Markup;

namespace Dibao.Extract.Render;

/// <summary>Pictures that nobody is to see: they tell a server that the page was read.</summary>
internal static class Beacons
{
    // The last part of the path, without what a beacon's endpoint and a lazy loader's placeholder have in common: nothing to look at.
    private static readonly FrozenSet<string> Names = new[]
    {
        "pixel", "pixel.gif", "pixel.png", "pixel.php", "beacon", "beacon.gif", "beacon.png", "1x1.gif", "1x1.png", "1px.gif", "1px.png", "blank.gif", "blank.png", "spacer.gif", "clear.gif", "transparent.gif", "transparent.png", "count.gif",
        "counter.gif", "track.gif", "tracking.gif", "tracker.gif", "__utm.gif", "p.gif", "b.gif", "t.gif", "imp.gif", "impression.gif", "hit.gif", "stats.gif", "zaehlpixel.gif", "noscript.gif",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Anywhere in the path of an address that ends in no picture.
    private static readonly FrozenSet<string> Endpoints = new[] { "pixel", "pixels", "beacon", "beacons", "track", "tracking", "tracker", "impression", "impressions", "collect", "analytics", "stats", "count", "hit", "ping", "event" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Pictures = [".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".svg"];

    /// <param name="url">Absolute.</param>
    public static bool IsAddress(string url)
    {
        var path = SafeUrl.WithoutQuery(url).ToString();
        var start = path.IndexOf('/', path.IndexOf("://", StringComparison.Ordinal) + 3);
        if (start < 0) return false;
        var parts = path[start..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0) return false;
        if (Names.Contains(parts[^1])) return true;
        return path.Length < url.Length && !Array.Exists(Pictures, ending => parts[^1].EndsWith(ending, StringComparison.OrdinalIgnoreCase)) && Endpoints.Contains(parts[^1]);
    }

    /// <summary>width:1px; height:1px, however it is spaced.</summary>
    public static bool IsTinyByStyle(MarkupElement image)
    {
        if (image.GetAttribute("style") is not { Length: > 0 } style || style.Contains("min-width", StringComparison.Ordinal)) return false;
        foreach (var rule in style.Split(';', 32))
        {
            var colon = rule.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || rule.AsSpan(0, colon).Trim() is not ("width" or "height")) continue;
            var size = rule.AsSpan(colon + 1).Trim();
            if (size.EndsWith("px", StringComparison.OrdinalIgnoreCase)) size = size[..^2];
            if (int.TryParse(size.Trim(), out var pixels) && pixels <= 2) return true;
        }

        return false;
    }
}
