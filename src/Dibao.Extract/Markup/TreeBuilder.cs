namespace Dibao.Extract.Markup;

/// <summary>HTML §13.2.4.1 "the insertion mode".</summary>
internal enum InsertionMode : byte
{
    Initial, BeforeHtml, BeforeHead, InHead, InHeadNoscript, AfterHead, InBody, Text,
    InTable, InTableText, InCaption, InColumnGroup, InTableBody, InRow, InCell,
    InSelect, InSelectInTable, InTemplate, AfterBody, InFrameset, AfterFrameset, AfterAfterBody, AfterAfterFrameset,
}

/// <summary>Makes a tree of a page's tags and texts, as browsers do (HTML §13.2.6 "Tree construction"), without scripting.</summary>
/// <remarks>
/// Each insertion mode is a method that says whether it is done with the token; if not, the token is processed again in the mode that is
/// set by then. Time is linear: depth, open formatting, attributes and rows have bounds. Past them, <see cref="Cut"/>.
/// </remarks>
internal sealed partial class TreeBuilder
{
    private const int MaxDepth = 256;
    private const int MaxRows = 400_000;

    private readonly MarkupTree _tree;
    private readonly MarkupTokenizer _token;
    private readonly OpenElements _open;
    private readonly FormattingElements _formatting;
    private readonly Stack<InsertionMode> _templateModes = new();
    private readonly List<(int Start, int Length, TextForm Form)> _tableText = [];
    private readonly bool _hasNull;

    private InsertionMode _mode;
    private InsertionMode _original;
    private int _head = -1;
    private int _form = -1;
    private bool _framesetOk = true;
    private bool _fostering;
    private bool _quirks;
    private bool _skipsNewline;

    public TreeBuilder(MarkupTree tree, bool lenient)
    {
        _tree = tree;
        _token = new MarkupTokenizer(tree) { EndsOpenComments = lenient };
        _open = new OpenElements(tree);
        _formatting = new FormattingElements(tree);
        _hasNull = tree.Page.Contains('\0', StringComparison.Ordinal);
    }

    /// <summary>Whether a bound was met, and something was left out or put elsewhere for it.</summary>
    public bool Cut { get; private set; }

    public void Run()
    {
        do
        {
            _token.InForeign = _open.Count > 0 && _open.Top.Space != NameSpace.Html;
            _token.Read();
            if (_skipsNewline && SkipsAll()) continue;
            if (_token.Kind == TokenKind.StartTag && _open.Count >= MaxDepth && !EndsAtOnce()) { Cut = true; continue; }
            while (!(IsForForeign() ? InForeign() : Step())) { }
        }
        while (_token.Kind != TokenKind.End && _tree.Count < MaxRows);

        Cut |= _token.Cut || _token.Kind != TokenKind.End;
    }

    private bool Step() => _mode switch
    {
        InsertionMode.InBody => InBody(),
        InsertionMode.Text => InText(),
        InsertionMode.Initial => Initial(),
        InsertionMode.BeforeHtml => BeforeHtml(),
        InsertionMode.BeforeHead => BeforeHead(),
        InsertionMode.InHead => InHead(),
        InsertionMode.InHeadNoscript => InHeadNoscript(),
        InsertionMode.AfterHead => AfterHead(),
        InsertionMode.InTable => InTable(),
        InsertionMode.InTableText => InTableText(),
        InsertionMode.InCaption => InCaption(),
        InsertionMode.InColumnGroup => InColumnGroup(),
        InsertionMode.InTableBody => InTableBody(),
        InsertionMode.InRow => InRow(),
        InsertionMode.InCell => InCell(),
        InsertionMode.InSelect => InSelect(),
        InsertionMode.InSelectInTable => InSelectInTable(),
        InsertionMode.InTemplate => InTemplate(),
        InsertionMode.AfterBody => AfterBody(),
        InsertionMode.InFrameset => InFrameset(),
        InsertionMode.AfterFrameset => AfterFrameset(),
        InsertionMode.AfterAfterBody => AfterAfterBody(),
        _ => AfterAfterFrameset(),
    };

    // Elements that hold no elements nest no deeper. In a drawing those are others: <input> there holds what follows.
    private bool EndsAtOnce() => IsForForeign() && !EndsForeign() ? _token.SelfClosing : HoldsNoElements(_token.Name);

    private static bool HoldsNoElements(Tag tag) =>
        TraitTable.Of(tag, NameSpace.Html).HasFlag(Traits.Void) || tag is Tag.Script or Tag.Style or Tag.Title or Tag.TextArea or Tag.Iframe or Tag.NoEmbed or Tag.NoFrames or Tag.Xmp or Tag.Image;

    // The first line end behind <pre>, <listing> and <textarea> is not of the text. True where the token was no more.
    private bool SkipsAll()
    {
        _skipsNewline = false;
        if (_token.Kind != TokenKind.Text) return false;
        var text = _token.WrittenName;
        var length = text[0] switch
        {
            '\n' => 1,
            '\r' => text.Length > 1 && text[1] == '\n' ? 2 : 1,
            '&' when !_token.Form.HasFlag(TextForm.Raw) && CharacterReferences.Read(text, inAttribute: false, out var meant) is var taken && meant == "\n" => taken,
            _ => 0,
        };
        Drop(length);
        return _token.Length == 0;
    }

    private void Drop(int length)
    {
        _token.Start += length;
        _token.Length -= length;
    }

    // HTML §13.2.6.4.8 "text".
    private bool InText()
    {
        if (_token.Kind == TokenKind.Text) { InsertText(_token.Start, _token.Length, _token.Form); return true; }
        _open.Pop();
        _mode = _original;
        return _token.Kind == TokenKind.EndTag;
    }

    // HTML §13.2.4.1 "reset the insertion mode appropriately".
    private void ResetMode()
    {
        for (var at = _open.Count - 1; at >= 0; at--)
        {
            if (_open[at].Space != NameSpace.Html) continue;
            if (ModeOf(at) is not { } mode) continue;
            _mode = mode;
            return;
        }

        _mode = InsertionMode.InBody;
    }

    private InsertionMode? ModeOf(int at) => _open[at].Tag switch
    {
        Tag.Select => SelectMode(at),
        Tag.Td or Tag.Th when at > 0 => InsertionMode.InCell,
        Tag.Tr => InsertionMode.InRow,
        Tag.Tbody or Tag.Thead or Tag.Tfoot => InsertionMode.InTableBody,
        Tag.Caption => InsertionMode.InCaption,
        Tag.ColGroup => InsertionMode.InColumnGroup,
        Tag.Table => InsertionMode.InTable,
        Tag.Template => _templateModes.Peek(),
        Tag.Head when at > 0 => InsertionMode.InHead,
        Tag.Body => InsertionMode.InBody,
        Tag.FrameSet => InsertionMode.InFrameset,
        Tag.Html => _head < 0 ? InsertionMode.BeforeHead : InsertionMode.AfterHead,
        _ => null,
    };

    private InsertionMode SelectMode(int select)
    {
        for (var at = select - 1; at > 0; at--)
        {
            if (_open[at].Is(Tag.Template)) break;
            if (_open[at].Is(Tag.Table)) return InsertionMode.InSelectInTable;
        }

        return InsertionMode.InSelect;
    }
}
