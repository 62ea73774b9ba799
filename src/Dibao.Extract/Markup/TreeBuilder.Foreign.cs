namespace Dibao.Extract.Markup;

/// <summary>Drawings and formulas (HTML §13.2.6.5 "in foreign content").</summary>
internal sealed partial class TreeBuilder
{
    // HTML §13.2.6, the tree construction dispatcher.
    private bool IsForForeign()
    {
        if (_open.Count == 0 || _open.Top.Space == NameSpace.Html || _token.Kind == TokenKind.End) return false;
        ref readonly var top = ref _open.Top;
        if (IsFormulaText(top) && (_token.Kind == TokenKind.Text || (_token.Kind == TokenKind.StartTag && _token.Name is not (Tag.MGlyph or Tag.MalignMark)))) return false;
        if (top is { Space: NameSpace.MathML, Tag: Tag.AnnotationXml } && _token is { Kind: TokenKind.StartTag, Name: Tag.Svg }) return false;
        return !(IsHtmlPoint(top) && _token.Kind is TokenKind.StartTag or TokenKind.Text);
    }

    private bool InForeign()
    {
        switch (_token.Kind)
        {
            case TokenKind.Text:
                InsertText(_token.Start, _token.Length, _token.Form | TextForm.NullShown);
                if (_framesetOk && !IsAllSpace(_token.Start, _token.Length, _token.Form)) _framesetOk = false;
                return true;
            case TokenKind.Comment: return InsertComment();
            case TokenKind.StartTag when EndsForeign():
            case TokenKind.EndTag when _token.Name is Tag.Br or Tag.P:
                while (_open.Top.Space != NameSpace.Html && !IsFormulaText(_open.Top) && !IsHtmlPoint(_open.Top)) _open.Pop();
                return Step();
            case TokenKind.StartTag: return InsertForeign(_token.Name, _open.Top.Space);
            case TokenKind.EndTag: return EndForeign();
            default: return true;
        }
    }

    private bool InsertForeign(Tag tag, NameSpace space)
    {
        InsertElement(tag, space);
        if (_token.SelfClosing) _open.Pop();
        return true;
    }

    private bool EndForeign()
    {
        for (var at = _open.Count - 1; at > 0; at--)
        {
            if (_open[at].Space == NameSpace.Html) return Step();
            if (_open[at].Tag != _token.Name) continue;
            _open.PopTo(at);
            return true;
        }

        return true;
    }

    private bool EndsForeign()
    {
        if (TraitTable.Of(_token.Name, NameSpace.Html).HasFlag(Traits.Breakout)) return true;
        if (_token.Name != Tag.Font) return false;
        for (var i = 0; i < _token.AttributeCount; i++)
        {
            var name = _tree.NameOf(ref _tree.AttributeAt(_token.FirstAttribute + i));
            if (name.Equals("color", StringComparison.OrdinalIgnoreCase) || name.Equals("face", StringComparison.OrdinalIgnoreCase) || name.Equals("size", StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static bool IsFormulaText(in OpenElement element) => element.Space == NameSpace.MathML && element.Tag is Tag.Mi or Tag.Mo or Tag.Mn or Tag.Ms or Tag.MText;

    // Where HTML stands in a drawing or formula.
    private bool IsHtmlPoint(in OpenElement element) => element.Space switch
    {
        NameSpace.Svg => element.Tag is Tag.ForeignObject or Tag.Desc or Tag.Title,
        NameSpace.MathML => element.Tag == Tag.AnnotationXml && _tree.ElementOf(element.Row).GetAttribute("encoding") is { } encoding
            && (encoding.Equals("text/html", StringComparison.OrdinalIgnoreCase) || encoding.Equals("application/xhtml+xml", StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };
}
