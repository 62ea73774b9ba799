using System.Net;

namespace Dibao.Capture.Media;

/// <summary>The pictures of an article, in the order in which its page shows them.</summary>
public static class ArticleImages
{
    private const string Tag = "<img src=\"";

    /// <summary>Absolute addresses, each once: the lead image, then those of the text.</summary>
    /// <param name="html">Out of the sanitizer, which writes every picture in one way.</param>
    public static IReadOnlyList<string> Of(string? leadImage, string html)
    {
        var urls = new List<string>();
        if (leadImage is not null) urls.Add(leadImage);
        for (var at = html.IndexOf(Tag, StringComparison.Ordinal); at >= 0; at = html.IndexOf(Tag, at, StringComparison.Ordinal))
        {
            var start = at + Tag.Length;
            var end = html.IndexOf('"', start);
            if (end < 0) break;
            urls.Add(WebUtility.HtmlDecode(html[start..end]));
            at = end;
        }
        return [.. urls.Distinct()];
    }
}
