using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Dibao.Tests.Feeds;

/// <summary>Whether a browser would make the same document of two texts, in whatever order and quotes their attributes stand.</summary>
internal static class SameHtml
{
    private static readonly HtmlParser Parser = new();

    public static bool Of(string left, string right) => Tree(left) == Tree(right);

    private static string Tree(string html)
    {
        var text = new StringBuilder();
        using var document = Parser.ParseDocument("");
        foreach (var node in Parser.ParseFragment(html, document.Body!))
            Write(node, text);
        return text.ToString();
    }

    private static void Write(INode node, StringBuilder text)
    {
        if (node is not IElement element)
        {
            text.Append(node.NodeType).Append(node.NodeValue);
            return;
        }

        text.Append('<').Append(element.NamespaceUri).Append(' ').Append(element.LocalName);
        // HTML §13.1.2.3: xmlns has no effect; an element's namespace is its name's.
        foreach (var attribute in element.Attributes.Where(one => !one.Name.StartsWith("xmlns", StringComparison.Ordinal)).OrderBy(one => one.Name, StringComparer.Ordinal))
            text.Append(' ').Append(attribute.Name).Append('=').Append(attribute.Value).Append('\n');
        text.Append('>');
        foreach (var child in element.ChildNodes)
            Write(child, text);
        text.Append("</>");
    }
}
