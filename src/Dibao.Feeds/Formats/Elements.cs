using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>Looking things up among an element's children, whatever vocabulary a publisher chose for them.</summary>
internal static class Elements
{
    /// <summary>RSS's or Atom's own names.</summary>
    public static bool IsNative(this XmlElement element) => element.Vocabulary is Vocabulary.Rss or Vocabulary.Atom;

    public static IEnumerable<XmlElement> Native(this XmlElement parent, string name) =>
        parent.Elements.Where(child => child.Name == name && child.IsNative());

    public static IEnumerable<XmlElement> All(this XmlElement parent, Vocabulary vocabulary, string name) =>
        parent.Elements.Where(child => child.Name == name && child.Vocabulary == vocabulary);

    /// <summary>The first that has something in it.</summary>
    public static XmlElement? FirstFilled(this IEnumerable<XmlElement> elements) =>
        elements.FirstOrDefault(element => element.Children.Count > 0 && element.Text().Length > 0);

    public static string? FirstText(this IEnumerable<XmlElement> elements) => elements.FirstFilled()?.Text();

    /// <summary>The first date that can be read, in the order given.</summary>
    public static DateTimeOffset? FirstDate(params ReadOnlySpan<IEnumerable<XmlElement>> candidates)
    {
        foreach (var elements in candidates)
            foreach (var element in elements)
                if (FeedDate.TryParse(element.Text(), out var utc))
                    return utc;
        return null;
    }

    /// <summary>Non-empty values, each once, order kept.</summary>
    public static IReadOnlyList<string> Distinct(IEnumerable<string?> values) =>
        [.. values.Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value!.Trim()).Distinct()];

    /// <summary><c>en_us</c> is meant as <c>en-us</c>; blank means nothing.</summary>
    public static string? Language(string? written) =>
        string.IsNullOrWhiteSpace(written) ? null : written.Trim().Replace('_', '-');
}
