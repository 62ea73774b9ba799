using AngleSharp.Dom;

namespace Dibao.Extract.Page;

/// <summary>The elements that say something without showing it: meta, link, base and JSON-LD scripts, wherever they stand, in order.</summary>
internal static class StatingElements
{
    public static List<IElement> In(IDocument document)
    {
        var found = new List<IElement>();
        var open = new Stack<(INodeList Children, int Next)>();
        open.Push((document.ChildNodes, 0));
        while (open.TryPop(out var top))
        {
            if (top.Next >= top.Children.Length) continue;
            open.Push((top.Children, top.Next + 1));
            if (top.Children[top.Next] is not IElement element) continue;
            if (element.LocalName is "meta" or "link" or "base" or "script") found.Add(element);
            else if (element.ChildNodes.Length > 0) open.Push((element.ChildNodes, 0));
        }

        return found;
    }
}
