using Dibao.Extract.Markup;

namespace Dibao.Extract.Page;

/// <summary>
/// Posts of others that a script would show: quotations of the make that networks hand out to be pasted into pages (instagram-media,
/// twitter-tweet, tiktok-embed and their kin). One that holds its text is a quotation; of one that holds none, the address is what there is.
/// </summary>
internal static class EmbeddedPosts
{
    private const int MaxInside = 400;
    private const int MaxText = 4000;
    private const int LeastText = 30;

    // Of these the text is a link as well, cut short.
    private const string Picture = "instagram-media";

    private static readonly string[] Makes = [Picture, "twitter-tweet", "twitter-video", "tiktok-embed", "bluesky-embed", "mastodon-embed", "text-post-media", "reddit-embed-bq"];
    private static readonly string[] Stated = ["data-instgrm-permalink", "data-text-post-permalink", "data-embed-url", "cite"];

    public static bool IsPost(MarkupElement element) =>
        element.Is(Tag.Blockquote) && element.GetAttribute("class") is { } names && Array.Exists(Makes, make => names.Contains(make, StringComparison.Ordinal));

    /// <summary>Where a post without a text of its own can be read, as the page writes it; null for what is none.</summary>
    public static string? Address(MarkupElement quotation)
    {
        if (!IsPost(quotation)) return null;
        var (letters, link) = Read(quotation.Tree, quotation.Row);
        if (letters >= LeastText && !quotation.GetAttribute("class")!.Contains(Picture, StringComparison.Ordinal)) return null;
        foreach (var name in Stated)
            if (quotation.GetAttribute(name) is { Length: > 0 } address) return address;
        return link;
    }

    // Letters beside the links, and the last link: of a tweet it is the date.
    private static (int Letters, string? Link) Read(MarkupTree markup, int quotation)
    {
        var (letters, link) = (0, default(string));
        var at = markup[quotation].First;
        for (var seen = 0; at >= 0 && seen < MaxInside; seen++)
        {
            var linked = markup.IsElement(at, Tag.A);
            if (linked) link = markup.ElementOf(at).GetAttribute("href") ?? link;
            else if (markup[at].Kind == RowKind.Text) letters += markup[at].Length > MaxText ? LeastText : TextWeight.Of(markup.TextOf(at)).Weight;
            at = markup.Following(at, quotation, inside: !linked);
        }

        return (letters, link);
    }
}
