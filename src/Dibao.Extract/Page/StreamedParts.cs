using Dibao.Extract.Markup;

namespace Dibao.Extract.Page;

/// <summary>
/// Puts what a server streamed behind the page where a script would put it. React leaves a <c>template</c> with the id <c>B:0</c>, and
/// something to look at, where a part was not ready, and sends it later in a hidden element with the id <c>S:0</c>; parts of such a part
/// stand as <c>P:1</c> and come as <c>S:1</c> (<c>react-dom/server</c>, renderToPipeableStream: completeBoundary, completeSegment).
/// </summary>
internal static class StreamedParts
{
    private const string PartId = "id=\"S:";

    // Places deeper than any page's own are left as they are, and so is what ends later than any stand-in does.
    private const int MaxDepth = 128;
    private const int MaxStandIn = 256;

    public static void Place(MarkupTree page)
    {
        if (!page.Page.Contains(PartId, StringComparison.Ordinal)) return;
        var parts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < page.Count; row++)
            if (KeyOf(page, row) is { Kind: 'S' } part) parts.TryAdd(part.Key, row);
        for (var row = 0; row >= 0;)
        {
            // A part is looked into where it belongs: so none comes to stand in itself.
            if (KeyOf(page, row) is not { } key) row = page.Following(row, 0);
            else if (key.Kind != 'S' && page.IsElement(row, Tag.Template) && DepthOf(page, row) <= MaxDepth && parts.Remove(key.Key, out var part)) row = Move(page, part, row, key.Kind == 'B');
            else row = page.Following(row, 0, inside: key.Kind != 'S');
        }
    }

    private static (char Kind, string Key)? KeyOf(MarkupTree page, int row) =>
        page[row].Kind == RowKind.Element && page.ElementOf(row).Id is [var kind and ('B' or 'P' or 'S'), ':', .. var key] ? (kind, key) : null;

    private static int DepthOf(MarkupTree page, int row)
    {
        var depth = 0;
        for (var at = row; at > 0; at = page[at].Parent) depth++;
        return depth;
    }

    // The row to go on with: the first of the part.
    private static int Move(MarkupTree page, int part, int place, bool standIn)
    {
        if (standIn) RemoveStandIn(page, place);
        var first = page[part].First;
        for (var child = first; child >= 0;)
        {
            var next = page[child].Next;
            page.Remove(child);
            page.InsertBefore(page[place].Parent, child, place);
            child = next;
        }

        var following = first >= 0 ? first : page.Following(place, 0, inside: false);
        page.Remove(place);
        return following;
    }

    // What was shown until then, up to the comment that ends it; without that comment nobody knows where it ends.
    private static void RemoveStandIn(MarkupTree page, int place)
    {
        var end = EndOf(page, place);
        for (var at = page[place].Next; end >= 0 && at != end;)
        {
            var next = page[at].Next;
            page.Remove(at);
            at = next;
        }
    }

    private static int EndOf(MarkupTree page, int place)
    {
        var open = 0;
        for (var (at, seen) = (page[place].Next, 0); at >= 0 && seen < MaxStandIn; at = page[at].Next, seen++)
        {
            if (page[at].Kind != RowKind.Comment) continue;
            var mark = page.TextOf(at);
            if (mark == "/$" && open-- == 0) return at;
            if (mark is "$" or "$?" or "$!" or "$~") open++;
        }

        return -1;
    }
}
