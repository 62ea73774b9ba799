using System.Globalization;
using Dibao.Feeds.Text;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>What a feed says of itself: everything that is no entry.</summary>
internal sealed class HeadReader(FeedFraming framing, XmlElement root, FeedOptions options)
{
    private readonly FieldWinners winners = new(options);
    private readonly List<FeedLink> links = [];
    private readonly List<FeedPerson> people = [];
    private readonly FeedCategories categories = new();
    private readonly XmlFragment head = root.Fragment;
    private readonly List<FeedElement> extensions = [];
    private (int Rank, string? Url) link = (int.MaxValue, null);
    private string? image;
    private string? movedTo;
    private readonly FeedSchedule schedule = new();

    private bool IsAtom => framing.Format == FeedFormat.Atom;

    public Feed Read()
    {
        winners.Clear();
        foreach (var child in root.Elements)
            Take(child);
        var titled = winners.Element(head, FeedField.Title);
        var title = titled is { } element ? TextConstruct.Of(element, IsAtom) : new("", IsHtml: false);
        return new()
        {
            Format = framing.Format!.Value,
            Version = Version(),
            Encoding = "",
            TitleRaw = title.Markup(titled?.BaseUrl),
            Title = title.Plain,
            Link = link.Url ?? LinkFromId() ?? LinkFromAttribute(),
            Id = Id(),
            SelfUrl = links.Find(found => found.Relation == "self")?.Url ?? Urls.Resolve(framing.Channel?.Attribute("self"), framing.Outside.Base),
            Hubs = [.. links.Where(found => found.Relation == "hub").Select(found => found.Url).Distinct()],
            NextPage = links.Find(found => found.Relation == "next")?.Url,
            MovedTo = movedTo,
            Language = Language(),
            Subtitle = Html(FeedField.Summary),
            Updated = winners.Date(FeedField.Updated) ?? Attribute("lastmod"),
            Published = winners.Date(FeedField.Published),
            Authors = FeedPeople.Names(people),
            People = people,
            Categories = categories.Terms,
            CategoryDetails = categories.Found,
            Links = links,
            Image = image,
            Icon = Urls.Resolve(winners.Text(head, FeedField.Icon), root.BaseUrl),
            Rights = Html(FeedField.Rights),
            Generator = Generator(),
            GeneratorUrl = GeneratorUrl(),
            GeneratorVersion = winners.Element(head, FeedField.Generator)?.Attribute("version"),
            TimeToLive = schedule.TimeToLive,
            SkipHours = schedule.SkipHours,
            SkipDays = schedule.SkipDays,
            Extensions = extensions,
            Origins = winners.Origins,
        };
    }

    private void Take(XmlElement child)
    {
        winners.Offer(child, EntryFields.ForFeed(child.Vocabulary, child.Tag));
        if (!EntryFields.KnowsOfFeed(child.Vocabulary, child.Tag))
            extensions.Add(FeedElement.Of(child));
        switch (child.Tag)
        {
            case Tag.Link when child.IsNative: TakeLink(child); break;
            case Tag.Category or Tag.Subject or Tag.Keywords or Tag.Tags: categories.Take(child); break;
            case Tag.NewFeedUrl when child.Vocabulary == Vocabulary.Itunes: movedTo ??= Urls.Resolve(child.Text(), child.BaseUrl); break;
            case Tag.NewLocation when child.IsNative: movedTo ??= Urls.Resolve(child.Text(), child.BaseUrl); break;
            case Tag.Link when child.Vocabulary == Vocabulary.Itunes && child.AttributeIs("rel", "image"):
            case Tag.Image or Tag.Logo when child.IsNative:
            case Tag.Image when child.Vocabulary is Vocabulary.Itunes or Vocabulary.GooglePlay:
            case Tag.Thumbnail when child.Vocabulary == Vocabulary.Media:
                TakeImage(child);
                break;
            default:
                schedule.Take(child);
                if (People.Read(child) is { } person && !people.Contains(person))
                    people.Add(person);
                break;
        }
    }

    private void TakeLink(XmlElement child)
    {
        if (Links.Read(child) is not { } found)
            return;
        links.Add(found);
        if (Links.RankOf(child, IsAtom) is not { } rank || rank >= link.Rank)
            return;
        link = (rank, found.Url);
        winners.Take(FeedField.Link, child, rank);
    }

    private void TakeImage(XmlElement child)
    {
        image ??= Urls.Resolve(LeadImage.UrlOf(child), child.BaseUrl);
        if (image is not null)
            winners.Note(FeedField.Image, EntryFields.NameOf(child.Vocabulary, child.Tag));
    }

    // CDF.
    private string? LinkFromAttribute()
    {
        if (Urls.Resolve(framing.Channel?.Attribute("href"), framing.Outside.Base) is not { } url)
            return null;
        links.Add(new(url, "alternate", null, null, null, null));
        return url;
    }

    private string? LinkFromId() =>
        IsAtom && winners.Text(head, FeedField.Id) is { } id && Urls.IsHttp(id) ? id : null;

    private string? Id()
    {
        if (winners.Text(head, FeedField.Id) is not { } id)
            return framing.Channel?.Attribute("rdf:about");
        return IsAtom && id.StartsWith('/') ? Urls.Join(id, root.BaseUrl) ?? id : id;
    }

    private string? Language()
    {
        var written = winners.Text(head, FeedField.Language);
        var inherited = framing.Channel?.Context.Language ?? framing.Root?.Context.Language;
        return Languages.Clean((IsAtom ? inherited ?? written : written ?? inherited) ?? options.ContentLanguage);
    }

    private string? Html(FeedField field) =>
        winners.Element(head, field) is { } element ? TextConstruct.Of(element, IsAtom).Html(element.BaseUrl) : null;

    private string? Generator()
    {
        var element = winners.Element(head, FeedField.Generator);
        return element is null ? null : PlainText.FromHtml(element.Value.Text()) is { Length: > 0 } text ? text : element.Value.Attribute("rdf:resource");
    }

    private string? GeneratorUrl() =>
        winners.Element(head, FeedField.Generator) is { } element
            ? Urls.Resolve(element.Attribute("uri") ?? element.Attribute("url") ?? element.Attribute("rdf:resource"), element.BaseUrl)
            : null;

    private DateTimeOffset? Attribute(string name) =>
        framing.Channel?.Attribute(name) is { } written && FeedDate.TryParse(written, options.AssumedZone, out var date) ? date : null;

    private string Version()
    {
        if (framing.Root is not { } root)
            return "";
        if (framing.Format is FeedFormat.Rdf)
            return HasNamespace(root, "netscape.com") ? "0.90" : HasNamespace(root, "rss1.1") ? "1.1" : "1.0";
        if (root.Attribute("version")?.Trim() is { Length: > 0 } version)
            return version;
        if (framing.Format is FeedFormat.Sitemap or FeedFormat.SitemapIndex)
            return HasNamespace(root, "0.84") ? "0.84" : "0.9";
        if (framing.Format is not FeedFormat.Atom)
            return "";
        return root.Vocabulary == Vocabulary.Atom && HasNamespace(root, "purl.org/atom/ns") ? "0.3" : "1.0";
    }

    private static bool HasNamespace(XmlFrame root, string part) =>
        Array.Exists(root.Attributes, attribute => attribute.Value.Contains(part, StringComparison.OrdinalIgnoreCase));
}

/// <summary>When the publisher wants the feed to be asked for.</summary>
/// <remarks>RSS 2.0 <c>ttl</c>, <c>skipHours</c>, <c>skipDays</c>; RSS 1.0 syndication module.</remarks>
internal sealed class FeedSchedule
{
    private readonly List<int> hours = [];
    private readonly List<DayOfWeek> days = [];
    private TimeSpan? ttl;
    private TimeSpan? period;
    private int frequency = 1;

    public TimeSpan? TimeToLive => ttl ?? period / frequency;

    public IReadOnlyList<int> SkipHours => hours;

    public IReadOnlyList<DayOfWeek> SkipDays => days;

    public void Take(XmlElement child)
    {
        switch (child.Tag)
        {
            case Tag.Ttl when child.IsNative && Positive(child.Text()) is { } minutes: ttl ??= TimeSpan.FromMinutes(minutes); break;
            case Tag.UpdatePeriod when child.Vocabulary == Vocabulary.Syndication: period ??= Period(child.Text()); break;
            case Tag.UpdateFrequency when child.Vocabulary == Vocabulary.Syndication: frequency = Positive(child.Text()) ?? 1; break;
            case Tag.SkipHours when child.IsNative: TakeHours(child); break;
            case Tag.SkipDays when child.IsNative: TakeDays(child); break;
        }
    }

    // Some count to 24.
    private void TakeHours(XmlElement parent)
    {
        foreach (var child in parent.Elements)
            if (int.TryParse(child.Text(), NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour <= 24 && !hours.Contains(hour % 24))
                hours.Add(hour % 24);
    }

    private void TakeDays(XmlElement parent)
    {
        foreach (var child in parent.Elements)
            if (Enum.TryParse<DayOfWeek>(child.Text(), ignoreCase: true, out var day) && Enum.IsDefined(day) && !days.Contains(day))
                days.Add(day);
    }

    private static TimeSpan? Period(string text) => text.ToLowerInvariant() switch
    {
        "hourly" => TimeSpan.FromHours(1),
        "daily" => TimeSpan.FromDays(1),
        "weekly" => TimeSpan.FromDays(7),
        "monthly" => TimeSpan.FromDays(30),
        "yearly" => TimeSpan.FromDays(365),
        _ => null,
    };

    private static int? Positive(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1_000_000
            ? number
            : null;
}
