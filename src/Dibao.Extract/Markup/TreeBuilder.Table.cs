namespace Dibao.Extract.Markup;

/// <summary>Tables, and what stands in them where it may not (HTML §13.2.6.4.9 to 15).</summary>
internal sealed partial class TreeBuilder
{
    private bool InTable()
    {
        switch (_token.Kind)
        {
            case TokenKind.Text when IsTablePart(_open.Top):
                _tableText.Clear();
                (_original, _mode) = (_mode, InsertionMode.InTableText);
                return false;
            case TokenKind.Comment: return InsertComment();
            case TokenKind.Doctype: return true;
            case TokenKind.StartTag when StartTagInTable() is { } done: return done;
            case TokenKind.EndTag when _token.Name == Tag.Table:
                if (_open.InScope(Tag.Table, Traits.TableScope)) EndTable();
                return true;
            case TokenKind.EndTag when _token.Name is Tag.Body or Tag.Caption or Tag.Col or Tag.ColGroup or Tag.Html or Tag.Tbody or Tag.Td or Tag.Tfoot or Tag.Th or Tag.Thead or Tag.Tr: return true;
            case TokenKind.EndTag when _token.Name == Tag.Template: return EndTemplate();
            case TokenKind.End: return InBody();
        }

        return InBodyFostered();
    }

    private static bool IsTablePart(in OpenElement element) =>
        element.Space == NameSpace.Html && element.Tag is Tag.Table or Tag.Tbody or Tag.Template or Tag.Tfoot or Tag.Thead or Tag.Tr;

    // In front of the table.
    private bool InBodyFostered()
    {
        _fostering = true;
        var done = InBody();
        _fostering = false;
        return done;
    }

    private bool? StartTagInTable()
    {
        switch (_token.Name)
        {
            case Tag.Caption:
                ClearBackTo(Tag.Table);
                _formatting.Mark();
                _mode = InsertionMode.InCaption;
                return Inserted(Tag.Caption);
            case Tag.ColGroup:
                ClearBackTo(Tag.Table);
                _mode = InsertionMode.InColumnGroup;
                return Inserted(Tag.ColGroup);
            case Tag.Col:
                ClearBackTo(Tag.Table);
                InsertImplied(Tag.ColGroup);
                _mode = InsertionMode.InColumnGroup;
                return false;
            case Tag.Tbody or Tag.Tfoot or Tag.Thead:
                ClearBackTo(Tag.Table);
                _mode = InsertionMode.InTableBody;
                return Inserted(_token.Name);
            case Tag.Td or Tag.Th or Tag.Tr:
                ClearBackTo(Tag.Table);
                InsertImplied(Tag.Tbody);
                _mode = InsertionMode.InTableBody;
                return false;
            case Tag.Table:
                if (!_open.InScope(Tag.Table, Traits.TableScope)) return true;
                EndTable();
                return false;
            case Tag.Style or Tag.Script or Tag.Template: return InHead();
            case Tag.Input when IsHiddenInput(): return InsertVoid(Tag.Input);
            case Tag.Form:
                if (_form >= 0 || _open.Has(Tag.Template)) return true;
                _form = InsertElement(Tag.Form);
                _open.Pop();
                return true;
            default: return null;
        }
    }

    private void EndTable()
    {
        _open.PopUntil(Tag.Table);
        ResetMode();
    }

    // "Clear the stack back to a table context", a table body's or a row's: an html element and a template end all of them.
    private void ClearBackTo(Tag tag, Tag second = Tag.None, Tag third = Tag.None)
    {
        while (!(_open.Top.Space == NameSpace.Html && (_open.Top.Tag == tag || (_open.Top.Tag == second && second != Tag.None) || (_open.Top.Tag == third && third != Tag.None) || _open.Top.Tag is Tag.Template or Tag.Html))) _open.Pop();
    }

    // White space stays where it is; with anything else among it, all of it goes in front of the table.
    private bool InTableText()
    {
        if (_token.Kind == TokenKind.Text)
        {
            _tableText.Add((_token.Start, _token.Length, _token.Form));
            return true;
        }

        _mode = _original;
        var space = _tableText.TrueForAll(text => IsAllSpace(text.Start, text.Length, text.Form));
        _fostering = !space;
        foreach (var (start, length, form) in _tableText)
        {
            if (space) InsertText(start, length, form);
            else InsertBodyText(start, length, form);
        }

        _fostering = false;
        _tableText.Clear();
        return false;
    }

    private bool InCaption()
    {
        var ends = _token.Kind == TokenKind.EndTag && _token.Name is Tag.Caption or Tag.Table;
        if (_token.Kind == TokenKind.StartTag) ends = _token.Name is Tag.Caption or Tag.Col or Tag.ColGroup or Tag.Tbody or Tag.Td or Tag.Tfoot or Tag.Th or Tag.Thead or Tag.Tr;
        else if (_token.Kind == TokenKind.EndTag && _token.Name is Tag.Body or Tag.Col or Tag.ColGroup or Tag.Html or Tag.Tbody or Tag.Td or Tag.Tfoot or Tag.Th or Tag.Thead or Tag.Tr) return true;
        if (!ends) return InBody();
        if (!_open.InScope(Tag.Caption, Traits.TableScope)) return true;
        CloseImplied();
        _open.PopUntil(Tag.Caption);
        _formatting.ClearToMarker();
        _mode = InsertionMode.InTable;
        return _token is { Kind: TokenKind.EndTag, Name: Tag.Caption };
    }

    private bool InColumnGroup()
    {
        switch (_token.Kind)
        {
            case TokenKind.Text when InsertSpace(): return true;
            case TokenKind.Comment: return InsertComment();
            case TokenKind.Doctype: return true;
            case TokenKind.StartTag when _token.Name == Tag.Html: return InBody();
            case TokenKind.StartTag when _token.Name == Tag.Col: return InsertVoid(Tag.Col);
            case TokenKind.StartTag when _token.Name == Tag.Template: return InHead();
            case TokenKind.EndTag when _token.Name == Tag.Template: return EndTemplate();
            case TokenKind.EndTag when _token.Name == Tag.Col: return true;
            case TokenKind.End: return InBody();
        }

        var ended = _token is { Kind: TokenKind.EndTag, Name: Tag.ColGroup };
        if (!_open.Top.Is(Tag.ColGroup)) return true;
        _open.Pop();
        _mode = InsertionMode.InTable;
        return ended;
    }

    private bool InTableBody()
    {
        if (_token.Kind == TokenKind.StartTag && _token.Name is Tag.Tr or Tag.Th or Tag.Td)
        {
            ClearBackTo(Tag.Tbody, Tag.Tfoot, Tag.Thead);
            _mode = InsertionMode.InRow;
            if (_token.Name == Tag.Tr) return Inserted(Tag.Tr);
            InsertImplied(Tag.Tr);
            return false;
        }

        if (_token.Kind == TokenKind.EndTag)
        {
            if (_token.Name is Tag.Tbody or Tag.Tfoot or Tag.Thead)
            {
                if (_open.InScope(_token.Name, Traits.TableScope)) EndTableBody();
                return true;
            }

            if (_token.Name is Tag.Body or Tag.Caption or Tag.Col or Tag.ColGroup or Tag.Html or Tag.Td or Tag.Th or Tag.Tr) return true;
        }

        if ((_token.Kind == TokenKind.StartTag && _token.Name is Tag.Caption or Tag.Col or Tag.ColGroup or Tag.Tbody or Tag.Tfoot or Tag.Thead) || _token is { Kind: TokenKind.EndTag, Name: Tag.Table })
        {
            if (!_open.InScope(Tag.Tbody, Traits.TableScope) && !_open.InScope(Tag.Thead, Traits.TableScope) && !_open.InScope(Tag.Tfoot, Traits.TableScope)) return true;
            EndTableBody();
            return false;
        }

        return InTable();
    }

    private void EndTableBody()
    {
        ClearBackTo(Tag.Tbody, Tag.Tfoot, Tag.Thead);
        _open.Pop();
        _mode = InsertionMode.InTable;
    }

    private bool InRow()
    {
        if (_token.Kind == TokenKind.StartTag && _token.Name is Tag.Th or Tag.Td)
        {
            ClearBackTo(Tag.Tr);
            _mode = InsertionMode.InCell;
            _formatting.Mark();
            return Inserted(_token.Name);
        }

        if (_token.Kind == TokenKind.EndTag && _token.Name is Tag.Body or Tag.Caption or Tag.Col or Tag.ColGroup or Tag.Html or Tag.Td or Tag.Th) return true;
        var ends = _token.Kind == TokenKind.StartTag
            ? _token.Name is Tag.Caption or Tag.Col or Tag.ColGroup or Tag.Tbody or Tag.Tfoot or Tag.Thead or Tag.Tr
            : _token.Kind == TokenKind.EndTag && _token.Name is Tag.Tr or Tag.Table or Tag.Tbody or Tag.Tfoot or Tag.Thead;
        if (!ends) return InTable();
        if (_token.Kind == TokenKind.EndTag && _token.Name is Tag.Tbody or Tag.Tfoot or Tag.Thead && !_open.InScope(_token.Name, Traits.TableScope)) return true;
        if (!_open.InScope(Tag.Tr, Traits.TableScope)) return true;
        ClearBackTo(Tag.Tr);
        _open.Pop();
        _mode = InsertionMode.InTableBody;
        return _token is { Kind: TokenKind.EndTag, Name: Tag.Tr };
    }

    private bool InCell()
    {
        if (_token.Kind == TokenKind.EndTag)
        {
            switch (_token.Name)
            {
                case Tag.Td or Tag.Th:
                    if (_open.InScope(_token.Name, Traits.TableScope)) EndCell(_token.Name);
                    return true;
                case Tag.Body or Tag.Caption or Tag.Col or Tag.ColGroup or Tag.Html: return true;
                case Tag.Table or Tag.Tbody or Tag.Tfoot or Tag.Thead or Tag.Tr:
                    if (!_open.InScope(_token.Name, Traits.TableScope)) return true;
                    EndCell();
                    return false;
            }
        }
        else if (_token.Kind == TokenKind.StartTag && _token.Name is Tag.Caption or Tag.Col or Tag.ColGroup or Tag.Tbody or Tag.Td or Tag.Tfoot or Tag.Th or Tag.Thead or Tag.Tr)
        {
            if (!_open.InScope(Tag.Td, Traits.TableScope) && !_open.InScope(Tag.Th, Traits.TableScope)) return true;
            EndCell();
            return false;
        }

        return InBody();
    }

    private void EndCell() => EndCell(_open.InScope(Tag.Td, Traits.TableScope) ? Tag.Td : Tag.Th);

    private void EndCell(Tag tag)
    {
        CloseImplied();
        _open.PopUntil(tag);
        _formatting.ClearToMarker();
        _mode = InsertionMode.InRow;
    }
}
