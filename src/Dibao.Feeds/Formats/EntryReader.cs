using System.Text;
using Dibao.Feeds.Text;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>Entries of RSS, RDF, Atom, CDF and sitemaps, in one pass over their elements. Used again for the next.</summary>
internal sealed class EntryReader(FeedOptions options)
{
    private const int MaxItems = 100;
    private const int HrefRank = 5;
    private const int GuidRank = 4;
    private const int IdRank = 6;

    private readonly FieldWinners winners = new(options);
    private readonly LeadImage image = new();
    private readonly List<string> categories = [];
    private readonly List<Enclosure> enclosures = [];
    private readonly List<FeedPerson> people = [];
    private readonly List<int> summaries = [];
    private XmlElement root;
    private bool isAtom;
    private string? link;
    private int borrowedSummary;
    private XmlElement source;
    private bool hasSource;

    /// <param name="isPartial">The document ended inside: what stands open is left out.</param>
    public FeedEntry Read(XmlFragment fragment, FeedFormat format, bool isPartial)
    {
        Begin(fragment, format);
        foreach (var child in root.Elements)
            if (!isPartial || child.Closed)
                Take(child);
        TakeAttributes();
        var titled = winners.Element(fragment, FeedField.Title);
        var title = titled is { } element ? TextConstruct.Of(element, isAtom) : new("", IsHtml: false);
        var (summary, content) = Body(fragment);
        return new()
        {
            Id = Id(fragment),
            Link = link,
            TitleRaw = title.Markup(titled?.BaseUrl),
            Title = title.Plain,
            Published = winners.Date(FeedField.Published),
            Updated = winners.Date(FeedField.Updated) ?? UpdatedAttribute(),
            Authors = Authors(),
            People = people.Count == 0 ? [] : [.. people],
            Summary = summary,
            Content = content,
            Base = (winners.Element(fragment, FeedField.Content) ?? root).BaseUrl,
            Categories = categories.Count == 0 ? [] : [.. categories],
            Enclosures = enclosures.Count == 0 ? [] : [.. enclosures],
            Language = Language(fragment),
            Image = image.Url,
            CommentsUrl = Urls.Resolve(winners.Text(fragment, FeedField.Comments), root.BaseUrl),
            Rights = winners.Element(fragment, FeedField.Rights) is { } rights ? TextConstruct.Of(rights, isAtom).Html(rights.BaseUrl) : null,
            IsPartial = isPartial,
            Origins = winners.Origins,
            Original = OriginalOf(fragment, format),
        };
    }

    private static XmlOriginal OriginalOf(XmlFragment fragment, FeedFormat format)
    {
        var text = fragment.Window.Text[..fragment.Window.Position];
        var utf8 = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, utf8);
        return new(utf8, fragment.Context, fragment.Entities, format);
    }

    private void Begin(XmlFragment fragment, FeedFormat format)
    {
        root = fragment.Root;
        isAtom = format == FeedFormat.Atom;
        link = null;
        hasSource = false;
        borrowedSummary = XmlFragment.None;
        winners.Clear();
        image.Clear();
        categories.Clear();
        enclosures.Clear();
        people.Clear();
        summaries.Clear();
    }

    private void Take(XmlElement child)
    {
        winners.Offer(child, EntryFields.ForEntry(child.Vocabulary, child.Tag));
        switch (child.Tag)
        {
            case Tag.Link when child.IsNative: TakeLink(child); break;
            case Tag.Guid when child.IsNative: TakePermaLink(child); break;
            case Tag.Loc when child.IsNative: TakeLocation(child); break;
            case Tag.Enclosure when child.IsNative: Enclose(child, child.Attribute("url") ?? child.Attribute("href") ?? child.Text()); break;
            case Tag.Category or Tag.Subject or Tag.Keywords or Tag.Tags: TakeCategory(child); break;
            case Tag.Description or Tag.Summary or Tag.Abstract or Tag.Subtitle: TakeSummary(child); break;
            case Tag.Source when child.IsNative: (source, hasSource) = (child, true); break;
            case Tag.Authors when child.IsNative: TakePeople(child); break;
            case Tag.News when child.Vocabulary == Vocabulary.News: TakeNews(child); break;
            default:
                if (people.Count < MaxItems && People.Read(child) is { } person)
                    AddPerson(person, child);
                break;
        }

        image.Offer(child);
        if (child.Vocabulary == Vocabulary.Media)
            TakeMedia(child, depth: 0);
    }

    // Media RSS allows a group around contents and a content around its own title.
    private void TakeMedia(XmlElement media, int depth)
    {
        foreach (var child in media.Elements)
        {
            winners.Offer(child, EntryFields.ForEntry(child.Vocabulary, child.Tag));
            if (child.Tag is Tag.Description)
                TakeSummary(child);
            if (child.Tag is Tag.Category)
                TakeCategory(child);
            if (depth == 0)
                TakeMedia(child, depth + 1);
        }
    }

    private void TakeLink(XmlElement child)
    {
        if (Links.RankOf(child, isAtom) is { } rank && winners.Accepts(FeedField.Link, rank))
            SetLink(child, child.Attribute("href") ?? child.Text(), rank);
        if (Links.RelationOf(child) is var relation && relation == "enclosure")
            Enclose(child, child.Attribute("href") ?? child.Attribute("url"));
        else if (relation == "replies" && winners.Accepts(FeedField.Comments, 1) && child.Attribute("type") is null or "text/html")
            winners.Note(FeedField.Comments, "link[@rel=replies]");
    }

    private void SetLink(XmlElement child, string written, int rank)
    {
        if (Urls.Resolve(written, child.BaseUrl) is not { } url)
            return;
        link = url;
        winners.Take(FeedField.Link, child, rank);
    }

    private void TakePermaLink(XmlElement guid)
    {
        if (guid.AttributeIs("isPermaLink", "false") || !winners.Accepts(FeedField.Link, GuidRank))
            return;
        var text = guid.Text();
        if (Urls.IsHttp(text) || text.StartsWith('/') && guid.TryAttribute("isPermaLink", out _))
            SetLink(guid, text, GuidRank);
    }

    private void TakeLocation(XmlElement loc)
    {
        if (winners.Accepts(FeedField.Link, 0))
            SetLink(loc, loc.Text(), 0);
    }

    private void Enclose(XmlElement element, string? written)
    {
        if (enclosures.Count >= MaxItems || Urls.Resolve(written, element.BaseUrl) is not { } url || enclosures.Exists(known => known.Url == url))
            return;
        enclosures.Add(new(url, element.Attribute("type"), Links.LengthOf(element)));
        winners.Note(FeedField.Enclosures, element.Tag == Tag.Link ? "link[@rel=enclosure]" : "enclosure");
    }

    private void TakeCategory(XmlElement child)
    {
        if (!EntryFields.Knows(child.Vocabulary, child.Tag))
            return;
        if (child.Tag is Tag.Keywords or Tag.Tags)
            foreach (var keyword in FeedCategories.KeywordsOf(child))
                AddCategory(keyword, child);
        else if (FeedCategories.TermOf(child) is { } term)
            AddCategory(term, child);
        foreach (var inner in child.Elements)
            if (inner.Tag == Tag.Category)
                TakeCategory(inner);
    }

    private void AddCategory(string term, XmlElement child)
    {
        if (categories.Count >= MaxItems || categories.Contains(term))
            return;
        categories.Add(term);
        winners.Note(FeedField.Categories, EntryFields.NameOf(child.Vocabulary, child.Tag));
    }

    private void TakeSummary(XmlElement child)
    {
        if (!EntryFields.Knows(child.Vocabulary, child.Tag) || !child.IsFilled)
            return;
        if (child.IsNative && child.Tag != Tag.Subtitle)
            summaries.Add(child.Index);
        else if (borrowedSummary == XmlFragment.None)
            borrowedSummary = child.Index;
    }

    private void TakePeople(XmlElement authors)
    {
        foreach (var child in authors.Elements)
            if (people.Count < MaxItems && People.Read(child) is { } person)
                AddPerson(person, child);
    }

    private void AddPerson(FeedPerson person, XmlElement child)
    {
        if (people.Contains(person))
            return;
        people.Add(person);
        if (People.IsAuthor(person))
            winners.Note(FeedField.Authors, EntryFields.NameOf(child.Vocabulary, child.Tag));
    }

    private void TakeNews(XmlElement news)
    {
        foreach (var child in news.Elements)
        {
            winners.Offer(child, EntryFields.ForEntry(child.Vocabulary, child.Tag));
            if (child.Tag == Tag.Keywords)
                TakeCategory(child);
            if (child.Tag != Tag.Publication)
                continue;
            foreach (var part in child.Elements)
                winners.Offer(part, EntryFields.ForEntry(part.Vocabulary, part.Tag));
        }
    }

    // CDF has the page as an attribute of the item; RDF has it, often, as what the item is about.
    private void TakeAttributes()
    {
        if (link is null && root.Attribute("href") is { } href)
            SetLink(root, href, HrefRank);
        if (link is null && isAtom && winners.Text(root.Fragment, FeedField.Id) is { } id && Urls.IsHttp(id))
            SetLink(root, id, IdRank);
        if (link is null && root.Attribute("rdf:about") is { } about && Urls.IsHttp(about))
            SetLink(root, about, IdRank);
    }

    private string? Id(XmlFragment fragment)
    {
        if (winners.Text(fragment, FeedField.Id) is { } id)
            // Atom's must be absolute (RFC 4287 §4.2.6); one that is a path can only be meant against the base.
            return isAtom && id.StartsWith('/') ? Urls.Join(id, root.BaseUrl) ?? id : id;
        if (root.Attribute("rdf:about") is { Length: > 0 } about)
        {
            winners.Note(FeedField.Id, "rdf:about");
            return about;
        }

        return null;
    }

    private DateTimeOffset? UpdatedAttribute() =>
        root.Attribute("lastmod") is { } written && FeedDate.TryParse(written, options.AssumedZone, out var date) ? date : null;

    private IReadOnlyList<string> Authors()
    {
        // RFC 4287 §4.2.1: an entry without authors has those of its source; the feed's are the reader's to add.
        if (isAtom && hasSource && !people.Exists(People.IsAuthor))
            foreach (var child in source.Elements)
                if (People.Read(child) is { } person)
                    AddPerson(person, child);
        return FeedPeople.Names(people);
    }

    private string? Language(XmlFragment fragment)
    {
        var content = winners.Element(fragment, FeedField.Content) ?? root;
        return Languages.Clean((isAtom ? content.Language : null) ?? winners.Text(fragment, FeedField.Language) ?? root.Language);
    }

    private (string? Summary, string? Content) Body(XmlFragment fragment)
    {
        var content = winners.Element(fragment, FeedField.Content) is { } body ? HtmlOf(body) : null;
        string? summary = null;
        foreach (var node in summaries)
        {
            var html = HtmlOf(new(fragment, node));
            if (summary is null)
                SetSummary(ref summary, html, new(fragment, node));
            // Two different descriptions: the second is the longer one by custom, as in description and summary.
            else if (content is null && html != summary)
                content = html;
        }

        if (summary is null && borrowedSummary != XmlFragment.None)
            SetSummary(ref summary, HtmlOf(new(fragment, borrowedSummary)), new(fragment, borrowedSummary));
        return (summary, content);
    }

    private void SetSummary(ref string? summary, string? html, XmlElement from)
    {
        summary = html;
        if (html is not null)
            winners.Note(FeedField.Summary, EntryFields.NameOf(from.Vocabulary, from.Tag));
    }

    private string? HtmlOf(XmlElement element) =>
        TextConstruct.Of(element, isAtom || element.IsNativeTag(Tag.Content)).Html(element.BaseUrl);
}
