using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>An RSS item's summary and full text.</summary>
internal readonly record struct EntryText(string? Summary, string? Content)
{
    public static EntryText Of(XmlElement item)
    {
        var summaries = Summaries(item).Select(element => TextConstruct.Rss(element).Html).Distinct().ToList();
        var content = ContentOf(item);
        // Two different descriptions: the second is the longer one by custom, as in description and summary.
        content ??= summaries.Count > 1 ? summaries[1] : null;
        return new(summaries.FirstOrDefault(), content);
    }

    private static string? ContentOf(XmlElement item)
    {
        var element = item.All(Vocabulary.Content, "encoded").FirstOrDefault(HasInside)
            ?? item.Elements.FirstOrDefault(child => child.Name is "fullitem" or "content-encoded" && HasInside(child))
            ?? item.All(Vocabulary.Xhtml, "body").Concat(item.All(Vocabulary.Xhtml, "div")).FirstOrDefault(HasInside)
            ?? item.Native("body").FirstOrDefault(HasInside);
        if (element is not null)
            return TextConstruct.Rss(element).Html;
        return item.Native("content").FirstOrDefault(HasInside) is { } atom ? TextConstruct.Atom(atom).Html : null;
    }

    private static IEnumerable<XmlElement> Summaries(XmlElement item)
    {
        var own = item.Elements.Where(child => child.Name is "description" or "summary" or "abstract" && child.IsNative());
        var borrowed = item.Elements.Where(child =>
            child.Name is "description" && child.Vocabulary is Vocabulary.DublinCore ||
            child.Name is "abstract" && child.Vocabulary is Vocabulary.DublinCoreTerms ||
            child.Name is "summary" && child.Vocabulary is Vocabulary.Itunes);
        var filled = own.Where(HasInside).ToList();
        var media = Attachments.Media(item).Where(element => element.Name == "description");
        return filled.Count > 0 ? filled : borrowed.Concat(media).Where(HasInside).Take(1);
    }

    private static bool HasInside(XmlElement element) =>
        element.Children.Count > 1 || element.Elements.Any() || element.Text().Length > 0;
}
