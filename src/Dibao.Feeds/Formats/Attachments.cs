using System.Globalization;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>Enclosures and the lead image: RSS <c>enclosure</c>, Atom links, Media RSS, iTunes.</summary>
internal static class Attachments
{
    private const int MaxEnclosures = 100;

    public static IReadOnlyList<Enclosure> EnclosuresOf(XmlElement entry, string? baseUrl) =>
        [.. entry.Elements.Select(child => Read(child, baseUrl)).OfType<Enclosure>().DistinctBy(found => found.Url).Take(MaxEnclosures)];

    private static Enclosure? Read(XmlElement element, string? baseUrl)
    {
        var isEnclosure = element.IsNative() && element.Name == "enclosure";
        var isLink = element.IsNative() && element.Name == "link" && element.Attribute("rel") == "enclosure";
        if (!isEnclosure && !isLink)
            return null;
        var written = element.Attribute(isLink ? "href" : "url") ?? element.Attribute("url") ?? element.Attribute("href");
        var url = Urls.Resolve(written, Urls.BaseOf(element, baseUrl));
        return url is null ? null : new(url, element.Attribute("type"), LengthOf(element));
    }

    private static long? LengthOf(XmlElement element) =>
        long.TryParse(element.Attribute("length"), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;

    /// <summary>Thumbnail first, then an image among the media, then the podcast's, then the item's own.</summary>
    public static string? ImageOf(XmlElement entry, string? baseUrl)
    {
        var media = Media(entry).ToList();
        var url = media.Find(element => element.Name == "thumbnail")?.Attribute("url")
            ?? media.Find(IsImage)?.Attribute("url")
            ?? entry.All(Vocabulary.Itunes, "image").FirstOrDefault()?.Attribute("href")
            ?? entry.Native("image").Select(ImageUrl).FirstOrDefault()
            ?? entry.Native("enclosure").FirstOrDefault(IsImage)?.Attribute("url");
        return Urls.Resolve(url, Urls.BaseOf(entry, baseUrl));
    }

    // Media RSS allows a group around contents and a content around its thumbnail.
    public static IEnumerable<XmlElement> Media(XmlElement parent)
    {
        foreach (var child in parent.Elements.Where(child => child.Vocabulary == Vocabulary.Media))
        {
            yield return child;
            foreach (var inner in child.Elements)
            {
                yield return inner;
                foreach (var innermost in inner.Elements)
                    yield return innermost;
            }
        }
    }

    private static bool IsImage(XmlElement element) =>
        element.Name is "content" or "enclosure" &&
        (element.Attribute("type")?.StartsWith("image", StringComparison.OrdinalIgnoreCase) == true ||
         element.Attribute("medium") == "image");

    private static string? ImageUrl(XmlElement image) =>
        image.Elements.FirstOrDefault(child => child.Name == "url")?.Text() ?? image.Attribute("href") ?? image.Attribute("url") ??
        (image.Elements.Any() ? null : image.Text());
}
