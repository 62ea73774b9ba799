using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>A category's parts, whichever way they are written.</summary>
internal static class FeedCategories
{
    /// <summary>RSS's text or Atom's term; the label where there is neither.</summary>
    public static string? TermOf(XmlElement category) =>
        NonEmpty(category.Attribute("term")) ?? NonEmpty(category.Text()) ?? NonEmpty(category.Attribute("text")) ?? NonEmpty(category.Attribute("label"));

    public static FeedCategory? Read(XmlElement category) =>
        TermOf(category) is { } term
            ? new(term, category.Attribute("scheme") ?? category.Attribute("domain"), category.Attribute("label"))
            : null;

    private static string? NonEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

internal static class FeedPeople
{
    /// <summary>The authors' names, each once.</summary>
    public static IReadOnlyList<string> Names(List<FeedPerson> people)
    {
        List<string>? names = null;
        // An editor or a webmaster stands for the authors only where there are none.
        foreach (var person in people)
            if (People.IsAuthor(person) && person.Name.Length > 0 && names?.Contains(person.Name) != true)
                (names ??= []).Add(person.Name);
        return names ?? (IReadOnlyList<string>)[];
    }
}

internal static class Languages
{
    /// <summary><c>en_us</c> is meant as <c>en-us</c>; blank means nothing.</summary>
    public static string? Clean(string? written) =>
        string.IsNullOrWhiteSpace(written) ? null : written.Trim().Replace('_', '-');
}
