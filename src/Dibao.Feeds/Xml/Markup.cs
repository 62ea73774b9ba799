using Dibao.Feeds.Text;

namespace Dibao.Feeds.Xml;

/// <summary>Writes an element's inside as HTML.</summary>
internal static class Markup
{
    /// <summary>
    /// Text alone is taken as the HTML it holds (escaped or CDATA). Where elements stand inside, they are written out: prefixes
    /// dropped, names of HTML in lower case, attributes in the order of their names as Canonical XML has it, text escaped, CDATA as it is.
    /// The same content is then the same text whatever program wrote the feed.
    /// </summary>
    public static string Inner(XmlElement element) => element.HasElements ? InnerXhtml(element) : element.Text();

    /// <summary>Where even text alone is markup already read, so that a bracket in it is escaped again.</summary>
    public static string InnerXhtml(XmlElement element)
    {
        var (fragment, html) = (element.Fragment, new TextBuffer());
        AppendInside(fragment, element.Index, html);
        return html.ToTrimmedString();
    }

    private static void AppendInside(XmlFragment fragment, int parent, TextBuffer html)
    {
        for (var at = fragment[parent].FirstChild; at != XmlFragment.None; at = fragment[at].Next)
        {
            ref var node = ref fragment[at];
            if (node.Kind == XmlNodeKind.Element)
                AppendElement(fragment, at, html);
            else if (node.Kind == XmlNodeKind.CData)
                XmlText.Append(fragment[node.Span], verbatim: true, fragment.Entities, html);
            else
                AppendEscaped(fragment, node.Span, html);
        }
    }

    private static void AppendEscaped(XmlFragment fragment, TextSpan span, TextBuffer html)
    {
        var text = fragment.Scratch;
        text.Clear();
        XmlText.Append(fragment[span], verbatim: false, fragment.Entities, text);
        XmlText.AppendEscaped(text.Span, html);
    }

    private static void AppendElement(XmlFragment fragment, int index, TextBuffer html)
    {
        var element = new XmlElement(fragment, index);
        html.Append('<');
        AppendName(element, html);
        AppendAttributes(element, html);
        if (element.Tag.IsVoid())
        {
            html.Append(" />");
            return;
        }

        html.Append('>');
        AppendInside(fragment, index, html);
        html.Append("</");
        AppendName(element, html);
        html.Append('>');
    }

    // SVG and MathML tell cases apart, HTML does not.
    private static void AppendName(XmlElement element, TextBuffer html)
    {
        var name = element.LocalName;
        if (element.Vocabulary is Vocabulary.Svg or Vocabulary.MathMl || !name.ContainsAnyInRange('A', 'Z'))
            html.Append(name);
        else
            foreach (var character in name)
                html.Append(char.ToLowerInvariant(character));
    }

    private static void AppendAttributes(XmlElement element, TextBuffer html)
    {
        var written = element.Attributes;
        Span<XmlAttribute> sorted = stackalloc XmlAttribute[written.Length];
        written.CopyTo(sorted);
        for (var i = 1; i < sorted.Length; i++)
            for (var j = i; j > 0 && Compare(element, sorted[j], sorted[j - 1]) < 0; j--)
                (sorted[j], sorted[j - 1]) = (sorted[j - 1], sorted[j]);
        foreach (var attribute in sorted)
            if (IsKept(element, element.Fragment[attribute.Name]))
                AppendAttribute(element, attribute, html);
    }

    private static int Compare(XmlElement element, XmlAttribute left, XmlAttribute right) =>
        element.Fragment[left.Name].CompareTo(element.Fragment[right.Name], StringComparison.Ordinal);

    // A declaration says nothing in HTML, but SVG and MathML may be taken out of it.
    private static bool IsKept(XmlElement element, ReadOnlySpan<char> name) =>
        element.Vocabulary is Vocabulary.Svg or Vocabulary.MathMl
            ? !name.StartsWith("xmlns:", StringComparison.Ordinal) || name.SequenceEqual("xmlns:xlink")
            : !NamespaceScope.IsDeclaration(name) && !name.SequenceEqual("xml:base");

    private static void AppendAttribute(XmlElement element, XmlAttribute attribute, TextBuffer html)
    {
        var name = element.Fragment[attribute.Name];
        var value = element.Decode(attribute.Value);
        html.Append(' ').Append(name).Append("=\"");
        foreach (var character in value)
            _ = character switch
            {
                '&' => html.Append("&amp;"),
                '"' => html.Append("&quot;"),
                _ => html.Append(character),
            };
        html.Append('"');
    }
}
