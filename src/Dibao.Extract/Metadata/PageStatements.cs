using Dibao.Extract.Body;
using Dibao.Extract.Dates;
using Dibao.Extract.Kind;
using Dibao.Extract.Language;
using Dibao.Extract.Page;
using Dibao.Extract.Render;
using Dibao.Extract.Sites;

namespace Dibao.Extract.Metadata;

/// <summary>What a whole page states of its article: gathered before its clutter is dropped, judged once its text is known.</summary>
internal sealed class PageStatements
{
    private readonly PageMetadata _page;
    private readonly PageTree _tree;
    private readonly RuledPage? _ruled;
    private readonly List<string> _lines;
    private readonly List<ShownDay> _shown;
    private readonly Found<bool>? _paywalled;
    private readonly bool _signed; // also by an outlet

    private PageStatements(PageMetadata page, PageTree tree, PageWeights weights, ArticleHints hints, RuledPage? ruled)
    {
        (_page, _tree, _ruled) = (page, tree, ruled);
        Marks = PageMarks.Find(tree, page.Data.Headline, page.Tags.First("og:title"), page.Tags.Title);
        Title = Claims.One(ruled?.Title, FoundIn.SiteRule, 0.97) ?? Titles.Choose(hints, page.Data, page.Tags, Marks, tree, page.SiteNames);
        Headline = Headlines.Find(Marks, Title?.Value);
        var shown = Headline >= 0 ? Headline : Headlines.FindBlock(tree, weights, Marks, Title?.Value);
        var signed = ByRule(ruled) ?? Bylines.Of(page.Data, page.Tags, Marks, tree, weights, shown, page.SiteNames);
        _signed = signed is not null;
        Authors = signed is not null && signed.Value.All(AuthorNames.IsStandIn) && !page.Data.IsNews ? null : signed;
        _lines = DayLines.In(tree, weights, Marks, shown);
        _shown = ShownDays.In(tree, weights, Marks, shown);
        _paywalled = Paywalls.Of(page.Data, page.Tags, Marks, tree, weights);
        Features = PageFeatures.Of(tree, weights);
    }

    public PageMarks Marks { get; }

    public PageFeatures Features { get; }

    public Found<string>? Title { get; }

    public Found<IReadOnlyList<string>>? Authors { get; }

    /// <summary>The heading that says the title; -1 for none.</summary>
    public int Headline { get; }

    public static PageStatements Read(PageMetadata page, PageTree tree, PageWeights weights, ArticleHints hints, RuledPage? ruled) => new(page, tree, weights, hints, ruled);

    private static Found<IReadOnlyList<string>>? ByRule(RuledPage? ruled) =>
        ruled is not null && AuthorNames.Clean(ruled.Authors) is { Count: > 0 } names ? new Found<IReadOnlyList<string>>(names, FoundIn.SiteRule, 0.97) : null;

    /// <param name="dateLine">That of the article's head, where the body's trimming found one.</param>
    public (ArticleMetadata Metadata, TimeSource PublishedFrom) Judge(string text, string? leadImage, string? dateLine, string html, string? url, ReadingOptions options, List<string> warnings)
    {
        var hints = options.Hints;
        var language = Languages.Choose(text, Title?.Value, _page.DeclaredLanguage, hints.Language);
        var country = Outlets.Country(_page.Tags, _page.DeclaredLanguage, language?.Value, url);
        var times = StatedTimes.Collect(_page.Data, _page.Tags, _tree, Marks, _lines, _shown, DateOrder.Locale(language?.Value, country?.Value), options.Fetched);
        times.AddLine(dateLine, DayFact.LineTrimmed);
        times.AddRuled(_ruled?.Date);
        times.AddState(html);
        if (_ruled?.Rule.TimeZone is { } zone) hints = hints with { TimeZone = hints.TimeZone ?? zone };
        var (published, from) = PublicationTime.Choose(times.OfPublication, UrlDay.Of(url ?? _page.Canonical?.Value), DayFacts.OfNone(_page, _tree.Element(0)?.GetAttribute("class"), _signed, url, times), hints, warnings, options.Tell);
        return (new ArticleMetadata
        {
            Title = Title,
            Authors = Authors,
            Published = published,
            Modified = PublicationTime.Change(times.OfChange, published),
            Sections = Topics.Sections(_page.Data, _page.Tags, Title?.Value, _page.SiteNames),
            Tags = Topics.TagsOf(_page.Data, _page.Tags, _page.SiteNames),
            Language = language,
            Publisher = _page.Publisher,
            Country = country,
            CanonicalUrl = _page.Canonical,
            LeadImage = Claims.One(leadImage, leadImage == _page.LeadImage ? FoundIn.OpenGraph : FoundIn.Markup, leadImage == _page.LeadImage ? 0.85 : 0.6),
            LeadImageCaption = ImageCaptions.Of(_tree, leadImage, SafeUrl.Root(_page.BaseUrl)),
            Paywalled = _paywalled,
        }, from);
    }
}
