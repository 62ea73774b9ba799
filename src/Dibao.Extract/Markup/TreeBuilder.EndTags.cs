namespace Dibao.Extract.Markup;

/// <summary>End tags in the body, written and implied (HTML §13.2.6.4.7, §13.2.6.3).</summary>
internal sealed partial class TreeBuilder
{
    private bool EndTagInBody(Tag tag)
    {
        switch (tag)
        {
            case Tag.Div or Tag.Address or Tag.Article or Tag.Aside or Tag.Blockquote or Tag.Button or Tag.Center or Tag.Details or Tag.Dialog or Tag.Dir or Tag.Dl or Tag.FieldSet
                or Tag.FigCaption or Tag.Figure or Tag.Footer or Tag.Header or Tag.HGroup or Tag.Listing or Tag.Main or Tag.Menu or Tag.Nav or Tag.Ol or Tag.Pre or Tag.Search or Tag.Section
                or Tag.Summary or Tag.Ul:
                if (_open.InScope(tag)) CloseUntil(tag);
                return true;
            case Tag.A or Tag.B or Tag.Big or Tag.Code or Tag.Em or Tag.Font or Tag.I or Tag.Nobr or Tag.S or Tag.Small or Tag.Strike or Tag.Strong or Tag.Tt or Tag.U:
                EndFormatting(tag);
                return true;
            case Tag.P:
                if (!_open.InScope(Tag.P, Traits.Scope | Traits.ButtonScope)) InsertImplied(Tag.P);
                CloseUntil(Tag.P);
                return true;
            case Tag.Li:
                if (_open.InScope(Tag.Li, Traits.Scope | Traits.ListScope)) CloseUntil(Tag.Li);
                return true;
            case Tag.Dd or Tag.Dt:
                if (_open.InScope(tag)) CloseUntil(tag);
                return true;
            case Tag.H1 or Tag.H2 or Tag.H3 or Tag.H4 or Tag.H5 or Tag.H6: return EndHeading();
            case Tag.Applet or Tag.Marquee or Tag.Object:
                if (!_open.InScope(tag)) return true;
                CloseUntil(tag);
                _formatting.ClearToMarker();
                return true;
            case Tag.Body or Tag.Html:
                if (!_open.InScope(Tag.Body)) return true;
                _mode = InsertionMode.AfterBody;
                return tag == Tag.Body;
            case Tag.Form: return EndForm();
            case Tag.Template: return EndTemplate();
            case Tag.Br: // as <br>, without its attributes
                ReconstructFormatting();
                InsertImplied(Tag.Br);
                _open.Pop();
                _framesetOk = false;
                return true;
            default:
                EndOrdinary(tag);
                return true;
        }
    }

    // An end tag of any other name ends all that was opened inside, unless one of the special elements was.
    private void EndOrdinary(Tag tag)
    {
        if (tag == Tag.None || !_open.Has(tag)) return;
        for (var at = _open.Count - 1; at >= 0; at--)
        {
            if (_open[at].Is(tag))
            {
                CloseImplied(tag);
                _open.PopTo(Math.Min(at, _open.Count));
                return;
            }

            if (_open[at].Has(Traits.Special)) return;
        }
    }

    private bool EndHeading()
    {
        if (!_open.Has(Tag.H1) && !_open.Has(Tag.H2) && !_open.Has(Tag.H3) && !_open.Has(Tag.H4) && !_open.Has(Tag.H5) && !_open.Has(Tag.H6)) return true;
        for (var at = _open.Count - 1; at >= 0; at--)
        {
            if (_open[at] is { Space: NameSpace.Html, Tag: >= Tag.H1 and <= Tag.H6 })
            {
                _open.PopTo(at);
                return true;
            }

            if (_open[at].Has(Traits.Scope)) return true;
        }

        return true;
    }

    private bool EndForm()
    {
        if (_open.Has(Tag.Template))
        {
            if (_open.InScope(Tag.Form)) CloseUntil(Tag.Form);
            return true;
        }

        var form = _form;
        _form = -1;
        if (form < 0 || !_open.InScope(form)) return true;
        CloseImplied();
        _open.Remove(form);
        return true;
    }

    private void CloseParagraph()
    {
        if (_open.InScope(Tag.P, Traits.Scope | Traits.ButtonScope)) CloseUntil(Tag.P);
    }

    // Ends what has an implied end tag, and then all up to the element.
    private void CloseUntil(Tag tag)
    {
        CloseImplied(tag);
        _open.PopUntil(tag);
    }

    private void CloseImplied(Tag except = Tag.None)
    {
        while (_open.Top.Has(Traits.ImpliedEnd) && _open.Top.Space == NameSpace.Html && _open.Top.Tag != except) _open.Pop();
    }
}
