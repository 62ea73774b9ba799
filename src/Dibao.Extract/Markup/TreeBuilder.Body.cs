namespace Dibao.Extract.Markup;

/// <summary>The rules that most of a page is read by (HTML §13.2.6.4.7 "in body"): its start tags.</summary>
internal sealed partial class TreeBuilder
{
    private bool InBody()
    {
        switch (_token.Kind)
        {
            case TokenKind.Text:
                InsertBodyText(_token.Start, _token.Length, _token.Form);
                return true;
            case TokenKind.StartTag: return StartTagInBody(_token.Name);
            case TokenKind.EndTag: return EndTagInBody(_token.Name);
            case TokenKind.Comment: return InsertComment();
            case TokenKind.End: return _templateModes.Count == 0 || InTemplate();
            default: return true;
        }
    }

    private void InsertBodyText(int start, int length, TextForm form)
    {
        if (_hasNull && !_tree.Page.AsSpan(start, length).ContainsAnyExcept('\0')) return;
        ReconstructFormatting();
        InsertText(start, length, form);
        if (_framesetOk && !IsAllSpace(start, length, form)) _framesetOk = false;
    }

    private bool StartTagInBody(Tag tag)
    {
        switch (tag)
        {
            case Tag.Div or Tag.Address or Tag.Article or Tag.Aside or Tag.Blockquote or Tag.Center or Tag.Details or Tag.Dialog or Tag.Dir or Tag.Dl or Tag.FieldSet or Tag.FigCaption
                or Tag.Figure or Tag.Footer or Tag.Header or Tag.HGroup or Tag.Main or Tag.Menu or Tag.Nav or Tag.Ol or Tag.P or Tag.Search or Tag.Section or Tag.Summary or Tag.Ul:
                CloseParagraph();
                return Inserted(tag);
            case Tag.A or Tag.B or Tag.Big or Tag.Code or Tag.Em or Tag.Font or Tag.I or Tag.Nobr or Tag.S or Tag.Small or Tag.Strike or Tag.Strong or Tag.Tt or Tag.U:
                return StartFormatting(tag);
            case Tag.H1 or Tag.H2 or Tag.H3 or Tag.H4 or Tag.H5 or Tag.H6: return StartHeading(tag);
            case Tag.Li or Tag.Dd or Tag.Dt: return StartItem(tag);
            case Tag.Area or Tag.Br or Tag.Embed or Tag.Img or Tag.Keygen or Tag.Wbr:
                ReconstructFormatting();
                _framesetOk = false;
                return InsertVoid(tag);
            case Tag.Base or Tag.BaseFont or Tag.BgSound or Tag.Link or Tag.Meta or Tag.NoFrames or Tag.Script or Tag.Style or Tag.Template or Tag.Title: return InHead();
            case Tag.Param or Tag.Source or Tag.Track: return InsertVoid(tag);
            case Tag.Html or Tag.Body or Tag.FrameSet: return StartAnew(tag);
            case Tag.Caption or Tag.Col or Tag.ColGroup or Tag.Frame or Tag.Head or Tag.Tbody or Tag.Td or Tag.Tfoot or Tag.Th or Tag.Thead or Tag.Tr: return true;
            case Tag.Image:
                _token.Name = Tag.Img;
                return false;
            case Tag.Math or Tag.Svg:
                ReconstructFormatting();
                return InsertForeign(tag, tag == Tag.Svg ? NameSpace.Svg : NameSpace.MathML);
            default: return StartWidget(tag) ?? StartOrdinary(tag);
        }
    }

    private bool StartOrdinary(Tag tag)
    {
        ReconstructFormatting();
        return Inserted(tag);
    }

    // What is filled in, played or laid out. Null for what is none of it.
    private bool? StartWidget(Tag tag)
    {
        switch (tag)
        {
            case Tag.Pre or Tag.Listing:
                CloseParagraph();
                (_skipsNewline, _framesetOk) = (true, false);
                return Inserted(tag);
            case Tag.Form: return StartForm();
            case Tag.PlainText:
                CloseParagraph();
                _token.State = TokenizerState.PlainText;
                return Inserted(tag);
            case Tag.Button:
                if (_open.InScope(Tag.Button)) CloseUntil(Tag.Button);
                _framesetOk = false;
                return StartOrdinary(tag);
            case Tag.Applet or Tag.Marquee or Tag.Object:
                _framesetOk = false;
                StartOrdinary(tag);
                _formatting.Mark();
                return true;
            case Tag.Table:
                if (!_quirks) CloseParagraph();
                (_framesetOk, _mode) = (false, InsertionMode.InTable);
                return Inserted(tag);
            case Tag.Input:
                ReconstructFormatting();
                if (!IsHiddenInput()) _framesetOk = false;
                return InsertVoid(tag);
            case Tag.Hr:
                CloseParagraph();
                _framesetOk = false;
                return InsertVoid(tag);
            default: return StartRaw(tag) ?? StartChoice(tag);
        }
    }

    private bool? StartRaw(Tag tag)
    {
        switch (tag)
        {
            case Tag.TextArea:
                (_skipsNewline, _framesetOk) = (true, false);
                return InsertTextElement(TokenizerState.Rcdata);
            case Tag.Xmp:
                CloseParagraph();
                ReconstructFormatting();
                _framesetOk = false;
                return InsertTextElement(TokenizerState.RawText);
            case Tag.Iframe:
                _framesetOk = false;
                return InsertTextElement(TokenizerState.RawText);
            case Tag.NoEmbed: return InsertTextElement(TokenizerState.RawText);
            default: return null;
        }
    }

    private bool? StartChoice(Tag tag)
    {
        switch (tag)
        {
            case Tag.Select:
                StartOrdinary(tag);
                _framesetOk = false;
                _mode = _mode is InsertionMode.InTable or InsertionMode.InCaption or InsertionMode.InTableBody or InsertionMode.InRow or InsertionMode.InCell
                    ? InsertionMode.InSelectInTable : InsertionMode.InSelect;
                return true;
            case Tag.OptGroup or Tag.Option:
                if (_open.Top.Is(Tag.Option)) _open.Pop();
                return StartOrdinary(tag);
            case Tag.Rb or Tag.Rtc:
                if (_open.InScope(Tag.Ruby)) CloseImplied();
                return Inserted(tag);
            case Tag.Rp or Tag.Rt:
                if (_open.InScope(Tag.Ruby)) CloseImplied(Tag.Rtc);
                return Inserted(tag);
            default: return null;
        }
    }

    private bool StartHeading(Tag tag)
    {
        CloseParagraph();
        if (_open.Top is { Space: NameSpace.Html, Tag: >= Tag.H1 and <= Tag.H6 }) _open.Pop();
        return Inserted(tag);
    }

    private bool StartForm()
    {
        if (_form >= 0 && !_open.Has(Tag.Template)) return true;
        CloseParagraph();
        var form = InsertElement(Tag.Form);
        if (!_open.Has(Tag.Template)) _form = form;
        return true;
    }

    // An item ends the one before it, unless something stands between that holds items of its own.
    private bool StartItem(Tag tag)
    {
        _framesetOk = false;
        if (_open.Has(Tag.Li) || tag != Tag.Li)
        {
            for (var at = _open.Count - 1; at >= 0; at--)
            {
                ref readonly var open = ref _open[at];
                if (open.Space == NameSpace.Html && (tag == Tag.Li ? open.Tag == Tag.Li : open.Tag is Tag.Dd or Tag.Dt))
                {
                    CloseUntil(open.Tag);
                    break;
                }

                if (open.Has(Traits.Special) && !(open.Space == NameSpace.Html && open.Tag is Tag.Address or Tag.Div or Tag.P)) break;
            }
        }

        CloseParagraph();
        return Inserted(tag);
    }

    private bool StartAnew(Tag tag)
    {
        if (tag == Tag.Html)
        {
            if (!_open.Has(Tag.Template)) MergeAttributes(_open[0].Row);
            return true;
        }

        if (_open.Count < 2 || !_open[1].Is(Tag.Body)) return true;
        if (tag == Tag.Body)
        {
            if (_open.Has(Tag.Template)) return true;
            _framesetOk = false;
            MergeAttributes(_open[1].Row);
            return true;
        }

        if (!_framesetOk) return true;
        _tree.Remove(_open[1].Row);
        _open.PopTo(1);
        _mode = InsertionMode.InFrameset;
        return Inserted(Tag.FrameSet);
    }

    private bool IsHiddenInput()
    {
        for (var i = 0; i < _token.AttributeCount; i++)
        {
            ref var attribute = ref _tree.AttributeAt(_token.FirstAttribute + i);
            if (_tree.NameOf(ref attribute).Equals("type", StringComparison.OrdinalIgnoreCase)) return string.Equals(_tree.ValueOf(ref attribute), "hidden", StringComparison.OrdinalIgnoreCase);
        }

        return false;
    }
}
