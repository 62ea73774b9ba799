using System.Globalization;
using Dibao.Extract.Markup;

namespace Dibao.Extract.Render;

/// <summary>The URL of the picture that an img would show after its page's scripts ran.</summary>
internal static class ImageSource
{
    /// <summary>Of a page, more than any gallery has. An address costs as much as a line of text.</summary>
    public const int MaxOnPage = 10_000;

    private const int WidestWanted = 1600;

    // What lazy loaders keep the URL in, before src, which holds their placeholder.
    private static readonly string[] Lazy =
    [
        "data-src", "data-original", "data-lazy-src", "data-original-src", "data-lazy", "data-url", "data-actualsrc", "data-orig-file", "data-hi-res-src",
    ];

    public static string? Of(MarkupElement image, Uri? root)
    {
        if (IsPixel(image)) return null;
        foreach (var attribute in Lazy)
            if (Picture(image.GetAttribute(attribute), root) is { } lazy) return lazy;
        if (FromSet(image.GetAttribute("data-srcset"), root) is { } lazySet) return lazySet;
        if (Picture(image.GetAttribute("src"), root) is { } plain) return plain;
        return FromSet(image.GetAttribute("srcset"), root) ?? FromPicture(image.ParentElement, root) ?? FromFallback(image, root) ?? FromLoader(image, root);
    }

    // <img src="data:…"><noscript><img src="ferry.jpg"></noscript>, on either side: for browsers without scripts.
    private static string? FromFallback(MarkupElement image, Uri? root)
    {
        var framed = image.ParentElement is { } parent && (parent.LocalName == "picture" || (image.Previous is null && image.Next is null)) ? parent : null;
        return InFallback(image.Next, root) ?? InFallback(image.Previous, root) ?? InFallback(framed?.Next, root) ?? InFallback(framed?.Previous, root);
    }

    private static string? InFallback(MarkupElement? fallback, Uri? root)
    {
        if (fallback?.Is(Tag.NoScript) != true || fallback.Children.FirstOrDefault() is not { } image) return null;
        if (image.LocalName == "picture") image = image.Children.FirstOrDefault(child => child.LocalName == "img") ?? image;
        return IsPixel(image) ? null : Picture(image.GetAttribute("src"), root) ?? FromSet(image.GetAttribute("srcset"), root);
    }

    // A loader that is not listed: data-lazyimage-src.
    private static string? FromLoader(MarkupElement image, Uri? root)
    {
        foreach (var attribute in image.Attributes)
            if (attribute.NameBegins("data-") && attribute.Name.EndsWith("src", StringComparison.OrdinalIgnoreCase) && Picture(attribute.Value, root) is { } url) return url;
        return null;
    }

    /// <summary>Whether a script of the page would put the picture in.</summary>
    public static bool IsPlaceholder(MarkupElement image) =>
        !IsPixel(image) && image.GetAttribute("src") is var source && (string.IsNullOrEmpty(source) || source.StartsWith("data:", StringComparison.OrdinalIgnoreCase));

    private static string? FromPicture(MarkupElement? picture, Uri? root)
    {
        if (picture?.LocalName != "picture") return null;
        foreach (var source in picture.Children.Take(32))
            if (FromSet(source.GetAttribute("srcset") ?? source.GetAttribute("data-srcset"), root) is { } url) return url;
        return null;
    }

    // The widest that is not wider than a reader's column needs.
    private static string? FromSet(string? set, Uri? root)
    {
        if (string.IsNullOrWhiteSpace(set)) return null;
        string? best = null;
        var bestWidth = -1.0;
        foreach (var candidate in set.Split(", ", 64, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = candidate.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 0 || Picture(parts[0].TrimEnd(','), root) is not { } url) continue;
            var width = parts.Length > 1 ? Width(parts[1]) : 1;
            if (best is not null && (width <= bestWidth || width > WidestWanted)) continue;
            (best, bestWidth) = (url, width);
        }

        return best;
    }

    private static double Width(string descriptor) =>
        double.TryParse(descriptor.TrimEnd(',', 'w', 'x'), NumberStyles.Float, CultureInfo.InvariantCulture, out var width) ? width : 0;

    private static string? Picture(string? source, Uri? root) => SafeUrl.Image(source, root) is { } url && !Beacons.IsAddress(url) ? url : null;

    // Trackers are pictures nobody is to see.
    private static bool IsPixel(MarkupElement image) => IsTiny(image.GetAttribute("width")) || IsTiny(image.GetAttribute("height")) || Beacons.IsTinyByStyle(image);

    private static bool IsTiny(string? size) =>
        size is not null && int.TryParse(size.Replace("px", "", StringComparison.OrdinalIgnoreCase), out var pixels) && pixels <= 2;
}
