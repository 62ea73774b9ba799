namespace Dibao.Extract.Render;

/// <summary>The picture at the head of an article; it is shown once, by the reading, and so taken out of the body.</summary>
internal static class LeadImages
{
    /// <param name="stated">By the page's metadata; else the picture before the first text is it.</param>
    public static string? Take(SafeNode body, string? stated)
    {
        var lead = stated;
        for (var at = 0; at < body.Children.Count; at++)
        {
            var block = body.Children[at];
            if (Only(block) is { } image)
            {
                var source = image.Attribute("src")!;
                if (lead is not null && !IsSamePicture(source, lead)) return lead;
                body.Children.RemoveAt(at);
                return lead ?? source;
            }

            if (block.Name is not ("h2" or "h3" or "hr")) return lead;
        }

        return lead;
    }

    // An image alone, in a figure, or in a paragraph of its own.
    private static SafeNode? Only(SafeNode block)
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

    // The same file in another size: servers put the size into the query or a folder.
    private static bool IsSamePicture(string one, string other) => one == other || (FileName(one) is { Length: > 8 } name && name == FileName(other));

    private static string FileName(string url)
    {
        var end = url.IndexOfAny(['?', '#']);
        var path = end < 0 ? url : url[..end];
        return path[(path.LastIndexOf('/') + 1)..];
    }
}
