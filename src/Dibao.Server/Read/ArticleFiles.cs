using System.Net;
using System.Text;
using Dibao.Extract;

namespace Dibao.Server.Read;

/// <summary>One article as a file of its own, to be kept or passed on.</summary>
public static class ArticleFiles
{
    /// <summary>Heading, standfirst, where and when it was published, and the text; CommonMark.</summary>
    public static string Markdown(Article article, ArticleBody body, Ui ui)
    {
        var markdown = new StringBuilder();
        markdown.Append("# ").Append(OneLine(article.Current.Title).Replace("[", "\\[", StringComparison.Ordinal)).Append("\n\n");
        foreach (var line in Imprint(article, ui)) markdown.Append(line).Append("  \n");
        markdown.Append('<').Append(article.Url).Append(">\n\n");
        if (article.Current.StandfirstOver(body) is { } standfirst) markdown.Append("**").Append(OneLine(standfirst)).Append("**\n\n");
        return markdown.Append(MarkdownWriter.Write(body.Html)).Append('\n').ToString();
    }

    public static string Text(Article article, ArticleBody body, Ui ui)
    {
        var text = new StringBuilder();
        text.Append(OneLine(article.Current.Title)).Append("\n\n");
        foreach (var line in Imprint(article, ui)) text.Append(line).Append('\n');
        text.Append(article.Url).Append("\n\n");
        if (article.Current.StandfirstOver(body) is { } standfirst) text.Append(OneLine(standfirst)).Append("\n\n");
        return text.Append(body.Text.Trim()).Append('\n').ToString();
    }

    /// <summary>A whole document without scripts or styles, in UTF-8.</summary>
    public static string Html(Article article, ArticleBody body, Ui ui)
    {
        var html = new StringBuilder("<!doctype html>\n<html");
        if (LanguageTag.Of(article) is { } language) html.Append(" lang=\"").Append(language).Append('"');
        html.Append(">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta name=\"referrer\" content=\"no-referrer\">\n<title>").Append(Encoded(article.Current.Title)).Append("</title>\n")
            .Append("<link rel=\"canonical\" href=\"").Append(Encoded(article.Url)).Append("\">\n</head>\n<body>\n<article>\n<h1>")
            .Append(Encoded(article.Current.Title)).Append("</h1>\n");
        if (article.Current.StandfirstOver(body) is { } standfirst) html.Append("<p><strong>").Append(Encoded(standfirst)).Append("</strong></p>\n");
        html.Append("<p>").AppendJoin("<br>\n", Imprint(article, ui).Select(Encoded)).Append("<br>\n<a href=\"").Append(Encoded(article.Url))
            .Append("\" rel=\"noopener noreferrer\">").Append(Encoded(article.Url)).Append("</a></p>\n");
        return html.Append(body.Html).Append("\n</article>\n</body>\n</html>\n").ToString();
    }

    private static IEnumerable<string> Imprint(Article article, Ui ui)
    {
        var version = article.Current;
        yield return article.Outlet.Name;
        if (version.Authors.Count > 0) yield return Ui.Format(ui.Words.By, string.Join(ui.Words.ListSeparator, version.Authors));
        if (version.Published is { } published) yield return Ui.Format(ui.Words.PublishedAt, ui.Moment(published));
        yield return Ui.Format(ui.Words.CapturedAt, ui.Moment(version.Captured));
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
