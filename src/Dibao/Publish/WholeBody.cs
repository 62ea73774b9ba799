using System.Net;
using System.Text;

namespace Dibao.Publish;

/// <summary>All that an article says, as one piece of HTML: most readers of feeds and files show nothing beside it.</summary>
public static class WholeBody
{
    /// <summary>The safe HTML with lead image and standfirst before it; an archive that imports it takes both out again.</summary>
    public static string Of(ArticleVersion version, ArticleBody body)
    {
        var whole = new StringBuilder(body.Html.Length + 512);
        if (version.LeadImage is { } image) whole.Append("<img src=\"").Append(WebUtility.HtmlEncode(ArticleFileWriter.FoldLines(image))).Append("\">");
        if (version.StandfirstOver(body) is { } standfirst) whole.Append("<p><strong>").Append(Escape(ArticleFileWriter.FoldLines(standfirst))).Append("</strong></p>");
        return whole.Append(body.Html).ToString();
    }

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
