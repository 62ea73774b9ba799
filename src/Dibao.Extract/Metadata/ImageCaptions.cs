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
        for (var (i, images) = (0, 0); i < tree.Count && images < ImageSource.MaxOnPage; i++)
        {
            if (tree.Role(i) != TagRole.Image) continue;
            images++;
            if (ImageSource.Of(tree.Element(i)!, root) is not { } source) continue;
            if (!SamePicture.Is(source, image)) continue;
            if (FigureAround(tree, i) is not (> 0 and var figure)) continue;
            if (CaptionIn(tree, figure) is { } caption) return caption;
            i = tree.End(figure) - 1; // its other pictures have none either
        }

        return null;
    }

    // 0 for none.
    private static int FigureAround(PageTree tree, int image)
    {
        for (var at = tree.Parent(image); at > 0; at = tree.Parent(at))
        {
            if (tree.Name(at) is "article" or "main" or "body") return 0;
            if (tree.Name(at) == "figure") return at;
        }

        return 0;
    }

    private static string? CaptionIn(PageTree tree, int figure)
    {
        for (var i = figure + 1; i < tree.End(figure); i++)
            if (tree.Name(i) == "figcaption" && tree.FoldedText(i, MaxCaption) is { Length: > 0 } caption) return caption;
        return null;
    }
}
