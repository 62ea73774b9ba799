using System.Text;

namespace Dibao.Feeds.Xml;

/// <summary>Writes an element's inside as HTML.</summary>
internal static class Markup
{
    /// <summary>
    /// Text alone is taken as the HTML it holds (escaped or CDATA). Where elements stand inside, they are written out: prefixes and
    /// namespace declarations dropped, text escaped, CDATA as it is.
    /// </summary>
    public static string Inner(XmlElement element)
    {
        if (!element.Elements.Any())
            return element.Text();
        return InnerXhtml(element);
    }

    /// <summary>Where even text alone is markup already read, so that a bracket in it is escaped again.</summary>
    public static string InnerXhtml(XmlElement element)
    {
        var html = new StringBuilder();
        AppendInside(element, html);
        return html.ToString().Trim();
    }

    private static void AppendInside(XmlElement element, StringBuilder html)
    {
        foreach (var child in element.Children)
            if (child is XmlTextNode text)
                html.Append(text.Verbatim ? text.Value : XmlText.Escape(text.Value));
            else
                AppendElement((XmlElement)child, html);
    }

    private static void AppendElement(XmlElement element, StringBuilder html)
    {
        html.Append('<').Append(element.Name);
        foreach (var (name, value) in element.Attributes)
            if (!name.StartsWith("xmlns", StringComparison.OrdinalIgnoreCase))
                html.Append(' ').Append(name).Append("=\"")
                    .Append(value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal))
                    .Append('"');
        if (FeedNames.IsVoid(element.Name))
        {
            html.Append(" />");
            return;
        }

        html.Append('>');
        AppendInside(element, html);
        html.Append("</").Append(element.Name).Append('>');
    }
}
