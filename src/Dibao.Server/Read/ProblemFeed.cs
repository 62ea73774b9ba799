using System.Text;
using System.Xml;
using Dibao.Capture.Coverage;

namespace Dibao.Server.Read;

/// <summary>What goes wrong, as a feed that an operator subscribes to: sources that cannot be read, articles that are missing, and when the archive itself was down.</summary>
/// <remarks>Source: RFC 4287. An entry keeps its identifier while its problem goes on, and is updated when it ends.</remarks>
public static class ProblemFeed
{
    private const string Namespace = "http://www.w3.org/2005/Atom";
    private const int MostTroubles = 100;
    private const int MostMissed = 1000;
    private const int MostLinks = 50;
    private const int DaysOfGaps = 90;

    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/sources/problems.atom", Problems).ExcludeFromDescription();

    private static IResult Problems(HttpContext context, ArchiveReader archive, ReaderOptions options)
    {
        var ui = Ui.Of(context);
        var urls = new ReaderUrls(options, context.Request);
        var entries = Entries(archive, ui, urls).OrderByDescending(entry => entry.Updated).ThenBy(entry => entry.Id, StringComparer.Ordinal).ToList();
        context.Response.Headers.CacheControl = "public, max-age=60";
        return Results.Bytes(Write(entries, $"{ui.Words.ProblemsTitle} · {options.Title}", ui, urls), "application/atom+xml; charset=utf-8");
    }

    private static IEnumerable<Notice> Entries(ArchiveReader archive, Ui ui, ReaderUrls urls)
    {
        var sources = archive.Sources().ToDictionary(health => health.Source.Id);
        foreach (var trouble in archive.Coverage.Troubles(MostTroubles))
        {
            if (sources.TryGetValue(trouble.SourceId, out var source)) yield return Of(trouble, source, ui, urls);
        }
        foreach (var day in archive.Coverage.Missed(MostMissed).GroupBy(entry => (entry.SourceId, Day: ui.Day(entry.FirstSeen))))
        {
            if (sources.TryGetValue(day.Key.SourceId, out var source)) yield return Of(day.Key.Day, [.. day], source, ui, urls);
        }
        foreach (var gap in archive.Coverage.Gaps(ui.Now.AddDays(-DaysOfGaps), ui.Now))
        {
            yield return new($"urn:dibao:gap:{gap.Began.ToUnixTimeMilliseconds()}", Ui.Format(ui.Words.ProblemGap, ui.Span(gap.Ended - gap.Began)),
                gap.Ended, urls.Of("/sources"), $"{Ui.Format(ui.Words.FromTo, ui.Moment(gap.Began), ui.Moment(gap.Ended))}. {ui.Words.GapsHint}");
        }
    }

    private static Notice Of(SourceTrouble trouble, SourceHealth source, Ui ui, ReaderUrls urls) => new(
        $"urn:dibao:trouble:{Name(source)}:{trouble.Began.ToUnixTimeMilliseconds()}",
        Ui.Format(trouble.Ended is null ? ui.Words.ProblemTrouble : ui.Words.ProblemTroubleOver, Title(source)),
        trouble.Ended ?? trouble.Last, urls.Of($"/sources/{source.Source.Id}"),
        $"{source.Source.Url}\n{(trouble.Ended is { } ended ? Ui.Format(ui.Words.FromTo, ui.Moment(trouble.Began), ui.Moment(ended)) : Ui.Format(ui.Words.Since, ui.Moment(trouble.Began)))}"
        + $" · {Words.Count(ui.Words.Attempts, trouble.Attempts)}\n{trouble.Words}\n{ui.Words.WhatToDo} {Remedies.Of(trouble.Failure, ui.Words)}");

    private static Notice Of(DateOnly day, IReadOnlyList<MissedEntry> missed, SourceHealth source, Ui ui, ReaderUrls urls) => new(
        $"urn:dibao:missed:{Name(source)}:{day:yyyy-MM-dd}",
        $"{Ui.Format(Form(ui.Words.ProblemMissed, missed.Count), missed.Count, Title(source))} ({ui.ShortDay(day)})",
        missed.Max(entry => entry.LastSeen), urls.Of($"/sources/{source.Source.Id}"),
        string.Join('\n', missed.Take(MostLinks).Select(entry => $"{entry.Title} {entry.Url}\n  {entry.Why} {Remedies.Of(entry.Failure, ui.Words)}")));

    private static string Form(string forms, int count)
    {
        var parts = forms.Split('|');
        return count == 1 ? parts[0] : parts[^1];
    }

    private static string Title(SourceHealth source) => source.Source.Title ?? source.Outlet.Name;

    // By address, not by number: a rebuild may number sources anew.
    private static string Name(SourceHealth source) => Digest.OfText(source.Source.Url).ToHex()[..16];

    private static byte[] Write(IReadOnlyList<Notice> entries, string title, Ui ui, ReaderUrls urls)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Settings))
        {
            xml.WriteStartElement("feed", Namespace);
            xml.WriteAttributeString("xml", "lang", null, ui.Words.HtmlLang);
            Element(xml, "id", urls.Of("/sources/problems.atom"));
            Element(xml, "title", title);
            Element(xml, "updated", Time(entries.Count > 0 ? entries[0].Updated : DateTimeOffset.UnixEpoch));
            Link(xml, "self", urls.Of("/sources/problems.atom"));
            Link(xml, "alternate", urls.Of("/sources"));
            xml.WriteStartElement("author", Namespace);
            Element(xml, "name", "Dibao");
            xml.WriteEndElement();
            foreach (var entry in entries) Write(xml, entry);
            xml.WriteEndElement();
        }
        return bytes.ToArray();
    }

    private static void Write(XmlWriter xml, Notice entry)
    {
        xml.WriteStartElement("entry", Namespace);
        Element(xml, "id", entry.Id);
        Element(xml, "title", entry.Title);
        Element(xml, "updated", Time(entry.Updated));
        Link(xml, "alternate", entry.Url);
        xml.WriteStartElement("content", Namespace);
        xml.WriteAttributeString("type", "text");
        xml.WriteString(Publish.Feeds.XmlText.Clean(entry.Text));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string relation, string url)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", url);
        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Namespace, Publish.Feeds.XmlText.Clean(text));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    private sealed record Notice(string Id, string Title, DateTimeOffset Updated, string Url, string Text);
}
