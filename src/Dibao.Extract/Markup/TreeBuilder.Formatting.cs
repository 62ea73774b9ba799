namespace Dibao.Extract.Markup;

/// <summary>Bold, links and their like, which authors close in any order (HTML §13.2.4.3, §13.2.6.4.7 "the adoption agency algorithm").</summary>
internal sealed partial class TreeBuilder
{
    // The standard's own bounds.
    private const int MaxAdoptions = 8;
    private const int MaxInnerKept = 3;

    private bool StartFormatting(Tag tag)
    {
        if (tag == Tag.A && _formatting.LastIndexOf(Tag.A) is >= 0 and var before)
        {
            var link = _formatting[before];
            EndFormatting(Tag.A);
            _formatting.Remove(link);
            _open.Remove(link);
        }

        ReconstructFormatting();
        if (tag == Tag.Nobr && _open.InScope(Tag.Nobr))
        {
            EndFormatting(Tag.Nobr);
            ReconstructFormatting();
        }

        var row = InsertElement(tag);
        Cut |= !_formatting.Push(row);
        return true;
    }

    // Opens again what a block's end has closed.
    private void ReconstructFormatting()
    {
        var at = _formatting.Count - 1;
        if (at < 0 || IsMarkerOrOpen(at)) return;
        while (at > 0 && !IsMarkerOrOpen(at - 1)) at--;
        for (; at < _formatting.Count; at++)
        {
            var of = _formatting[at];
            _formatting[at] = Insert(_tree[of].Tag, NameSpace.Html, _tree[of].Start, _tree[of].Length);
        }
    }

    private bool IsMarkerOrOpen(int at) => _formatting[at] < 0 || _tree[_formatting[at]].IsOpen;

    private void EndFormatting(Tag tag)
    {
        if (_open.Top.Is(tag) && _formatting.IndexOf(_open.Top.Row) < 0) { _open.Pop(); return; }
        for (var round = 0; round < MaxAdoptions; round++)
        {
            var listed = _formatting.LastIndexOf(tag);
            if (listed < 0) { EndOrdinary(tag); return; }
            var formatting = _formatting[listed];
            if (!_tree[formatting].IsOpen) { _formatting.RemoveAt(listed); return; }
            if (!_open.InScope(formatting)) return;
            var place = _open.IndexOf(formatting);
            var block = place + 1;
            while (block < _open.Count && !_open[block].Has(Traits.Special)) block++;
            if (block == _open.Count)
            {
                _open.PopTo(place);
                _formatting.RemoveAt(listed);
                return;
            }

            Adopt(formatting, place, block);
        }
    }

    // The furthest block goes out of the formatting element, and what it holds into a copy of it.
    private void Adopt(int formatting, int place, int block)
    {
        var furthest = _open[block].Row;
        var ancestor = _open[place - 1].Row;
        var (last, bookmark) = CopyBetween(place, block, _formatting.IndexOf(formatting));
        _tree.Remove(last);
        var (parent, before) = Place(ancestor);
        _tree.InsertBefore(parent, last, before);

        var copy = CloneOf(formatting);
        _tree.MoveChildren(furthest, copy);
        _tree.Append(furthest, copy);
        _formatting.Insert(bookmark, copy);
        _formatting.Remove(formatting);
        _open.Remove(formatting);
        _open.Insert(_open.IndexOf(furthest) + 1, copy);
    }

    // Copies the formatting elements between the two, each around the one below it. The top one, and where in the list the new one belongs.
    private (int Last, int Bookmark) CopyBetween(int place, int block, int bookmark)
    {
        var furthest = _open[block].Row;
        var (last, passed) = (furthest, 0);
        for (var at = block - 1; at > place; at--)
        {
            var node = _open[at].Row;
            var listed = _formatting.IndexOf(node);
            if (++passed > MaxInnerKept && listed >= 0)
            {
                _formatting.RemoveAt(listed);
                if (listed < bookmark) bookmark--;
                listed = -1;
            }

            if (listed < 0) { _open.RemoveAt(at); continue; }
            var copy = CloneOf(node);
            _formatting[listed] = copy;
            _open.Replace(at, copy);
            if (last == furthest) bookmark = listed + 1;
            _tree.Remove(last);
            _tree.Append(copy, last);
            last = copy;
        }

        return (last, bookmark);
    }
}
