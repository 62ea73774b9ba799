using Dibao.Extract.Markup;


namespace Dibao.Extract.Metadata;

/// <summary>The attributes by which an element says what it holds, read in one go: a page has thousands of elements, and each is asked for nine.</summary>
internal readonly ref struct MarkAttributes
{
    private MarkAttributes(MarkupElement element)
    {
        foreach (var attribute in element.Attributes)
        {
            switch (attribute.Name)
            {
                case "class": Class ??= attribute.Value; break;
                case "id": Id ??= attribute.Value; break;
                case "rel": Rel ??= attribute.Value; break;
                case "itemprop": ItemProperty ??= attribute.Value; break;
                case "property": Property ??= attribute.Value; break;
                case "itemtype": ItemType ??= attribute.Value; break;
                case "pubdate": HasPublicationMark = true; break;
            }
        }
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
