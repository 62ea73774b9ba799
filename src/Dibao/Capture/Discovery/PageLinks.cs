using System.Text;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace Dibao.Capture.Discovery;

/// <summary>A link of a page: of its head, with <paramref name="Rel"/>, or of its body, without.</summary>
internal readonly record struct PageLink(string Href, string? Title, string? Rel, string? Type);

/// <summary>The links of a page, read from its tags alone.</summary>
/// <remarks>No tree is built: AngleSharp takes quadratic time for deeply nested elements, and a stranger's page may nest without end.</remarks>
internal sealed class PageLinks
{
    private const int MaxLinks = 10_000;
    private const int MaxTitleLength = 200;

    private readonly List<PageLink> links = [];
    private readonly StringBuilder words = new();
    private string? anchor;

    public IReadOnlyList<PageLink> Links => links;

    /// <summary>Of the first base element.</summary>
    public string? BaseHref { get; private set; }

    public static PageLinks Read(string html)
    {
        var page = new PageLinks();
        using var source = new TextSource(html);
        using var tokens = new HtmlTokenizer(source, HtmlEntityProvider.Resolver);
        while (page.links.Count < MaxLinks)
        {
            var token = tokens.Get();
            if (token.Type == HtmlTokenType.EndOfFile) break;
            page.Take(token);
            if (token.Type == HtmlTokenType.StartTag) tokens.State = ModeAfter(token.Name);
        }
        page.EndAnchor();
        return page;
    }

    private void Take(HtmlToken token)
    {
        switch (token.Type)
        {
            case HtmlTokenType.Character when anchor is not null && words.Length < MaxTitleLength * 2: words.Append(token.Data); break;
            case HtmlTokenType.EndTag when token.Name is "a": EndAnchor(); break;
            case HtmlTokenType.StartTag when token is HtmlTagToken tag: TakeTag(tag); break;
        }
    }

    private void TakeTag(HtmlTagToken tag)
    {
        if (tag.Name is not ("a" or "link" or "base") || Attribute(tag, "href") is not { } href) return;
        switch (tag.Name)
        {
            case "base": BaseHref ??= href; break;
            case "link": links.Add(new(href, OneLine(Attribute(tag, "title") ?? ""), Attribute(tag, "rel") ?? "", Attribute(tag, "type"))); break;
            default: EndAnchor(); anchor = href; break;
        }
    }

    private void EndAnchor()
    {
        if (anchor is not null) links.Add(new(anchor, OneLine(words.ToString()), null, null));
        words.Clear();
        anchor = null;
    }

    // The parser would tell the tokenizer this; without it, markup inside of scripts would count.
    internal static HtmlParseMode ModeAfter(string name) => name switch
    {
        "script" => HtmlParseMode.Script,
        "style" or "xmp" or "iframe" or "noembed" or "noframes" => HtmlParseMode.Rawtext,
        "title" or "textarea" => HtmlParseMode.RCData,
        "plaintext" => HtmlParseMode.Plaintext,
        _ => HtmlParseMode.PCData,
    };

    internal static string? Attribute(HtmlTagToken tag, string name)
    {
        foreach (var attribute in tag.Attributes)
        {
            if (attribute.Name == name) return attribute.Value;
        }
        return null;
    }

    private static string? OneLine(string text)
    {
        var line = string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return line.Length is 0 or > MaxTitleLength ? null : line;
    }
}
