using Dibao.Extract.Page;
using Dibao.Extract.Render;

namespace Dibao.Extract.Metadata;

/// <summary>What stands under a picture.</summary>
internal static class ImageCaptions
{
    private const int MaxCaption = 600;

    public static string? Of(PageTree tree, string? image, Uri? root)
    {
        if (image is null) return null;
        var name = FileName(image);
        for (var i = 0; i < tree.Count; i++)
        {
            if (tree.Role(i) != TagRole.Image || ImageSource.Of(tree.Element(i)!, root) is not { } source) continue;
            if (source != image && (name.Length < 9 || FileName(source) != name)) continue;
            if (CaptionAround(tree, i) is { } caption) return caption;
        }

        return null;
    }

    private static string? CaptionAround(PageTree tree, int image)
    {
        for (var at = tree.Parent(image); at > 0; at = tree.Parent(at))
        {
            if (tree.Name(at) is "article" or "main" or "body") return null;
            if (tree.Name(at) != "figure") continue;
            for (var i = at + 1; i < tree.End(at); i++)
                if (tree.Name(i) == "figcaption" && tree.FoldedText(i, MaxCaption) is { Length: > 0 } caption) return caption;
            return null;
        }

        return null;
    }

    private static string FileName(string url)
    {
        var end = url.IndexOfAny(['?', '#']);
        var path = end < 0 ? url : url[..end];
        return path[(path.LastIndexOf('/') + 1)..];
    }
}
