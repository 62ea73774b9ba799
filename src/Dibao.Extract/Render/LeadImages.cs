namespace Dibao.Extract.Render;

/// <summary>The picture at the head of an article; it is shown once, by the reading, and so taken out of the body.</summary>
internal static class LeadImages
{
    /// <param name="stated">By the page's metadata; else the picture before the first text is it.</param>
    /// <param name="siteNames">A picture that is named by nothing else is the site's sign, and of no article.</param>
    public static string? Take(SafeNode body, string? stated, IReadOnlyList<string> siteNames)
    {
        var lead = stated;
        for (var at = 0; at < body.Children.Count; at++)
        {
            var block = body.Children[at];
            if (Only(block) is { } image)
            {
                var source = image.Attribute("src")!;
                if (SiteImages.Is(source, siteNames))
                {
                    body.Children.RemoveAt(at--);
                    continue;
                }

                if (lead is not null && !SamePicture.Is(source, lead)) return lead;
                body.Children.RemoveAt(at);
                return lead ?? source;
            }

            if (block.Name is not ("h2" or "h3" or "hr")) return lead;
        }

        return lead;
    }

    /// <summary>An image alone, in a figure, or in a paragraph of its own; else null.</summary>
    public static SafeNode? Only(SafeNode block)
    {
        if (block.Name == "img") return block;
        if (block.Name is not ("figure" or "p" or "a")) return null;
        SafeNode? found = null;
        foreach (var child in block.Children)
        {
            if (child.Name == "figcaption") continue;
            if (found is not null || Only(child) is not { } image) return null;
            found = image;
        }

        return found;
    }
}
