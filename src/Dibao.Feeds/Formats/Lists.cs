using Dibao.Feeds.Text;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>Categories, whichever way they are written.</summary>
internal sealed class FeedCategories
{
    private const int MaxItems = 100;
    private const string Itunes = "http://www.itunes.com/";
    private const string Media = "http://search.yahoo.com/mrss/category_schema";

    private readonly List<FeedCategory> found = [];

    public IReadOnlyList<FeedCategory> Found => found;

    /// <summary>The terms, each once.</summary>
    public IReadOnlyList<string> Terms => [.. found.Select(category => category.Term).Distinct()];

    public void Take(XmlElement child)
    {
        if (child.Tag is Tag.Keywords or Tag.Tags && EntryFields.Knows(child.Vocabulary, child.Tag))
            foreach (var keyword in KeywordsOf(child))
                Add(new(keyword, null, null));
        else if (child.Tag is Tag.Category or Tag.Subject && EntryFields.Knows(child.Vocabulary, child.Tag))
            TakeCategory(child);
        else if (child.Vocabulary == Vocabulary.Media && child.Tag is Tag.Group or Tag.Content)
            foreach (var inner in child.Elements)
                Take(inner);
    }

    private void TakeCategory(XmlElement category)
    {
        if (TermOf(category) is { } term)
            Add(new(term, SchemeOf(category), category.Attribute("label")));
        // iTunes has categories inside categories.
        foreach (var inner in category.Elements)
            if (inner.Tag == Tag.Category)
                TakeCategory(inner);
    }

    private void Add(FeedCategory category)
    {
        if (found.Count < MaxItems && !found.Contains(category))
            found.Add(category);
    }

    private static string? SchemeOf(XmlElement category) =>
        category.Attribute("scheme") ?? category.Attribute("domain") ?? category.Vocabulary switch
        {
            Vocabulary.Itunes => Itunes,
            Vocabulary.Media => Media,
            _ => null,
        };

    public static string[] KeywordsOf(XmlElement element) =>
        PlainText.FromHtml(element.Text()).Split([',', '，', '、', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>RSS's text or Atom's term; the label where there is neither.</summary>
    public static string? TermOf(XmlElement category) =>
        NonEmpty(category.Attribute("term")) ?? NonEmpty(category.HasElements ? null : category.Text()) ?? NonEmpty(category.Attribute("text"))
        ?? NonEmpty(category.Attribute("label")) ?? NonEmpty(category.Text());

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
