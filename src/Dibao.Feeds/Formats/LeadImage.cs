using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>The picture of an entry: a thumbnail first, then an image among the media, then the podcast's, then the item's own.</summary>
internal sealed class LeadImage
{
    private enum Rank
    {
        Thumbnail,
        Media,
        Podcast,
        Own,
        Enclosed,
        None,
    }

    private Rank rank;

    public string? Url { get; private set; }

    public void Clear() => (rank, Url) = (Rank.None, null);

    public void Offer(XmlElement child)
    {
        switch (child.Vocabulary)
        {
            case Vocabulary.Media: OfferMedia(child, depth: 0); break;
            case Vocabulary.Itunes or Vocabulary.GooglePlay when child.Tag == Tag.Image: Take(Rank.Podcast, child, UrlOf(child)); break;
            case Vocabulary.Itunes when child.Tag == Tag.Link && child.AttributeIs("rel", "image"): Take(Rank.Podcast, child, UrlOf(child)); break;
            case Vocabulary.SitemapImage when child.Tag == Tag.Image: OfferChild(child, Tag.Loc); break;
            case Vocabulary.SitemapVideo when child.Tag == Tag.Video: OfferChild(child, Tag.ThumbnailLoc); break;
            case Vocabulary.Rss or Vocabulary.Atom: OfferOwn(child); break;
        }
    }

    private void OfferMedia(XmlElement media, int depth)
    {
        if (media.Tag == Tag.Thumbnail)
            Take(Rank.Thumbnail, media, media.Attribute("url") ?? media.Text());
        else if (media.Tag == Tag.Content && IsImage(media))
            Take(Rank.Media, media, media.Attribute("url"));
        if (depth < 2)
            foreach (var child in media.Elements)
                OfferMedia(child, depth + 1);
    }

    private void OfferOwn(XmlElement child)
    {
        if (child.Tag == Tag.Enclosure && IsImage(child))
            Take(Rank.Enclosed, child, child.Attribute("url"));
        else if (child.Tag == Tag.Image && rank > Rank.Own)
            Take(Rank.Own, child, UrlOf(child));
    }

    private void OfferChild(XmlElement parent, Tag tag)
    {
        foreach (var child in parent.Elements)
            if (child.Tag == tag)
                Take(Rank.Own, child, child.Text());
    }

    private void Take(Rank offered, XmlElement element, string? written)
    {
        if (offered >= rank || Urls.Resolve(written, element.BaseUrl) is not { } url)
            return;
        (rank, Url) = (offered, url);
    }

    private static bool IsImage(XmlElement element) =>
        element.TryAttribute("type", out var type) && element.Fragment[type].Trim().StartsWith("image", StringComparison.OrdinalIgnoreCase) ||
        element.AttributeIs("medium", "image");

    /// <summary>RSS's image has its URL inside; others write it as an attribute or as text.</summary>
    public static string? UrlOf(XmlElement image)
    {
        foreach (var child in image.Elements)
            if (child.Tag is Tag.Url or Tag.Loc)
                return child.Text();
        return image.Attribute("href") ?? image.Attribute("url") ?? image.Attribute("rdf:resource") ?? (image.HasElements ? null : image.Text());
    }
}
