using Dibao.Extract.Markup;

namespace Dibao.Extract.Metadata;

/// <summary>The attributes by which an element says what it holds, read in one go: a page has thousands of elements, and each is asked for nine.</summary>
internal readonly ref struct MarkAttributes
{
    private MarkAttributes(MarkupElement element)
    {
        Class = element.GetAttribute("class");
        Id = element.GetAttribute("id");
        Rel = element.GetAttribute("rel");
        ItemProperty = element.GetAttribute("itemprop");
        Property = element.GetAttribute("property");
        ItemType = element.GetAttribute("itemtype");
        HasPublicationMark = element.HasAttribute("pubdate");
    }

    public string? Class { get; }

    public string? Id { get; }

    public string? Rel { get; }

    public string? ItemProperty { get; }

    /// <summary>RDFa's.</summary>
    public string? Property { get; }

    public string? ItemType { get; }

    public bool HasPublicationMark { get; }

    public static MarkAttributes Of(MarkupElement element) => new(element);
}
