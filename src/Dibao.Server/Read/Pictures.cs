using System.Net;
using System.Text;
using Dibao.Capture.Media;

namespace Dibao.Server.Read;

/// <summary>
/// Shows an article's pictures as the archive keeps them, and in no other way: nobody who reads the archive asks the outlet for
/// anything, and what was not kept is named, not hidden.
/// </summary>
/// <param name="kept">By the address that the article has for them.</param>
public sealed class Pictures(IReadOnlyDictionary<string, KeptMedia> kept)
{
    private const string Tag = "<img src=\"";

    /// <summary>The pictures that one wording of an article names.</summary>
    public static Pictures Of(ArticleVersion version, ArticleBody body, ArchiveReader archive) =>
        new(archive.Media.At(ArticleImages.Of(version.LeadImage, body.Html), version.CaptureId));

    /// <summary>Path of a kept picture; null when it is not kept.</summary>
    public string? PathOf(string? url) =>
        url is not null && kept.TryGetValue(url, out var media) && media.Type.StartsWith("image/", StringComparison.Ordinal) ? $"/images/{media.Payload.ToHex()}" : null;

    /// <summary>Safe HTML with every picture from the archive; those not kept give way to words.</summary>
    /// <param name="html">Out of the sanitizer, which writes every picture in one way.</param>
    public string Show(string html, Words words) => Rewrite(html, PathOf, (_, alt) => Missing(alt, words));

    /// <summary>Safe HTML for other readers: kept pictures by their address here, the others as the outlet has them.</summary>
    public string Link(string html, ReaderUrls urls) => Rewrite(html, url => PathOf(url) is { } path ? urls.Of(path) : null, (tag, _) => tag);

    private static string Missing(string alt, Words words)
    {
        var label = WebUtility.HtmlEncode(words.PictureMissing);
        return alt.Length == 0 ? $"<span class=\"nopicture\" lang=\"{words.HtmlLang}\">{label}</span>"
            : $"<span class=\"nopicture\"><span lang=\"{words.HtmlLang}\">{label}</span> {alt}</span>";
    }

    private static string Rewrite(string html, Func<string, string?> address, Func<string, string, string> missing)
    {
        var at = html.IndexOf(Tag, StringComparison.Ordinal);
        if (at < 0) return html;
        var shown = new StringBuilder(html.Length);
        var from = 0;
        for (; at >= 0; at = html.IndexOf(Tag, from, StringComparison.Ordinal))
        {
            var start = at + Tag.Length;
            var quote = html.IndexOf('"', start);
            var end = TagEnd(html, quote);
            if (end < 0) break;
            shown.Append(html, from, at - from);
            if (address(WebUtility.HtmlDecode(html[start..quote])) is { } path)
                shown.Append(Tag).Append(WebUtility.HtmlEncode(path)).Append(html, quote, end - quote).Append(" loading=\"lazy\" decoding=\"async\">");
            else shown.Append(missing(html[at..(end + 1)], Alt(html.AsSpan(quote, end - quote))));
            from = end + 1;
        }
        return shown.Append(html, from, html.Length - from).ToString();
    }

    // Where the tag ends: at the first sign outside of quotes, since an attribute may hold one.
    private static int TagEnd(string html, int quote)
    {
        if (quote < 0) return -1;
        var quoted = false;
        for (var at = quote + 1; at < html.Length; at++)
        {
            if (html[at] == '"') quoted = !quoted;
            else if (html[at] == '>' && !quoted) return at;
        }
        return -1;
    }

    // As the sanitizer escaped it.
    private static string Alt(ReadOnlySpan<char> attributes)
    {
        const string Name = " alt=\"";
        var start = attributes.IndexOf(Name, StringComparison.Ordinal);
        if (start < 0) return "";
        var value = attributes[(start + Name.Length)..];
        var end = value.IndexOf('"');
        return end < 0 ? "" : value[..end].Trim().ToString();
    }
}
