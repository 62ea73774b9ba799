using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Dibao.Extract.Markup;

namespace Dibao.Tests.Extract.Markup;

/// <summary>A tree as text, in the form of html5lib's tests: a line a node, two spaces a level, attributes sorted.</summary>
/// <remarks>Of drawings and formulas, names are in lower case and attributes without their prefix: no reader asks for them.</remarks>
internal static class TreeText
{
    private const string Html = "http://www.w3.org/1999/xhtml";
    private const string Svg = "http://www.w3.org/2000/svg";

    // AngleSharp writes what looks like an end tag in them in lower case.
    private static readonly HashSet<string> RawText = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

    public static string Of(MarkupTree tree)
    {
        var text = new StringBuilder();
        for (var (at, depth) = (tree[0].First, 0); at >= 0; at = Next(tree, at, ref depth)) Write(tree, at, depth, text);
        return text.ToString();
    }

    public static string Of(IDocument document)
    {
        var text = new StringBuilder();
        var open = new Stack<(INode Node, int Depth)>();
        Push(document, 0, open);
        while (open.TryPop(out var next))
        {
            Write(next.Node, next.Depth, text);
            if (next.Node is IHtmlTemplateElement template) Push(template.Content, next.Depth + 2, open);
            else Push(next.Node, next.Depth + 1, open);
        }

        return text.ToString();
    }

    private static int Next(MarkupTree tree, int at, ref int depth)
    {
        if (tree[at].First >= 0)
        {
            depth += tree.IsElement(at, Tag.Template) ? 2 : 1;
            return tree[at].First;
        }

        while (at > 0 && tree[at].Next < 0)
        {
            at = tree[at].Parent;
            depth -= tree.IsElement(at, Tag.Template) ? 2 : 1;
        }

        return at > 0 ? tree[at].Next : -1;
    }

    private static void Write(MarkupTree tree, int at, int depth, StringBuilder text)
    {
        switch (tree[at].Kind)
        {
            case RowKind.Doctype: Doctype(tree.Doctype.Name, tree.Doctype.PublicId, tree.Doctype.SystemId, text); break;
            case RowKind.Comment: Line(depth, $"<!-- {tree.TextOf(at)} -->", text); break;
            case RowKind.Text: Text(depth, tree.TextOf(at), tree[tree[at].Parent].Kind == RowKind.Element ? tree.Names[tree[tree[at].Parent].Tag] : "", text); break;
            default:
                var space = tree[at].Space;
                var attributes = new List<(string Name, string Value)>();
                var seen = new HashSet<string>(StringComparer.Ordinal);
                foreach (var attribute in tree.ElementOf(at).Attributes)
                {
                    var name = Lower(attribute.Name.ToString().Replace('\0', '\ufffd'));
                    if (space != NameSpace.Html) name = WithoutPrefix(name);
                    if (seen.Add(name)) attributes.Add((name, attribute.Value));
                }

                Element(depth, space switch { NameSpace.Svg => "svg ", NameSpace.MathML => "math ", _ => "" } + tree.Names[tree[at].Tag], attributes, text);
                if (tree.IsElement(at, Tag.Template)) Line(depth + 1, "content", text);
                break;
        }
    }

    private static void Write(INode node, int depth, StringBuilder text)
    {
        switch (node)
        {
            case IDocumentType type: Doctype(type.Name, type.PublicIdentifier, type.SystemIdentifier, text); break;
            case IComment comment: Line(depth, $"<!-- {comment.Data} -->", text); break;
            case IText words: Text(depth, words.Data, words.Parent is IElement parent ? Lower(parent.LocalName) : "", text); break;
            case IElement element:
                var html = element.NamespaceUri == Html;
                var space = html ? "" : element.NamespaceUri == Svg ? "svg " : "math ";
                Element(depth, space + (html ? element.LocalName : Lower(element.LocalName)), [.. element.Attributes.Select(a => (Name: html ? a.Name : Lower(WithoutPrefix(a.Name)), a.Value)).DistinctBy(a => a.Name)], text);
                if (node is IHtmlTemplateElement) Line(depth + 1, "content", text);
                break;
        }
    }

    private static void Text(int depth, string words, string parent, StringBuilder text) => Line(depth, $"\"{(RawText.Contains(parent) ? Lower(words) : words)}\"", text);

    private static void Element(int depth, string name, List<(string Name, string Value)> attributes, StringBuilder text)
    {
        Line(depth, $"<{name}>", text);
        foreach (var (attribute, value) in attributes.OrderBy(a => a.Name, StringComparer.Ordinal).ThenBy(a => a.Value, StringComparer.Ordinal)) Line(depth + 1, $"{attribute}=\"{value}\"", text);
    }

    private static void Doctype(string? name, string? publicId, string? systemId, StringBuilder text) =>
        Line(0, string.IsNullOrEmpty(publicId) && string.IsNullOrEmpty(systemId) ? $"<!DOCTYPE {name}>" : $"<!DOCTYPE {name} \"{publicId}\" \"{systemId}\">", text);

    private static void Line(int depth, string line, StringBuilder text) => text.Append("| ").Append(' ', 2 * depth).Append(line).Append('\n');

    // xlink:href is an attribute with a prefix, :class is not.
    private static string WithoutPrefix(string name) => name.Split(':') is ["xlink" or "xml" or "xmlns", var local] ? local : name;

    private static string Lower(string name) => string.Create(name.Length, name, (lower, from) =>
    {
        for (var i = 0; i < from.Length; i++) lower[i] = char.IsAsciiLetterUpper(from[i]) ? char.ToLowerInvariant(from[i]) : from[i];
    });

    private static void Push(INode node, int depth, Stack<(INode Node, int Depth)> open)
    {
        var children = node.ChildNodes;
        for (var i = children.Length - 1; i >= 0; i--) open.Push((children[i], depth));
    }
}
