using System.Collections.Frozen;
using Dibao.Extract.Body;
using Dibao.Extract.Markup;
using Dibao.Extract.Page;

namespace Dibao.Extract.Render;

/// <summary>Where a film, a recording or a post that a page embeds can be seen, and what to call it.</summary>
/// <remarks>A frame is one by what players ask for (full screen) or by its path, whoever's it is; forms and counters are none.</remarks>
internal static class EmbedSource
{
    private const int MaxLabel = 160;

    private static readonly string[] Sources = ["data-src", "data-lazy-src", "src"];
    private static readonly string[] Paths = ["/embed", "/player", "/video", "/audio", "/podcast", "/plugins/video", "/plugins/post"];

    // What a frame calls itself that shows what a text speaks of, and asks for nothing.
    private static readonly FrozenSet<string> Charts = FrozenSet.ToFrozenSet(["chart", "map", "table", "graphic", "infographic", "visualisation", "visualization", "datawrapper", "flourish", "infogram"], StringComparer.Ordinal);

    /// <returns>Absolute; null for what is no player, or has no address but a script's.</returns>
    public static string? Of(MarkupElement element, Uri? root)
    {
        if (element.LocalName is "video" or "audio") return SafeUrl.Image(element.GetAttribute("src") ?? Source(element), root);
        if (element.LocalName is "blockquote") return SafeUrl.Image(EmbeddedPosts.Address(element), root);
        foreach (var name in Sources)
            if (SafeUrl.Image(element.GetAttribute(name), root) is { } url) return IsPlayer(element, url) ? url : null;
        return null;
    }

    /// <summary>What the page calls it; for want of that, whose it is.</summary>
    public static string Label(MarkupElement element, string url)
    {
        var title = Page.FoldedText.Of(element.GetAttribute("title") ?? element.GetAttribute("aria-label"));
        if (title.Length > 0) return title.Length > MaxLabel ? title[..MaxLabel] : title;
        var host = new Uri(url).Host;
        return host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
    }

    private static string? Source(MarkupElement media)
    {
        foreach (var child in media.Children.Take(16))
            if (child.LocalName == "source" && child.GetAttribute("src") is { Length: > 0 } source) return source;
        return null;
    }

    private static bool IsChart(MarkupElement frame) =>
        ClutterWords.IsNamed(frame, Charts) || ClutterWords.AnyWord(frame.GetAttribute("aria-label"), Charts);

    private static bool IsPlayer(MarkupElement frame, string url)
    {
        if (frame.GetAttribute("width") is "0" or "1" || frame.GetAttribute("height") is "0" or "1" || Beacons.IsTinyByStyle(frame)) return false;
        if (frame.HasAttribute("allowfullscreen") || frame.GetAttribute("allow")?.Contains("fullscreen", StringComparison.OrdinalIgnoreCase) == true) return true;
        var path = new Uri(url).AbsolutePath;
        return Array.Exists(Paths, part => path.StartsWith(part, StringComparison.OrdinalIgnoreCase)) || path.Contains("/embed/", StringComparison.OrdinalIgnoreCase) || IsChart(frame);
    }
}
