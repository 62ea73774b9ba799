using System.Net;
using Dibao.Extract.Markup;
using Dibao.Extract.Metadata;
using Dibao.Extract.Page;
using Dibao.Extract.Render;

namespace Dibao.Extract.Body;

/// <summary>The article's text in its structured data, for pages that show it only after a script ran.</summary>
internal static class LinkedBody
{
    private const int MinWeight = 400;

    public static (SafeNode Body, string Text) Prefer(LinkedData data, SafeNode body, string text, string? baseUrl, List<string> warnings)
    {
        if (data.Body is not { } stated) return (body, text);
        var weight = TextWeight.Of(stated).Weight;
        if (weight < MinWeight || weight < 2 * TextWeight.Of(text).Weight) return (body, text);
        using var document = MarkupParser.Parse(AsHtml(stated), out _);
        if (document.Body < 0) return (body, text);
        var better = SafeTreeBuilder.Build(PageTree.Build(document, document.Body), 0, baseUrl);
        warnings.Add("The page shows less than half of its article; the body is that of its structured data.");
        return (better, PlainText.Write(better));
    }

    private static string AsHtml(string stated)
    {
        if (stated.Contains("<p", StringComparison.OrdinalIgnoreCase)) return stated;
        if (stated.Contains("&lt;p", StringComparison.OrdinalIgnoreCase)) return WebUtility.HtmlDecode(stated); // escaped once too often
        return stated.ReplaceLineEndings("\n").Replace("\n", "<br><br>", StringComparison.Ordinal);
    }
}
