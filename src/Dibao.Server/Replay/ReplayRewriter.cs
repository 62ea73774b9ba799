using System.Net;
using System.Text;

namespace Dibao.Server.Replay;

/// <summary>Points what a captured page refers to at the archive. Everything else stays as it was, byte for byte.</summary>
/// <remarks>One pass over the markup and no tree: the time is linear in its length whatever it holds, and what the rewriting overlooks
/// goes nowhere, since <see cref="ReplayPolicy"/> holds the page. Source: HTML §13.2.5 (tokenization).</remarks>
public sealed class ReplayRewriter(DateTimeOffset at, string pageUrl)
{
    // Their content is no markup until their own end tag.
    private static readonly string[] RawText = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

    private static readonly string[] LazySources = ["data-src", "data-original", "data-lazy-src"];

    private readonly StringBuilder output = new();
    private string? declaredBase;

    public string Html(string html)
    {
        var at = 0;
        while (at < html.Length)
        {
            var tag = html.IndexOf('<', at);
            if (tag < 0) break;
            output.Append(html, at, tag - at);
            at = tag;
            if (html.AsSpan(at).StartsWith("<!--", StringComparison.Ordinal)) at = Copy(html, at, html.IndexOf("-->", at + 4, StringComparison.Ordinal), 3);
            else if (at + 1 < html.Length && html[at + 1] is '!' or '?' or '/') at = Copy(html, at, html.IndexOf('>', at), 1);
            else if (at + 1 < html.Length && char.IsAsciiLetter(html[at + 1])) at = Tag(html, at);
            else at = Copy(html, at, at, 1);
        }
        return output.Append(html, at, html.Length - at).ToString();
    }

    public string Css(string css) => CssRewriter.Rewrite(css, link => Archived(link, "oe_"));

    private int Copy(string html, int from, int end, int length)
    {
        var to = end < 0 ? html.Length : end + length;
        output.Append(html, from, to - from);
        return to;
    }

    private int Tag(string html, int start)
    {
        var tag = HtmlTag.Read(html, start, out var end);
        if (tag is null) return Copy(html, start, html.Length - 1, 1);
        Rewrite(tag);
        tag.WriteTo(output);
        if (!RawText.Contains(tag.Name)) return end;
        var close = html.IndexOf($"</{tag.Name}", end, StringComparison.OrdinalIgnoreCase);
        if (close < 0) close = html.Length;
        if (tag.Name == "style") output.Append(Css(html[end..close]));
        else output.Append(html, end, close - end);
        return close;
    }

    private void Rewrite(HtmlTag tag)
    {
        // Digests and CORS modes were made for the bytes and the origin that the page had.
        foreach (var name in (ReadOnlySpan<string>)["integrity", "crossorigin", "target", "ping"]) tag.SetAside(name);
        switch (tag.Name)
        {
            case "base": UseBase(tag); break;
            case "meta": tag.SetAside("http-equiv"); break;
            case "a" or "area": Point(tag, "href", "mp_"); break;
            case "link": RewriteLink(tag); break;
            case "img" or "input": ShowLazy(tag); Point(tag, "src", "im_"); PointEach(tag); break;
            case "source": Point(tag, "src", "oe_"); PointEach(tag); break;
            case "video" or "audio" or "track" or "embed": Point(tag, "src", "oe_"); Point(tag, "poster", "im_"); break;
            case "script": Point(tag, "src", "js_"); break;
            case "iframe" or "frame": tag.SetAside("src"); tag.SetAside("srcdoc"); break;
            case "object": tag.SetAside("data"); break;
            case "image" or "use" or "feimage": Point(tag, "href", "im_"); Point(tag, "xlink:href", "im_"); break;
        }
        Point(tag, "background", "im_");
        if (tag["style"] is { } style) tag["style"] = Css(style);
    }

    private void UseBase(HtmlTag tag)
    {
        if (tag["href"] is { } href && ArticleUrl.TryResolve(pageUrl, href, out var url)) declaredBase = url;
        tag.SetAside("href");
    }

    // A hint to connect, prefetch or preload is not held by every policy: only what shows stays.
    private void RewriteLink(HtmlTag tag)
    {
        var rel = (tag["rel"] ?? "").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (rel.Contains("stylesheet")) Point(tag, "href", "cs_");
        else if (rel.Contains("icon")) Point(tag, "href", "im_");
        else tag.SetAside("href");
        tag.SetAside("imagesrcset");
    }

    // Pages that load their pictures by script show none without it; the address stands beside.
    private static void ShowLazy(HtmlTag tag)
    {
        if (tag["src"] is { Length: > 0 } src && !src.StartsWith("data:", StringComparison.OrdinalIgnoreCase)) return;
        if (LazySources.Select(name => tag[name]).FirstOrDefault(value => value is { Length: > 0 }) is { } lazy) tag["src"] = lazy;
    }

    private void Point(HtmlTag tag, string attribute, string form)
    {
        if (tag[attribute] is not { } link || Stays(link)) return;
        if (Archived(link, form) is { } archived) tag[attribute] = archived;
        else tag.SetAside(attribute);
    }

    private void PointEach(HtmlTag tag)
    {
        if (tag["srcset"] is not { } srcset) return;
        // HTML §4.8.4.2.1: a URL ends at white space, so that commas in it are its own.
        var candidates = new List<string>();
        foreach (var part in srcset.Split([" ", "\t", "\n", "\r", "\f"], StringSplitOptions.RemoveEmptyEntries).Aggregate(new List<List<string>>(), Gather))
        {
            if (Stays(part[0])) candidates.Add(string.Join(' ', part));
            else if (Archived(part[0], "im_") is { } archived) candidates.Add(string.Join(' ', part.Skip(1).Prepend(archived)));
        }
        tag["srcset"] = string.Join(", ", candidates);
    }

    private static List<List<string>> Gather(List<List<string>> candidates, string word)
    {
        var ends = word.EndsWith(',');
        var text = word.Trim(',');
        if (candidates.Count == 0 || candidates[^1] is [.., ","]) { if (candidates.Count > 0) candidates[^1].RemoveAt(candidates[^1].Count - 1); if (text.Length > 0) candidates.Add([text]); }
        else if (text.Length > 0) candidates[^1].Add(text);
        if (ends && candidates.Count > 0) candidates[^1].Add(",");
        return candidates;
    }

    private static bool Stays(string link) => link.TrimStart() is ['#', ..] or "" || link.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    // Null for what is no web address: javascript:, mailto:, and what nobody can read.
    private string? Archived(string link, string form)
    {
        if (Stays(link)) return link;
        return ArticleUrl.TryResolve(declaredBase ?? pageUrl, link, out var url) ? ReplayAddress.PathOf(at, form, url) : null;
    }
}
