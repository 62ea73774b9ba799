using System.Globalization;
using System.Text;

namespace Dibao.Publish;

/// <summary>Writes <c>lists/&lt;outlet&gt;.md</c> and the README that links the lists.</summary>
internal static class ListFileWriter
{
    /// <summary>Articles that one list holds.</summary>
    public const int Newest = 300;

    // The days of lists have always been China's, whatever the reader's clock says.
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>The outlet's name, a rule, and a line for each article: <c>M-D [title](target)</c>, with empty lines between.</summary>
    /// <param name="articles">Newest first, each with what its title links to.</param>
    public static byte[] Write(string outlet, IEnumerable<(Article Article, string Target)> articles)
    {
        var list = new StringBuilder().Append(ArticleFileWriter.FoldLines(outlet)).Append('\n').Append(ArticleFileWriter.Rule).Append('\n');
        foreach (var (article, target) in articles)
        {
            var day = article.Newest.ToOffset(China);
            list.Append(CultureInfo.InvariantCulture, $"\n{day.Month}-{day.Day} {ArticleFileWriter.Link(article.Current.Title, target)}\n");
        }
        return Encoding.UTF8.GetBytes(list.ToString());
    }

    /// <param name="lists">Each outlet's name and the path of its list.</param>
    public static byte[] WriteReadme(IEnumerable<(string Name, string Path)> lists)
    {
        var readme = new StringBuilder(
            """
            # News archive

            This folder is written by Dibao, a news archive: it keeps what news outlets publish,
            so that it can be read where the outlets cannot be reached, and after an article was changed or taken down.
            Each article is a file of its own under `articles/`: the time of publication in milliseconds since 1970, its title and address,
            and its text as HTML. The newest of each outlet are listed here. All rights to the articles remain with the outlets.

            邸报把新闻媒体发表的文章存成文件，供打不开原站、原文被改或被删的时候阅读。每家媒体最新的文章列在下面；版权归原媒体所有。


            """.ReplaceLineEndings("\n"));
        foreach (var (name, path) in lists) readme.Append(CultureInfo.InvariantCulture, $"- [{Escape(ArticleFileWriter.FoldLines(name))}]({path})\n");
        return Encoding.UTF8.GetBytes(readme.ToString());
    }

    // CommonMark §2.4; an outlet names itself, in its feed.
    private static string Escape(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (c is '[' or ']' or '\\' or '<' or '>' or '`' or '*' or '_' or '!' or '&') text.Append('\\');
            text.Append(c);
        }
        return text.ToString();
    }
}
