using System.Text;
using AngleSharp.Dom;
using Dibao.Extract.Markup;
using Dibao.Extract.Page;

namespace Dibao.Extract.Sites;

/// <summary>A page that a rule has changed, as the readers of pages know it.</summary>
/// <remarks>Rules ask for elements by selectors, which AngleSharp answers: so a page with a rule is parsed by it, changed, and copied once.</remarks>
internal static class DomCopy
{
    /// <param name="wanted">An element of the document.</param>
    /// <param name="row">Where it is in the copy; -1 for none.</param>
    public static MarkupTree Of(IDocument document, IElement? wanted, out int row)
    {
        var tree = MarkupTree.Take("");
        var words = new StringBuilder(); // what the tree points into, one after the other
        row = -1;
        var open = new Stack<(INode Node, int Parent)>();
        PushChildren(document, 0, open);
        while (open.TryPop(out var next))
        {
            var copy = next.Node switch
            {
                IElement element => Copy(element, tree, words),
                IText text => Copy(text, tree, words),
                _ => -1,
            };
            if (copy < 0) continue;
            tree.Append(next.Parent, copy);
            if (ReferenceEquals(next.Node, wanted)) row = copy;
            PushChildren(next.Node, copy, open);
        }

        tree.Point(words.ToString());
        return tree;
    }

    private static void PushChildren(INode node, int row, Stack<(INode Node, int Parent)> open)
    {
        var children = node.ChildNodes;
        for (var i = children.Length - 1; i >= 0; i--) open.Push((children[i], row));
    }

    private static int Copy(IText text, MarkupTree tree, StringBuilder words)
    {
        var row = tree.Add(RowKind.Text, words.Length, text.Data.Length);
        tree[row].Form = TextForm.Raw;
        words.Append(text.Data);
        return row;
    }

    private static int Copy(IElement element, MarkupTree tree, StringBuilder words)
    {
        var first = tree.AttributeCount;
        foreach (var attribute in element.Attributes)
        {
            ref var place = ref tree.AttributeAt(first++);
            (place.NameStart, place.NameLength, place.ValueStart, place.ValueLength, place.Value) = (words.Length, attribute.Name.Length, 0, 0, attribute.Value);
            words.Append(attribute.Name);
        }

        var space = element.NamespaceUri == NamespaceNames.HtmlUri ? NameSpace.Html : NameSpace.Svg; // of what is no HTML, nothing is read
        var name = element.HasAttribute(MarkupFilter.FormMark) ? "form" : element.LocalName;
        return tree.AddElement(tree.Names.Intern(name), space, tree.AttributeCount, first - tree.AttributeCount);
    }
}
