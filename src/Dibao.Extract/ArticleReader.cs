using AngleSharp.Html.Dom;
using Dibao.Extract.Body;
using Dibao.Extract.Dates;
using Dibao.Extract.Language;
using Dibao.Extract.Metadata;
using Dibao.Extract.Page;
using Dibao.Extract.Render;

namespace Dibao.Extract;

/// <summary>Reads the article out of any page: title, standfirst, authors, times, language, and the body in three forms.</summary>
/// <remarks>
/// Never throws on any input. Time and memory are linear in the input's length, of which 8 million characters are read.
/// Safe for use by many threads.
/// </remarks>
public static class ArticleReader
{
    /// <summary>Changes when the same page may be read differently, so that an archive knows to read anew.</summary>
    public const string Revision = "2";

    /// <summary>A whole page, with everything that stands around its article.</summary>
    /// <param name="url">The page's own: what relative links are resolved against.</param>
    public static ArticleReading Read(string html, string? url, ArticleHints? hints = null) =>
        Read(html, url, hints ?? new ArticleHints(), wholePage: true);

    /// <summary>
    /// An article's body as a feed (content:encoded) or an archive file holds it: all of it is the article, but for share
    /// links, promotion slots and repeated date and title lines.
    /// </summary>
    public static ArticleReading ReadFragment(string html, string? url, ArticleHints? hints = null) =>
        Read(html, url, hints ?? new ArticleHints(), wholePage: false);

    private static ArticleReading Read(string html, string? url, ArticleHints hints, bool wholePage)
    {
        // 1. Parse once; from here on every pass is a loop over arrays.
        using var document = PageParser.Parse(html, out var cut);
        var page = PageMetadata.Read(document, url);
        var tree = PageTree.Build((AngleSharp.Dom.INode?)document.Body ?? document);
        var weights = new PageWeights(tree);
        var warnings = new List<string>();
        if (cut) warnings.Add("The page was too long or too deep; a part was left out.");

        // 2. What the page says of itself, before what says it is dropped.
        var headings = Headlines.In(tree);
        var title = Titles.Choose(hints, page.Data, page.Tags, [.. headings.Select(h => h.Text)], page.SiteName);
        var headline = Headlines.Find(headings, title);
        var authors = Bylines.Of(page.Data, page.Tags, tree, page.SiteName);
        var head = new PageHead(authors, title, hints.Title, page.Data.Headline, page.Tags.First("og:title"), page.Tags.Title);
        var declared = hints.Language ?? page.DeclaredLanguage;

        // 3. Drop what surrounds the article, choose its element, trim it.
        var article = ArticleBody.Find(tree, weights, head, headline, declared, wholePage);
        var standfirst = Standfirsts.Take(tree, weights, article.Container, headline, page.Description);

        // 4. Write it, through the allow-list.
        var body = SafeTreeBuilder.Build(tree, article.Container, page.BaseUrl);
        var leadImage = LeadImages.Take(body, page.LeadImage);
        var text = PlainText.Write(body);
        (body, text) = LinkedBody.Prefer(page.Data, body, text, page.BaseUrl, warnings);

        // 5. Times and language, which the text helps to decide.
        var language = Languages.Choose(text, title, page.DeclaredLanguage, hints.Language);
        var stated = StatedTimes.Published(page.Data, page.Tags, tree, article.DateLine, language);
        var (published, from) = PublicationTime.Choose(stated, UrlDay.Of(url ?? page.CanonicalUrl), hints, warnings);
        return new ArticleReading
        {
            Kind = wholePage ? PageKinds.Of(page, title, text, weights, warnings) : PageKinds.OfFragment(text, leadImage, body, warnings),
            Title = title,
            Standfirst = standfirst,
            Authors = authors,
            Published = published,
            PublishedFrom = from,
            Modified = StatedTimes.Modified(page.Data, page.Tags),
            Language = language,
            CanonicalUrl = page.CanonicalUrl,
            SiteName = page.SiteName ?? hints.OutletName,
            LeadImage = leadImage,
            Sections = page.Sections,
            Html = HtmlSanitizer.Write(body),
            Text = text,
            Markdown = MarkdownWriter.Write(body),
            Warnings = warnings,
        };
    }
}
