namespace Dibao.Extract.Markup;

/// <summary>Choices, templates, frames, and what follows the body (HTML §13.2.6.4.16 to 23).</summary>
/// <remarks>In a choice, tags but its own are passed over, as the standard had it until 2025.</remarks>
internal sealed partial class TreeBuilder
{
    private bool InSelect()
    {
        switch (_token.Kind)
        {
            case TokenKind.Text:
                InsertText(_token.Start, _token.Length, _token.Form);
                return true;
            case TokenKind.Comment: return InsertComment();
            case TokenKind.End: return InBody();
            case TokenKind.StartTag: return StartTagInSelect();
            case TokenKind.EndTag: return EndTagInSelect();
            default: return true;
        }
    }

    private bool StartTagInSelect()
    {
        switch (_token.Name)
        {
            case Tag.Html: return InBody();
            case Tag.Option:
                if (_open.Top.Is(Tag.Option)) _open.Pop();
                return Inserted(Tag.Option);
            case Tag.OptGroup or Tag.Hr:
                if (_open.Top.Is(Tag.Option)) _open.Pop();
                if (_open.Top.Is(Tag.OptGroup)) _open.Pop();
                return _token.Name == Tag.Hr ? InsertVoid(Tag.Hr) : Inserted(Tag.OptGroup);
            case Tag.Select or Tag.Input or Tag.Keygen or Tag.TextArea:
                if (!_open.InScope(Tag.Select, Traits.SelectScope)) return true;
                EndSelect();
                return _token.Name == Tag.Select;
            case Tag.Script or Tag.Template: return InHead();
            default: return true;
        }
    }

    private bool EndTagInSelect()
    {
        switch (_token.Name)
        {
            case Tag.OptGroup:
                if (_open.Top.Is(Tag.Option) && _open[_open.Count - 2].Is(Tag.OptGroup)) _open.Pop();
                if (_open.Top.Is(Tag.OptGroup)) _open.Pop();
                return true;
            case Tag.Option:
                if (_open.Top.Is(Tag.Option)) _open.Pop();
                return true;
            case Tag.Select:
                if (_open.InScope(Tag.Select, Traits.SelectScope)) EndSelect();
                return true;
            case Tag.Template: return EndTemplate();
            default: return true;
        }
    }

    private void EndSelect()
    {
        _open.PopUntil(Tag.Select);
        ResetMode();
    }

    private bool InSelectInTable()
    {
        if (_token.Kind is not (TokenKind.StartTag or TokenKind.EndTag) || _token.Name is not (Tag.Caption or Tag.Table or Tag.Tbody or Tag.Tfoot or Tag.Thead or Tag.Tr or Tag.Td or Tag.Th)) return InSelect();
        if (_token.Kind == TokenKind.EndTag && !_open.InScope(_token.Name, Traits.TableScope)) return true;
        EndSelect();
        return false;
    }

    private bool StartTemplate()
    {
        InsertElement(Tag.Template);
        _formatting.Mark();
        _framesetOk = false;
        _mode = InsertionMode.InTemplate;
        _templateModes.Push(InsertionMode.InTemplate);
        return true;
    }

    private bool EndTemplate()
    {
        if (!_open.Has(Tag.Template)) return true;
        CloseTemplate();
        return true;
    }

    private void CloseTemplate()
    {
        _open.PopUntil(Tag.Template);
        _formatting.ClearToMarker();
        _templateModes.Pop();
        ResetMode();
    }

    private bool InTemplate()
    {
        switch (_token.Kind)
        {
            case TokenKind.Text or TokenKind.Comment or TokenKind.Doctype: return InBody();
            case TokenKind.End:
                if (!_open.Has(Tag.Template)) return true;
                CloseTemplate();
                return false;
            case TokenKind.EndTag: return _token.Name != Tag.Template || EndTemplate();
        }

        var mode = _token.Name switch
        {
            Tag.Base or Tag.BaseFont or Tag.BgSound or Tag.Link or Tag.Meta or Tag.NoFrames or Tag.Script or Tag.Style or Tag.Template or Tag.Title => InsertionMode.InTemplate,
            Tag.Caption or Tag.ColGroup or Tag.Tbody or Tag.Tfoot or Tag.Thead => InsertionMode.InTable,
            Tag.Col => InsertionMode.InColumnGroup,
            Tag.Tr => InsertionMode.InTableBody,
            Tag.Td or Tag.Th => InsertionMode.InRow,
            _ => InsertionMode.InBody,
        };
        if (mode == InsertionMode.InTemplate) return InHead();
        _templateModes.Pop();
        _templateModes.Push(mode);
        _mode = mode;
        return false;
    }

    private bool AfterBody()
    {
        switch (_token.Kind)
        {
            case TokenKind.Text when IsAllSpace(_token.Start, _token.Length, _token.Form): return InBody();
            case TokenKind.Comment: return InsertComment(_open[0].Row);
            case TokenKind.Doctype or TokenKind.End: return true;
            case TokenKind.StartTag when _token.Name == Tag.Html: return InBody();
            case TokenKind.EndTag when _token.Name == Tag.Html:
                _mode = InsertionMode.AfterAfterBody;
                return true;
        }

        return BackInBody();
    }

    // White space alone does not lead back.
    private bool BackInBody()
    {
        if (_token.Kind == TokenKind.Text && SpaceLength(_token.Start, _token.Length, _token.Form) is > 0 and var space)
        {
            InsertBodyText(_token.Start, space, _token.Form);
            Drop(space);
        }

        _mode = InsertionMode.InBody;
        return false;
    }

    private bool AfterAfterBody()
    {
        switch (_token.Kind)
        {
            case TokenKind.Comment: return InsertComment(0);
            case TokenKind.Doctype: return InBody();
            case TokenKind.Text when IsAllSpace(_token.Start, _token.Length, _token.Form): return InBody();
            case TokenKind.StartTag when _token.Name == Tag.Html: return InBody();
            case TokenKind.End: return true;
            default: return BackInBody();
        }
    }

    private bool InFrameset()
    {
        switch (_token.Kind)
        {
            case TokenKind.Text:
                InsertSpaces();
                return true;
            case TokenKind.Comment: return InsertComment();
            case TokenKind.StartTag when _token.Name == Tag.Html: return InBody();
            case TokenKind.StartTag when _token.Name == Tag.FrameSet: return Inserted(Tag.FrameSet);
            case TokenKind.StartTag when _token.Name == Tag.Frame: return InsertVoid(Tag.Frame);
            case TokenKind.StartTag when _token.Name == Tag.NoFrames: return InHead();
            case TokenKind.EndTag when _token.Name == Tag.FrameSet && _open.Count > 1:
                _open.Pop();
                if (!_open.Top.Is(Tag.FrameSet)) _mode = InsertionMode.AfterFrameset;
                return true;
            default: return true;
        }
    }

    private bool AfterFrameset()
    {
        switch (_token.Kind)
        {
            case TokenKind.Text:
                InsertSpaces();
                return true;
            case TokenKind.Comment: return InsertComment();
            case TokenKind.StartTag when _token.Name == Tag.Html: return InBody();
            case TokenKind.StartTag when _token.Name == Tag.NoFrames: return InHead();
            case TokenKind.EndTag when _token.Name == Tag.Html:
                _mode = InsertionMode.AfterAfterFrameset;
                return true;
            default: return true;
        }
    }

    private bool AfterAfterFrameset()
    {
        switch (_token.Kind)
        {
            case TokenKind.Comment: return InsertComment(0);
            case TokenKind.Text:
                InsertSpaces();
                return true;
            case TokenKind.StartTag when _token.Name == Tag.Html: return InBody();
            case TokenKind.StartTag when _token.Name == Tag.NoFrames: return InHead();
            default: return true;
        }
    }

    // The white space of a text, and nothing else of it.
    private void InsertSpaces()
    {
        while (!InsertSpace()) Drop(1);
    }
}
