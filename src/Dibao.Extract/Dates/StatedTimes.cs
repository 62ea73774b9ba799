using System.Collections.Frozen;
using AngleSharp.Dom;
using Dibao.Extract.Body;
using Dibao.Extract.Metadata;
using Dibao.Extract.Page;

namespace Dibao.Extract.Dates;

/// <summary>The publication and modification times that a page states, the most trusted first.</summary>
internal static class StatedTimes
{
    private static readonly string[] PublishedNames =
    [
        "article:published_time", "og:article:published_time", "article:published", "og:published_time", "datepublished", "date", "pubdate", "publishdate", "publish_date",
        "publishtime", "publish-date", "article.published", "parsely-pub-date", "sailthru.date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.issued", "dcterms.date",
        "citation_date", "citation_publication_date", "cxenseparse:recs:publishtime", "weibo: article:create_at", "weibo:article:create_at", "bytedance:published_time", "last.published",
        "originalpublicationdate", "article_date_original", "cxenseparse:publishtime", "publication_date", "date.created", "iso-8601-publish-date",
    ];

    private static readonly FrozenSet<string> Words =
        new[] { "date", "time", "datum", "datetime", "pubtime", "pubdate", "published", "timestamp", "publish", "dateline", "riqi", "shijian", "created" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] ModifiedNames =
    [
        "article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified", "dcterms.modified", "revised", "article:updated", "weibo: article:update_at",
        "bytedance:updated_time", "article:modified",
    ];

    public static IEnumerable<DateReading> Published(LinkedData data, MetaTags tags, PageTree tree, string? dateLine, string? language)
    {
        var texts = new List<string?> { data.Published };
        texts.AddRange(PublishedNames.Select(name => tags.First(name)));
        texts.AddRange(Marked(tree, language));
        texts.Add(dateLine);
        return Readings(texts, language);
    }

    public static DateTimeOffset? Modified(LinkedData data, MetaTags tags)
    {
        var texts = new List<string?> { data.Modified };
        texts.AddRange(ModifiedNames.Select(name => tags.First(name)));
        foreach (var reading in Readings(texts, null))
            if (reading.Instant is { } instant) return instant;
        return null;
    }

    private static string? DateLineOf(PageTree tree, int i, string? language) =>
        tree.FoldedText(i, 100) is { Length: > 7 and < 90 } text && Labels.IsDateLine(text, language) ? text : null;

    private static IEnumerable<DateReading> Readings(IEnumerable<string?> texts, string? language)
    {
        foreach (var text in texts)
            if (text is not null && DateText.TryRead(text, language, out var reading)) yield return reading;
    }

    // itemprop=datePublished anywhere; else the first time element.
    private static IEnumerable<string?> Marked(PageTree tree, string? language)
    {
        string? first = null;
        string? named = null;
        for (var i = 0; i < tree.Count; i++)
        {
            if (tree.Element(i) is not { } element) continue;
            if (element.GetAttribute("itemprop") == "datePublished" || element.HasAttribute("pubdate"))
                return [element.GetAttribute("datetime") ?? element.GetAttribute("content") ?? tree.FoldedText(i, 100)];
            if (first is null && element.LocalName == "time") first = element.GetAttribute("datetime") ?? tree.FoldedText(i, 100);
            if (named is null && ClutterWords.AnyWord(element.GetAttribute("class"), Words)) named = DateLineOf(tree, i, language);
        }

        return [first, named];
    }
}
