namespace Dibao.Extract.Markup;

/// <summary>Where nodes go (HTML §13.2.6.1 "creating and inserting nodes").</summary>
internal sealed partial class TreeBuilder
{
    // A child of the parent that the node is put before; -1 for its end.
    private (int Parent, int Before) Place(int target)
    {
        ref var row = ref _tree[target];
        if (!_fostering || row.Space != NameSpace.Html || row.Tag is not (Tag.Table or Tag.Tbody or Tag.Tfoot or Tag.Thead or Tag.Tr)) return (target, -1);
        var (template, table) = (_open.LastIndexOf(Tag.Template), _open.LastIndexOf(Tag.Table));
        if (template >= 0 && template > table) return (_open[template].Row, -1);
        if (table < 0) return (_open[0].Row, -1);
        var parent = _tree[_open[table].Row].Parent;
        return parent >= 0 ? (parent, _open[table].Row) : (_open[table - 1].Row, -1);
    }

    private void InsertText(int start, int length, TextForm form)
    {
        if (length == 0 || (_hasNull && !form.HasFlag(TextForm.NullShown) && !_tree.Page.AsSpan(start, length).ContainsAnyExcept('\0'))) return;
        var (parent, before) = Place(_open.Top.Row);
        var previous = before >= 0 ? _tree[before].Previous : _tree[parent].Last;
        if (previous >= 0 && _tree[previous].Kind == RowKind.Text) { _tree.Lengthen(previous, start, length, form); return; }
        var text = _tree.Add(RowKind.Text, start, length);
        _tree[text].Form = form;
        _tree.InsertBefore(parent, text, before);
    }

    private bool InsertComment() => InsertComment(_open.Top.Row);

    private bool InsertComment(int target)
    {
        var comment = _tree.Add(RowKind.Comment, _token.Start, _token.Length);
        _tree[comment].Form = _token.Form;
        var (parent, before) = Place(target);
        _tree.InsertBefore(parent, comment, before);
        return true;
    }

    // For the tag that was read. Pushed on the stack.
    private int InsertElement(Tag tag, NameSpace space = NameSpace.Html) => Insert(tag, space, _token.FirstAttribute, _token.AttributeCount);

    // One that no tag was written for.
    private int InsertImplied(Tag tag) => Insert(tag, NameSpace.Html, _tree.AttributeCount, 0);

    private int Insert(Tag tag, NameSpace space, int attributes, int count)
    {
        var row = _tree.AddElement(tag, space, attributes, count);
        var (parent, before) = Place(_open.Top.Row);
        _tree.InsertBefore(parent, row, before);
        _open.Push(row);
        return row;
    }

    private bool Inserted(Tag tag)
    {
        InsertElement(tag);
        return true;
    }

    private bool InsertVoid(Tag tag)
    {
        InsertElement(tag);
        _open.Pop();
        return true;
    }

    private bool InsertTextElement(TokenizerState state)
    {
        InsertElement(_token.Name);
        (_token.State, _token.StateTag) = (state, _token.Name);
        (_original, _mode) = (_mode, InsertionMode.Text);
        return true;
    }

    private int CloneOf(int row) => _tree.AddElement(_tree[row].Tag, NameSpace.Html, _tree[row].Start, _tree[row].Length);

    // A second html or body tag gives the element the attributes that it lacks.
    private void MergeAttributes(int row)
    {
        var element = _tree.ElementOf(row);
        var (start, count) = (_token.FirstAttribute, 0);
        for (var i = 0; i < _token.AttributeCount && _tree[row].Length + count < MarkupTokenizer.MaxAttributes; i++)
        {
            var attribute = _tree.AttributeAt(start + i);
            if (!element.HasAttribute(_tree.NameOf(ref attribute).ToString())) _tree.AttributeAt(start + count++) = attribute;
        }

        if (count == 0) return;
        for (var i = 0; i < _tree[row].Length; i++)
        {
            var own = _tree.AttributesOf(row)[i];
            _tree.AttributeAt(start + count + i) = own;
        }

        _tree.TakeAttributes(row, start, count + _tree[row].Length);
    }

    // The white space that the token begins with is left out. True where there is nothing else.
    private bool DropSpace()
    {
        Drop(SpaceLength(_token.Start, _token.Length, _token.Form));
        return _token.Length == 0;
    }

    // The white space that the token begins with becomes a text.
    private bool InsertSpace()
    {
        var space = SpaceLength(_token.Start, _token.Length, _token.Form);
        InsertText(_token.Start, space, _token.Form);
        Drop(space);
        return _token.Length == 0;
    }

    private int SpaceLength(int start, int length, TextForm form)
    {
        var text = _tree.Page.AsSpan(start, length);
        var at = 0;
        while (at < text.Length)
        {
            if (text[at] is ' ' or '\n' or '\t' or '\r' or '\f') { at++; continue; }
            if (text[at] != '&' || form.HasFlag(TextForm.Raw)) break;
            var taken = CharacterReferences.Read(text[at..], inAttribute: false, out var meant);
            if (meant is not (" " or "\n" or "\t" or "\r" or "\f")) break;
            at += taken;
        }

        return at;
    }

    private bool IsAllSpace(int start, int length, TextForm form)
    {
        var space = SpaceLength(start, length, form);
        while (_hasNull && space < length && _tree.Page[start + space] == '\0') space += 1 + SpaceLength(start + space + 1, length - space - 1, form);
        return space == length;
    }
}
