using Dibao.Feeds.Text;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>Names of authors out of the ways feeds write them.</summary>
internal static class People
{
    public static IReadOnlyList<string> Of(XmlElement parent) =>
        Elements.Distinct(parent.Elements.Where(IsAuthor).Select(NameOf));

    private static bool IsAuthor(XmlElement element) => (element.Vocabulary, element.Name) switch
    {
        (Vocabulary.Rss or Vocabulary.Atom, "author" or "managingeditor" or "creator") => true,
        (Vocabulary.DublinCore, "creator" or "author") => true,
        (Vocabulary.DublinCoreTerms, "creator") => true,
        (Vocabulary.Itunes, "author") => true,
        _ => false,
    };

    private static string NameOf(XmlElement element)
    {
        var name = element.Elements.FirstOrDefault(child => child.Name == "name");
        if (name is not null)
            return PlainText.FromHtml(name.Text());
        return element.Elements.Any(child => child.Name is "email" or "uri" or "url")
            ? element.Elements.FirstOrDefault(child => child.Name == "email")?.Text() ?? ""
            : FromLine(PlainText.FromHtml(element.Text()));
    }

    /// <summary>The name in <c>address (name)</c> (RSS 2.0) or <c>name &lt;address&gt;</c> (RFC 822); otherwise the line itself.</summary>
    public static string FromLine(string line)
    {
        var at = line.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
            return line;
        if (line.EndsWith(')') && line.IndexOf('(', StringComparison.Ordinal) is > 0 and var open)
            return open > at ? line[(open + 1)..^1].Trim() : line[..open].Trim();
        return line.IndexOf('<', StringComparison.Ordinal) is > 0 and var bracket ? line[..bracket].Trim(' ', '"') : line;
    }
}
