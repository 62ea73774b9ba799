using System.Collections.Frozen;
using Dibao.Extract.Body;
using Dibao.Extract.Markup;
using Dibao.Extract.Metadata;
using Dibao.Extract.Page;

namespace Dibao.Extract.Dates;

/// <summary>The publication and modification times that a page states, each with how often its place is right.</summary>
internal sealed class StatedTimes
{
    private const int MaxLine = 120;
    private const int MaxOpening = 48;

    // Of those with a text, between a day and the headline.
    private const int NearBlocks = 3;

    // "Posted on … by Ida Lund in News": letters that are none of the date's.
    private const int MaxBesideShown = 32;

    // What a page shows of days before is what it tells of, not when it was published.
    private const int FirstWebYear = 1992;

    private static readonly string[] Published =
    [
        "article:published_time", "og:article:published_time", "article:published", "og:published_time", "datepublished", "publishdate", "publish_date", "pubdate", "publishtime", "publish-date", "article.published",
        "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "citation_date", "citation_publication_date", "citation_online_date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
        "article:create_at", "bytedance:published_time", "originalpublicationdate", "article_date_original", "publication_date", "date.created", "iso-8601-publish-date", "uploaddate", "rnews:datepublished", "og:pubdate", "published_at", "creation_date",
    ];

    private static readonly string[] PublishedPerhaps = ["dcterms.date", "dc.date", "last.published", "og:release_date", "sort_date", "datecreated", "timestamp"];

    private static readonly string[] Modified =
    [
        "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified", "dcterms.modified", "dc.date.modified", "revised", "article:updated", "article:update_at",
        "bytedance:updated_time", "article:modified", "updated_time", "modified", "dateupdate", "last_updated_date", "moddate",
    ];

    // Those that are read above, and those whose days are of something else.
    private static readonly FrozenSet<string> Known = new[] { "expires", "article:expiration_time", "unavailable_after", "date-expires", "copyright" }.Concat(Published).Concat(PublishedPerhaps).Append("date").Concat(Modified).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> UpdateWords = new[] { "updated", "modified", "update", "lastmodified", "lastupdated", "dtmodified" }.ToFrozenSet(StringComparer.Ordinal);

    // Of these alone a page need not have been asked for more.
    private static readonly FrozenSet<DayFact> Weak = new[]
    {
        DayFact.Shown, DayFact.ShownFirst, DayFact.ShownBefore, DayFact.ShownAfter, DayFact.ShownTimed, DayFact.ShownBare, DayFact.DataChange, DayFact.MetaChange, DayFact.PropertyChange,
    }.ToFrozenSet();

    private static readonly string[] MadeProperties = ["datecreated", "uploaddate"];

    private readonly PageTree _tree;
    private readonly PageMarks _marks;
    private readonly string? _locale;
    private readonly DateTimeOffset? _fetched;

    private StatedTimes(PageTree tree, PageMarks marks, string? locale, DateTimeOffset? fetched) =>
        (_tree, _marks, _locale, _fetched) = (tree, marks, locale, fetched);

    public List<DayClaim> OfPublication { get; } = [];

    public List<Claim<DateReading>> OfChange { get; } = [];

    /// <param name="lines">The short lines around the headline, in order.</param>
    /// <param name="locale">Decides the order of day and month.</param>
    public static StatedTimes Collect(LinkedData data, MetaTags tags, PageTree tree, PageMarks marks, IReadOnlyList<string> lines, IReadOnlyList<ShownDay> shown, string? locale, DateTimeOffset? fetched)
    {
        var times = new StatedTimes(tree, marks, locale, fetched);
        times.Add(data.Published, FoundIn.JsonLd, !data.IsWritten ? DayFact.DataOfOther : data.Published == data.Modified ? DayFact.DataForBoth : DayFact.Data);
        times.Add(data.PageMade, FoundIn.JsonLd, DayFact.DataOfPage);
        times.AddChange(data.Modified, FoundIn.JsonLd, 0.9, DayFact.DataChange);
        foreach (var name in Published) times.Add(tags.First(name), FoundIn.Meta, DayFact.Meta);
        times.Add(tags.First("date"), FoundIn.Meta, DayFact.MetaDate);
        foreach (var name in PublishedPerhaps) times.Add(tags.First(name), FoundIn.Meta, DayFact.MetaPerhaps);
        foreach (var name in Modified) times.AddChange(tags.First(name), FoundIn.Meta, 0.85, DayFact.MetaChange);
        times.AddOtherTags(tags);
        times.AddTitle(tags.Title);
        times.AddMicrodata();
        times.AddAttributes();
        times.AddMarked();
        foreach (var line in lines) times.AddLine(line, DayFact.LineNear);
        times.AddShown(shown);
        return times;
    }

    /// <summary>A line that stands where a date is expected.</summary>
    public void AddLine(string? text, DayFact place)
    {
        foreach (var part in DayLines.Parts(text ?? "")) AddPart(part, place);
    }

    private void AddPart(string text, DayFact place)
    {
        if (!IsLine(text, out var reading) || reading.Day.Year < FirstWebYear) return;
        if (DayLines.IsUpdate(text))
        {
            OfChange.Add(new(reading, FoundIn.Text, 0.5));
            place = DayFact.LineChanged; // A page that shows no other date gives itself this one.
        }
        else if (DayLines.IsPublication(text))
        {
            place = DayFact.LinePublished;
        }

        OfPublication.Add(new(reading, FoundIn.Text, place));
    }

    /// <summary>What a page's scripts would show, of a page that says nothing else.</summary>
    public void AddState(string html)
    {
        if (!OfPublication.Exists(claim => !claim.Elsewhere && !Weak.Contains(claim.Place))) Add(ApplicationState.Published(html, _locale), FoundIn.Script, DayFact.Script);
    }

    /// <summary>What the operator's rule points at.</summary>
    public void AddRuled(string? text)
    {
        if (text is not null && IsLine(text, out var reading)) OfPublication.Add(new(reading, FoundIn.SiteRule, DayFact.Rule));
    }

    private bool IsLine(string text, out DateReading reading)
    {
        if (DateText.TryRead(text, _locale, out reading)) return reading.Rest <= 48;
        if (_fetched is not { } now) return false;
        if (DateText.TryReadYearless(text, _locale, DateOnly.FromDateTime(now.UtcDateTime.AddDays(1)), out reading)) return reading.Rest <= 24;
        if (!RelativeTime.TryRead(text, now, out var time)) return false;
        reading = new DateReading(DateOnly.FromDateTime(time.UtcDateTime), TimeOnly.FromDateTime(time.UtcDateTime), TimeSpan.Zero, 0);
        return true;
    }

    private void Add(string? text, FoundIn source, DayFact place)
    {
        if (IsStated(text, out var reading)) OfPublication.Add(new(reading, source, place));
    }

    private void AddChange(string? text, FoundIn source, double weight, DayFact place)
    {
        if (!IsStated(text, out var reading)) return;
        OfChange.Add(new(reading, source, weight));
        OfPublication.Add(new(reading, source, place));
    }

    private bool IsStated(string? text, out DateReading reading)
    {
        reading = default;
        return text is not null && DateText.TryRead(text, _locale, out reading) && reading.Day.Year >= 1971 && !IsFuture(reading);
    }

    private bool IsFuture(DateReading reading) => _fetched is { } now && reading.Day > DateOnly.FromDateTime(now.UtcDateTime).AddDays(2);

    // Of names that nobody listed, what they are made of: published-date, articlePublishDate, dc:created.
    private void AddOtherTags(MetaTags tags)
    {
        foreach (var (name, value) in tags.Each)
        {
            if (value.Length > MaxOpening || Known.Contains(name) || !value.AsSpan().ContainsAnyInRange('0', '9')) continue;
            if (name.Contains("publi", StringComparison.Ordinal) || name.Contains("pubdate", StringComparison.Ordinal)) Add(value, FoundIn.Meta, DayFact.Meta);
            else if (name.Contains("modif", StringComparison.Ordinal) || name.Contains("updat", StringComparison.Ordinal)) AddChange(value, FoundIn.Meta, 0.8, DayFact.MetaChange);
            else if (name.Contains("date", StringComparison.Ordinal) || name.Contains("created", StringComparison.Ordinal)) Add(value, FoundIn.Meta, DayFact.MetaPerhaps);
        }
    }

    // "23.01.2022 - The council has met": the day stands alone between dividers.
    private void AddTitle(string? title)
    {
        foreach (var part in title?.Split([" - ", " – ", " | ", " : ", ", "], StringSplitOptions.TrimEntries) ?? [])
            if (part.Length < MaxOpening && DateText.TryRead(part, _locale, out var reading) && reading.Rest == 0 && reading.Day.Year >= FirstWebYear && !IsFuture(reading)) OfPublication.Add(new(reading, FoundIn.DocumentTitle, DayFact.Title));
    }

    private void AddMicrodata()
    {
        Add(_marks.Property(_tree, "datepublished"), FoundIn.Microdata, DayFact.Property);
        foreach (var name in MadeProperties) Add(_marks.Property(_tree, name), FoundIn.Microdata, DayFact.PropertyMade);
        AddChange(_marks.Property(_tree, "datemodified"), FoundIn.Microdata, 0.8, DayFact.PropertyChange);
    }

    private void AddAttributes()
    {
        foreach (var frame in _marks.Frames)
        {
            // id="news20190624_k100119"
            var element = _tree.Element(frame)!;
            if (UrlDay.Of(element.Id) is { } day && new DateReading(day, null, null, 0) is var named && !IsFuture(named)) OfPublication.Add(new(named, FoundIn.Markup, DayFact.Attribute));
            foreach (var attribute in element.Attributes)
            {
                if (!attribute.NameBegins("data-") || !(Names(attribute, "pub") || Names(attribute, "date"))) continue;
                if (Names(attribute, "mod") || Names(attribute, "updat") || Names(attribute, "end") || Names(attribute, "expir")) continue;
                if (attribute.Value is { Length: <= MaxOpening } value) Add(value, FoundIn.Markup, DayFact.Attribute);
            }
        }

        static bool Names(MarkupAttributes attribute, string word) => attribute.Name.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    private void AddMarked()
    {
        var first = true;
        foreach (var i in _marks.Times)
        {
            var element = _tree.Element(i)!;
            var shown = _tree.FoldedText(i, MaxLine, apart: true);
            var change = ClutterWords.AnyWord(element.GetAttribute("class"), UpdateWords) || DayLines.IsUpdate(shown);
            var place = change ? DayFact.LineChanged : element.HasAttribute("pubdate") || element.LocalName is "abbr" or "span" ? DayFact.TimeMarked : first ? DayFact.TimeFirst : DayFact.TimeLater;
            var stated = element.GetAttribute("datetime") ?? (element.LocalName is "abbr" or "span" ? element.GetAttribute("title") : null);
            if (change) AddChange(stated, FoundIn.Markup, 0.55, place);
            else Add(stated, FoundIn.Markup, place);
            if (stated is null) AddLine(shown, place);
            if (!change) first = false;
        }

        var dated = new List<(string Text, DateOnly Day)>();
        foreach (var i in _marks.Dated)
            if (_tree.FoldedText(i, MaxLine, apart: true) is { Length: > 4 and < MaxLine } shown && IsLine(shown, out var reading)) dated.Add((shown, reading.Day));
        // One day is the article's; several are those of a list, of which the article is the likelier the earlier it stands.
        var days = dated.Select(d => d.Day).Distinct().Count();
        foreach (var ((text, _), at) in dated.DistinctBy(d => d.Day).Take(4).Select((d, at) => (d, at)))
            AddLine(text, days == 1 ? DayFact.NamedOnly : at == 0 ? DayFact.NamedFirst : DayFact.NamedLater);
    }

    private void AddShown(IReadOnlyList<ShownDay> shown)
    {
        var (first, firstElsewhere) = (true, true);
        foreach (var day in shown)
        {
            var isLine = day.Form is ShownForm.Short or ShownForm.Time;
            if (!DateText.TryRead(day.Text, _locale, out var reading) || (isLine && reading.Rest > MaxBesideShown) || reading.Day.Year < FirstWebYear || IsFuture(reading)) continue;
            if (!isLine)
            {
                OfPublication.Add(new(reading, FoundIn.Text, day.Form == ShownForm.Opening ? DayFact.Opening : DayFact.Sentence));
                continue;
            }

            foreach (var fact in OfShown(day, reading)) OfPublication.Add(new(reading, FoundIn.Text, fact, day.Elsewhere));
            if (!day.AfterHeadline || !(day.Elsewhere ? firstElsewhere : first)) continue;
            OfPublication.Add(new(reading, FoundIn.Text, day.Elsewhere ? DayFact.ElsewhereFirst : DayFact.ShownFirst, day.Elsewhere));
            if (day.Elsewhere) firstElsewhere = false;
            else first = false;
        }
    }

    private static IEnumerable<DayFact> OfShown(ShownDay day, DateReading reading)
    {
        yield return day.Elsewhere ? DayFact.ShownElsewhere : DayFact.Shown;
        if (day.Form == ShownForm.Time) yield return DayFact.ElsewhereTime;
        if (day.Blocks is >= -NearBlocks and <= 0) yield return DayFact.ShownBefore;
        if (day.Blocks is > 0 and <= NearBlocks) yield return DayFact.ShownAfter;
        if (reading.Time is not null && !day.Elsewhere) yield return DayFact.ShownTimed;
        if (reading.Rest == 0) yield return DayFact.ShownBare;
    }
}
