using System.Text.Json;
using Dibao.Extract.Markup;
using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

/// <summary>The schema.org Article of a page, from its JSON-LD blocks.</summary>
/// <remarks>Source: schema.org/Article. Several nodes for one article are read as one; nodes of other articles are not.</remarks>
internal sealed class LinkedData
{
    private string _headlinePrint = "";

    public string? Headline { get; private set; }
    public string? Published { get; private set; }
    public string? Modified { get; private set; }
    public string? Description { get; private set; }
    public string? Body { get; private set; }

    /// <summary>The questions that the page itself answers, and its answers (schema.org FAQPage); null for none.</summary>
    public string? Answers { get; private set; }
    public string? Image { get; private set; }
    public string? Publisher { get; private set; }
    public string? Language { get; private set; }
    public string? Url { get; private set; }
    public bool? IsFree { get; private set; }
    public List<LinkedName> Authors { get; } = [];
    public List<string> Sections { get; } = [];
    public List<string> Keywords { get; } = [];

    /// <summary>The path to the article, broadest first; often with the site before and the article behind.</summary>
    public List<string> Crumbs { get; } = [];
    public bool IsArticle { get; private set; }

    /// <summary>Whether it is an article in the narrow sense: of news, of a blog, a report; no recipe, review or film.</summary>
    public bool IsWritten => Types.Any(type => type.EndsWith("Article", StringComparison.Ordinal) || type.EndsWith("BlogPosting", StringComparison.Ordinal) || type is "Report" or "SocialMediaPosting");

    /// <summary>When the content management system made a page that holds no article by its own account: a witness, no more.</summary>
    public string? PageMade { get; private set; }

    /// <summary>The types of all nodes, of whatever the page is about.</summary>
    public HashSet<string> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>NewsArticle, ReportageNewsArticle, AnalysisNewsArticle and their kin.</summary>
    public bool IsNews => Types.Any(type => type.EndsWith("NewsArticle", StringComparison.Ordinal));

    /// <param name="url">The page's own: of several articles the one that names it is the page's.</param>
    public static LinkedData Read(IEnumerable<MarkupElement> stating, string? url)
    {
        var data = new LinkedData();
        using var nodes = LinkedNodes.Read(stating);
        foreach (var node in nodes.All) data.Types.UnionWith(LinkedValues.Types(node));
        var articles = nodes.All.Where(node => LinkedValues.Types(node).Any(IsArticleName)).ToList();
        var own = articles.FindIndex(node => Addresses(node).Any(address => IsSame(address, url)));
        if (own > 0) (articles[0], articles[own]) = (articles[own], articles[0]);
        foreach (var article in articles) data.TakeArticle(article, nodes);
        if (articles.Count == 0) data.TakePage(nodes);
        if (nodes.All.FirstOrDefault(node => LinkedValues.Types(node).Contains("BreadcrumbList")) is { ValueKind: JsonValueKind.Object } path) data.TakePath(path, nodes);
        var answers = nodes.All.Where(node => LinkedValues.Types(node).Contains("FAQPage")).SelectMany(node => AnswersOf(node, nodes)).ToList();
        if (answers.Count > 0) data.Answers = string.Join('\n', answers);
        data.Publisher ??= nodes.All.Where(node => LinkedValues.Types(node).Any(type => type is "WebSite" or "NewsMediaOrganization"))
            .Select(node => LinkedValues.PlainText(node, "name")).FirstOrDefault(name => name is not null);
        return data;
    }

    private static bool IsArticleName(string type) =>
        type.EndsWith("Article", StringComparison.Ordinal) || type.EndsWith("BlogPosting", StringComparison.Ordinal)
        || type is "Report" or "Review" or "SocialMediaPosting" or "Recipe";

    private static IEnumerable<string> AnswersOf(JsonElement page, LinkedNodes nodes)
    {
        foreach (var question in LinkedValues.Items(page, "mainEntity").Select(nodes.Resolve).Where(node => node.ValueKind == JsonValueKind.Object))
        {
            if (LinkedValues.Text(question, "name") is { } asked) yield return asked;
            foreach (var answer in LinkedValues.Items(question, "acceptedAnswer"))
                if (LinkedValues.Text(nodes.Resolve(answer), "text") is { } text) yield return text;
        }
    }

    private static IEnumerable<string> Addresses(JsonElement node)
    {
        foreach (var property in (string[])["url", "@id", "mainEntityOfPage"])
        {
            if (LinkedValues.Text(node, property) is { } address) yield return address;
            foreach (var item in LinkedValues.Items(node, property))
                if (LinkedValues.Text(item, "@id") is { } id) yield return id;
        }
    }

    private static bool IsSame(string address, string? url) =>
        url is not null && address.Length > 8 && PageAddress.Bare(address) == PageAddress.Bare(url);

    private void TakeArticle(JsonElement article, LinkedNodes nodes)
    {
        var headline = LinkedValues.PlainText(article, "headline") ?? LinkedValues.PlainText(article, "name");
        var print = MarkupText.Fingerprint(headline);
        if (IsArticle && headline is not null && Headline is not null && print != _headlinePrint) return;
        IsArticle = true;
        if (Headline is null) (Headline, _headlinePrint) = (headline, print);
        Published ??= LinkedValues.Text(article, "datePublished") ?? LinkedValues.Text(article, "dateCreated");
        Modified ??= LinkedValues.Text(article, "dateModified");
        Description ??= LinkedValues.PlainText(article, "description");
        Body ??= LinkedValues.Text(article, "articleBody");
        Language ??= LinkedValues.Text(article, "inLanguage");
        Url ??= LinkedValues.Text(article, "url");
        IsFree ??= Truth(LinkedValues.Text(article, "isAccessibleForFree"));
        if (article.TryGetProperty("image", out var image)) Image ??= LinkedValues.ImageUrl(image, nodes);
        Publisher ??= LinkedValues.Names(article, "publisher", nodes).Select(p => p.Name).FirstOrDefault();
        foreach (var property in (string[])["author", "creator"])
            if (Authors.Count == 0) Authors.AddRange(LinkedValues.Names(article, property, nodes));
        if (Sections.Count == 0) Sections.AddRange(LinkedValues.Names(article, "articleSection", nodes).Select(s => s.Name));
        if (Keywords.Count == 0 && article.TryGetProperty("keywords", out var keywords)) Keywords.AddRange(LinkedValues.Strings(keywords).Select(LinkedValues.Plain));
    }

    // Some templates date only the WebPage, the VideoObject, the HowTo.
    private void TakePage(LinkedNodes nodes)
    {
        foreach (var page in nodes.All.Where(node => !LinkedValues.Types(node).Any(type => type is "Comment" or "Event" or "JobPosting" or "ImageObject" or "Answer")))
        {
            var made = LinkedValues.Text(page, "datePublished") ?? LinkedValues.Text(page, "uploadDate");
            if (LinkedValues.Types(page).Any(type => type.EndsWith("Page", StringComparison.Ordinal))) PageMade ??= made;
            else Published ??= made;
            Modified ??= LinkedValues.Text(page, "dateModified");
            Language ??= LinkedValues.Text(page, "inLanguage");
            if (Authors.Count == 0) Authors.AddRange(LinkedValues.Names(page, "author", nodes));
        }
    }

    private void TakePath(JsonElement path, LinkedNodes nodes)
    {
        foreach (var step in LinkedValues.Items(path, "itemListElement"))
        {
            if (step.ValueKind != JsonValueKind.Object) continue;
            var name = LinkedValues.PlainText(step, "name") ?? (step.TryGetProperty("item", out var item) ? LinkedValues.PlainText(nodes.Resolve(item), "name") : null);
            if (name is { Length: > 0 }) Crumbs.Add(name);
        }
    }

    private static bool? Truth(string? text) => text?.ToLowerInvariant() switch
    {
        "true" or "yes" or "http://schema.org/true" or "https://schema.org/true" => true,
        "false" or "no" or "http://schema.org/false" or "https://schema.org/false" => false,
        _ => null,
    };
}
