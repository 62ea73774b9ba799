using Dibao.Extract.Body;
using Dibao.Extract.Kind;
using Dibao.Extract.Markup;
using Dibao.Extract.Metadata;
using Dibao.Extract.Page;
using Dibao.Extract.Render;
using Dibao.Extract.Sites;

namespace Dibao.Extract;

/// <summary>Reads the article out of any page: title, standfirst, authors, times, language, and the body in three forms.</summary>
/// <remarks>
/// Never throws on any input. Time and memory are linear in the input's length, of which 8 million characters are read.
/// Safe for use by many threads.
/// </remarks>
public static class ArticleReader
{
    /// <summary>Changes when the same page may be read differently, so that an archive knows to read anew.</summary>
    public const string Revision = "10";

    /// <summary>A whole page, with everything that stands around its article.</summary>
    /// <param name="url">The page's own: what relative links are resolved against.</param>
    public static ArticleReading Read(string html, string? url, ArticleHints? hints = null) =>
        Read(html, url, new ReadingOptions { Hints = hints ?? new ArticleHints() });

    /// <summary>A whole page, with what is known beside it.</summary>
    /// <param name="url">The page's own: what relative links are resolved against, and whose host's rule is used.</param>
    public static ArticleReading Read(string html, string? url, ReadingOptions options) => Read(html, url, options, wholePage: true);

    /// <summary>
    /// An article's body as a feed (content:encoded) or an archive file holds it: all of it is the article, but for share
    /// links, promotion slots and repeated date and title lines.
    /// </summary>
    public static ArticleReading ReadFragment(string html, string? url, ArticleHints? hints = null) =>
        Read(html, url, new ReadingOptions { Hints = hints ?? new ArticleHints() }, wholePage: false);

    private static ArticleReading Read(string html, string? url, ReadingOptions options, bool wholePage)
    {
        // 1. Parse once; from here on every pass is a loop over arrays.
        var hints = options.Hints;
        var warnings = new List<string>();
        RuledPage? ruled = null;
        var rule = wholePage ? RuledPage.RuleOf(options, url) : null;
        using var document = rule is null ? MarkupParser.Parse(html, out var cut) : RuledPage.Parse(rule, html, warnings, out ruled, out cut);
        StreamedParts.Place(document);
        var page = PageMetadata.Read(document, url, hints);
        var tree = PageTree.Build(document, Math.Max(document.Body, 0));
        var weights = new PageWeights(tree);
        if (cut) warnings.Add("The page was too long or too deep; a part was left out.");

        // 2. What the page says of itself, before what says it is dropped.
        var statements = PageStatements.Read(page, tree, weights, hints, ruled);
        var head = new PageHead(statements.Authors?.Value ?? [], statements.Title?.Value, hints.Title, page.Data.Headline, page.Tags.First("og:title"), page.Tags.Title);

        // 3. Drop what surrounds the article, choose its element, trim it.
        var article = ArticleBody.Find(tree, weights, head, new BodyRequest
        {
            Headline = statements.Headline,
            Host = SafeUrl.Root(url)?.Host,
            Stated = page.Data.Body,
            Answers = page.Data.Answers,
            Description = page.Description,
            Language = hints.Language ?? page.DeclaredLanguage,
            WholePage = wholePage,
            Named = ruled is { Body: >= 0 and var row } ? tree.IndexOf(document.ElementOf(row)) : -1,
            Trim = ruled?.Rule.Prune != false,
            Template = options.Template,
        });
        var standfirst = Standfirsts.Take(tree, weights, article.Container, statements.Headline, head, page.Description);

        // 4. Write it, through the allow-list.
        var body = SafeTreeBuilder.Build(tree, article.Container, page.BaseUrl);
        Portraits.Remove(body, statements.Authors?.Value ?? []);
        var leadImage = LeadImages.Take(body, page.LeadImage, page.SiteNames);
        var text = PlainText.Write(body);
        (body, text) = LinkedBody.Prefer(page.Data, body, text, page.BaseUrl, warnings);

        // 5. Times and language, which the text helps to decide; then what kind of page it is.
        var (metadata, from) = statements.Judge(text, leadImage, article.DateLine, html, url, options, warnings);
        var (kind, reason) = wholePage ? PageKinds.Of(page, statements, text, body, url, html) : PageKinds.OfFragment(text, leadImage, body);
        if (kind is not PageKind.Article) warnings.Add(reason);
        return new ArticleReading
        {
            Kind = kind,
            KindReason = reason,
            Metadata = metadata,
            Standfirst = standfirst,
            PublishedFrom = from,
            Html = HtmlSanitizer.Write(body),
            Text = text,
            Markdown = MarkdownWriter.Write(body),
            Length = TextLengths.Of(text),
            Warnings = warnings,
        };
    }
}
