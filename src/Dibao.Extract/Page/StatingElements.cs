using Dibao.Extract.Markup;

namespace Dibao.Extract.Page;

/// <summary>The elements that say something without showing it: meta, link, base and JSON-LD scripts, wherever they stand, in order.</summary>
internal static class StatingElements
{
    public static List<MarkupElement> In(MarkupTree markup)
    {
        var found = new List<MarkupElement>();
        for (var at = 0; at >= 0;)
        {
            ref var row = ref markup[at];
            var element = row.Kind == RowKind.Element;
            if (element && row.Space == NameSpace.Html && row.Tag is Tag.Meta or Tag.Link or Tag.Base or Tag.Script) found.Add(markup.ElementOf(at));
            at = markup.Following(at, 0, inside: !element || (row.Space == NameSpace.Html && row.Tag != Tag.Template));
        }

        return found;
    }
}
