using Dibao.Feeds.Text;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>Who made it, out of the ways feeds write that.</summary>
internal static class People
{
    /// <summary>Null when the element names nobody or is about somebody else.</summary>
    public static FeedPerson? Read(XmlElement element)
    {
        var role = RoleOf(element);
        if (role is null)
            return null;
        return element.HasElements ? FromElements(element, role) : FromLine(PlainText.FromHtml(element.Text()), role);
    }

    private static string? RoleOf(XmlElement element) => (element.Vocabulary, element.Tag) switch
    {
        (Vocabulary.Rss or Vocabulary.Atom, Tag.Author or Tag.Creator) => "author",
        (Vocabulary.Rss or Vocabulary.Atom, Tag.ManagingEditor or Tag.Editor) => "editor",
        (Vocabulary.Rss or Vocabulary.Atom, Tag.WebMaster) => "webmaster",
        (Vocabulary.DublinCore or Vocabulary.DublinCoreTerms, Tag.Creator or Tag.Author) => "author",
        (Vocabulary.Itunes or Vocabulary.GooglePlay, Tag.Author) => "author",
        (Vocabulary.Itunes, Tag.Owner) => "owner",
        (Vocabulary.DublinCore or Vocabulary.DublinCoreTerms or Vocabulary.Atom or Vocabulary.Rss, Tag.Contributor) => "contributor",
        (Vocabulary.DublinCore or Vocabulary.DublinCoreTerms or Vocabulary.Rss, Tag.Publisher) => "publisher",
        _ => null,
    };

    /// <summary>An editor is the author where nobody else is named.</summary>
    public static bool IsAuthor(FeedPerson person) => person.Role is "author" or "editor";

    private static FeedPerson? FromElements(XmlElement element, string role)
    {
        string? name = null, email = null, url = null;
        foreach (var child in element.Elements)
            switch (child.Tag)
            {
                case Tag.Name or Tag.Title when name is null: name = PlainText.FromHtml(child.Text()); break;
                case Tag.Email when email is null: email = NonEmpty(child.Text()); break;
                case Tag.Uri or Tag.Url or Tag.Homepage when url is null: url = Urls.Resolve(child.Text(), child.BaseUrl); break;
            }

        if (string.IsNullOrEmpty(name) && email is null && url is null)
            return FromLine(PlainText.FromHtml(element.Text()), role);
        return new(NonEmpty(name) ?? email ?? "", email, url, role);
    }

    /// <summary>The name in <c>address (name)</c> (RSS 2.0) or <c>name &lt;address&gt;</c> (RFC 822); otherwise the line itself.</summary>
    private static FeedPerson? FromLine(string line, string role)
    {
        if (line.Length == 0)
            return null;
        var at = line.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
            return new(line, null, null, role);
        if (line.EndsWith(')') && line.IndexOf('(', StringComparison.Ordinal) is > 0 and var open)
            return open > at ? Of(line[(open + 1)..^1], line[..open], role) : Of(line[..open], line[(open + 1)..^1], role);
        if (line.EndsWith('>') && line.IndexOf('<', StringComparison.Ordinal) is > 0 and var bracket)
            return Of(line[..bracket], line[(bracket + 1)..^1], role);
        return IsAddress(line) ? new(line, line, null, role) : new(line, null, null, role);
    }

    private static FeedPerson Of(string name, string email, string role)
    {
        email = email.Trim();
        email = email.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? email[7..] : email;
        return new(NonEmpty(name.Trim(' ', '"', ',')) ?? email, email, null, role);
    }

    private static bool IsAddress(string line) => line.AsSpan().IndexOfAny(' ', '/') < 0;

    private static string? NonEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
