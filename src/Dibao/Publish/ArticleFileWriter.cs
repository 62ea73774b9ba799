using System.Globalization;
using System.Text;
using Dibao.Capture.Import;

namespace Dibao.Publish;

/// <summary>Writes article files, dialect A: what <see cref="ArticleFile"/> reads back.</summary>
/// <remarks><code>
/// &lt;!--1699460101000--&gt;
/// [title](https://absolute.url/percent-encoded)
/// ------
///
/// &lt;p&gt;the safe HTML on one line&lt;/p&gt;
/// </code></remarks>
public static class ArticleFileWriter
{
    internal const string Rule = "------";

    /// <summary>The newest wording of an article as a file: UTF-8 without a mark, LF.</summary>
    public static byte[] Write(Article article, ArticleBody body) =>
        Write(article.Current.Published ?? article.FirstCaptured, article.Current.Title, article.Url, WholeBody.Of(article.Current, body));

    /// <param name="html">Out of the sanitizer.</param>
    /// <inheritdoc cref="Write(Article,ArticleBody)"/>
    public static byte[] Write(DateTimeOffset published, string title, string url, string html) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"<!--{published.ToUnixTimeMilliseconds()}-->\n{Link(title, url)}\n{Rule}\n\n{OnOneLine(html)}\n"));

    /// <summary><c>[title](url)</c> with nothing escaped, as all files of this form have it.</summary>
    internal static string Link(string title, string url) =>
        // Readers split at the last "](", so only an address that holds one would be cut in two.
        $"[{FoldLines(title)}]({url.Replace("](", "%5D(", StringComparison.Ordinal)})";

    /// <summary>As the reader of these files folds a title: breaks and control characters become a space, an ideographic space stays one.</summary>
    internal static string FoldLines(string text) => ArticleFile.OneLine(text);

    // Line breaks between blocks mean nothing. Those in preformatted text do, so they become references.
    private static string OnOneLine(string html)
    {
        const string Open = "<pre", Close = "</pre>";
        var lines = html.ReplaceLineEndings("\n").Replace('\0', '\uFFFD');
        var line = new StringBuilder(lines.Length);
        for (var at = 0; at < lines.Length;)
        {
            var open = lines.IndexOf(Open, at, StringComparison.Ordinal);
            var close = open < 0 ? -1 : lines.IndexOf(Close, open, StringComparison.Ordinal);
            Join(lines.AsSpan(at..(close < 0 ? lines.Length : open)), line);
            if (close < 0) break;
            at = close + Close.Length;
            line.Append(lines[open..at].Replace("\n", "&#10;", StringComparison.Ordinal));
        }
        return line.ToString();
    }

    private static void Join(ReadOnlySpan<char> lines, StringBuilder line)
    {
        foreach (var part in lines.EnumerateLines()) line.Append(part.Trim());
    }
}
