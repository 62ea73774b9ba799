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
        var (fragment, html) = (element.Fragment, element.Fragment.MarkupScratch);
        html.Clear();
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
        var names = new List<(string Name, string Value)>(element.Attributes.Length + 1);
        foreach (var attribute in element.Attributes)
            if (!NamespaceScope.IsDeclaration(element.Fragment[attribute.Name]) && !element.Fragment[attribute.Name].SequenceEqual("xml:base"))
                names.Add((element.Fragment[attribute.Name].ToString(), element.Decode(attribute.Value)));
        if (element.Vocabulary is Vocabulary.Svg or Vocabulary.MathMl)
            AddDeclarations(element, names);
        if (names.Count > 1)
            names.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        foreach (var (name, value) in names)
            AppendAttribute(name, value, html);
    }

    // A declaration says nothing in HTML, but SVG and MathML may be taken out of it: the outermost keeps its own.
    private static void AddDeclarations(XmlElement element, List<(string Name, string Value)> names)
    {
        if (element.IsRoot || element.Parent.Vocabulary != element.Vocabulary)
            names.Add(("xmlns", element.Vocabulary == Vocabulary.Svg ? "http://www.w3.org/2000/svg" : "http://www.w3.org/1998/Math/MathML"));
        if (names.Exists(attribute => attribute.Name.StartsWith("xlink:", StringComparison.Ordinal)))
            names.Add(("xmlns:xlink", "http://www.w3.org/1999/xlink"));
    }

    private static void AppendAttribute(string name, string value, TextBuffer html)
    {
        html.Append(' ').Append(name).Append("=\"");
        var rest = value.AsSpan();
        for (var at = rest.IndexOfAny('&', '"'); at >= 0; at = rest.IndexOfAny('&', '"'))
        {
            html.Append(rest[..at]).Append(rest[at] == '&' ? "&amp;" : "&quot;");
            rest = rest[(at + 1)..];
        }

        html.Append(rest).Append('"');
    }
}
