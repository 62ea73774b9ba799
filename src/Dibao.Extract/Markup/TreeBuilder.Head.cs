namespace Dibao.Extract.Markup;

/// <summary>Up to the body (HTML §13.2.6.4.1 to 6).</summary>
internal sealed partial class TreeBuilder
{
    private bool Initial()
    {
        switch (_token.Kind)
        {
            case TokenKind.Text when DropSpace(): return true;
            case TokenKind.Comment: return InsertComment(0);
            case TokenKind.Doctype:
                _tree.Append(0, _tree.Add(RowKind.Doctype, 0, 0));
                _tree.Doctype = _token.Doctype;
                _quirks = _token.ForcesQuirks || QuirksMode.IsAskedBy(_token.Doctype);
                _mode = InsertionMode.BeforeHtml;
                return true;
        }

        _quirks = true;
        _mode = InsertionMode.BeforeHtml;
        return false;
    }

    private bool BeforeHtml()
    {
        switch (_token.Kind)
        {
            case TokenKind.Doctype: return true;
            case TokenKind.Comment: return InsertComment(0);
            case TokenKind.Text when DropSpace(): return true;
            case TokenKind.StartTag when _token.Name == Tag.Html:
                AddRoot(_token.FirstAttribute, _token.AttributeCount);
                return true;
            case TokenKind.EndTag when _token.Name is not (Tag.Head or Tag.Body or Tag.Html or Tag.Br): return true;
        }

        AddRoot(_tree.AttributeCount, 0);
        return false;
    }

    private void AddRoot(int attributes, int count)
    {
        var root = _tree.AddElement(Tag.Html, NameSpace.Html, attributes, count);
        _tree.Append(0, root);
        _open.Push(root);
        _mode = InsertionMode.BeforeHead;
    }

    private bool BeforeHead()
    {
        switch (_token.Kind)
        {
            case TokenKind.Text when DropSpace(): return true;
            case TokenKind.Comment: return InsertComment();
            case TokenKind.Doctype: return true;
            case TokenKind.StartTag when _token.Name == Tag.Html: return InBody();
            case TokenKind.StartTag when _token.Name == Tag.Head:
                _head = InsertElement(Tag.Head);
                _mode = InsertionMode.InHead;
                return true;
            case TokenKind.EndTag when _token.Name is not (Tag.Head or Tag.Body or Tag.Html or Tag.Br): return true;
        }

        _head = InsertImplied(Tag.Head);
        _mode = InsertionMode.InHead;
        return false;
    }

    private bool InHead()
    {
        switch (_token.Kind)
        {
            case TokenKind.Text when InsertSpace(): return true;
            case TokenKind.Comment: return InsertComment();
            case TokenKind.Doctype: return true;
            case TokenKind.StartTag when StartTagInHead() is { } done: return done;
            case TokenKind.EndTag when _token.Name == Tag.Template: return EndTemplate();
            case TokenKind.EndTag when _token.Name == Tag.Head: break;
            case TokenKind.EndTag when _token.Name is not (Tag.Body or Tag.Html or Tag.Br): return true;
        }

        _open.Pop();
        _mode = InsertionMode.AfterHead;
        return _token is { Kind: TokenKind.EndTag, Name: Tag.Head };
    }

    // Null for a tag that ends the head.
    private bool? StartTagInHead() => _token.Name switch
    {
        Tag.Html => InBody(),
        Tag.Base or Tag.BaseFont or Tag.BgSound or Tag.Link or Tag.Meta => InsertVoid(_token.Name),
        Tag.Title => InsertTextElement(TokenizerState.Rcdata),
        Tag.NoFrames or Tag.Style => InsertTextElement(TokenizerState.RawText),
        Tag.Script => InsertTextElement(TokenizerState.ScriptData),
        Tag.NoScript when _mode == InsertionMode.InHead => StartNoscript(),
        Tag.Template => StartTemplate(),
        Tag.Head => true,
        _ => null,
    };

    private bool StartNoscript()
    {
        InsertElement(Tag.NoScript);
        _mode = InsertionMode.InHeadNoscript;
        return true;
    }

    private bool InHeadNoscript()
    {
        switch (_token.Kind)
        {
            case TokenKind.Doctype: return true;
            case TokenKind.Text when InsertSpace(): return true;
            case TokenKind.Comment: return InsertComment();
            case TokenKind.StartTag when _token.Name is Tag.Html or Tag.BaseFont or Tag.BgSound or Tag.Link or Tag.Meta or Tag.NoFrames or Tag.Style: return InHead();
            case TokenKind.StartTag when _token.Name is Tag.Head or Tag.NoScript: return true;
            case TokenKind.EndTag when _token.Name == Tag.NoScript: break;
            case TokenKind.EndTag when _token.Name != Tag.Br: return true;
        }

        _open.Pop();
        _mode = InsertionMode.InHead;
        return _token is { Kind: TokenKind.EndTag, Name: Tag.NoScript };
    }

    private bool AfterHead()
    {
        switch (_token.Kind)
        {
            case TokenKind.Text when InsertSpace(): return true;
            case TokenKind.Comment: return InsertComment();
            case TokenKind.Doctype: return true;
            case TokenKind.StartTag when StartTagAfterHead(): return true;
            case TokenKind.EndTag when _token.Name == Tag.Template: return EndTemplate();
            case TokenKind.EndTag when _token.Name is not (Tag.Body or Tag.Html or Tag.Br): return true;
        }

        InsertImplied(Tag.Body);
        _mode = InsertionMode.InBody;
        return false;
    }

    private bool StartTagAfterHead()
    {
        switch (_token.Name)
        {
            case Tag.Html: return InBody();
            case Tag.Head: return true;
            case Tag.Body:
                InsertElement(Tag.Body);
                _framesetOk = false;
                _mode = InsertionMode.InBody;
                return true;
            case Tag.FrameSet:
                InsertElement(Tag.FrameSet);
                _mode = InsertionMode.InFrameset;
                return true;
            case Tag.Base or Tag.BaseFont or Tag.BgSound or Tag.Link or Tag.Meta or Tag.NoFrames or Tag.Script or Tag.Style or Tag.Template or Tag.Title:
                _open.Push(_head);
                InHead();
                _open.Remove(_head);
                return true;
            default: return false;
        }
    }
}
