using System.Buffers;

namespace Dibao.Extract.Markup;

internal enum TokenKind : byte
{
    End,
    Text,
    StartTag,
    EndTag,
    Comment,
    Doctype,
}

/// <summary>What the characters that follow are, until an end tag says otherwise (HTML §13.2.5.1 to 5).</summary>
internal enum TokenizerState : byte
{
    Data,
    Rcdata,
    RawText,
    ScriptData,
    PlainText,
}

/// <summary>A page as tags, texts and comments, each as its place in the page (HTML §13.2.5 "Tokenization").</summary>
/// <remarks>Characters up to the next tag are one token, references in them not yet read. A tag that the page ends in is none.</remarks>
internal sealed partial class MarkupTokenizer(MarkupTree tree)
{
    private static readonly SearchValues<char> NameEnd = SearchValues.Create("\t\n\f\r />");
    private static readonly SearchValues<char> AttributeNameEnd = SearchValues.Create("\t\n\f\r />=");
    private static readonly SearchValues<char> UnquotedEnd = SearchValues.Create("\t\n\f\r >");

    private readonly string _page = tree.Page;
    private int _at;

    /// <summary>An attribute more than these is passed over.</summary>
    public const int MaxAttributes = 256;

    public TokenizerState State { get; set; }

    /// <summary>The element whose end tag ends the state.</summary>
    public Tag StateTag { get; set; }

    /// <summary>Whether a comment that nothing ends goes to the next ">" only, so that a slip does not hide an article. The standard hides the rest of the page.</summary>
    public bool EndsOpenComments { get; init; }

    /// <summary>Whether &lt;![CDATA[ begins a text: inside of drawings and formulas.</summary>
    public bool InForeign { get; set; }

    public TokenKind Kind { get; private set; }

    /// <summary>Of a text or a comment; the builder moves them past what it has taken.</summary>
    public int Start { get; set; }

    public int Length { get; set; }

    public TextForm Form { get; private set; }

    public Tag Name { get; set; }

    public int FirstAttribute { get; private set; }

    public int AttributeCount { get; private set; }

    public bool SelfClosing { get; private set; }

    /// <summary>Whether an attribute was passed over.</summary>
    public bool Cut { get; private set; }

    /// <summary>Where in the page the tag's name stands.</summary>
    public ReadOnlySpan<char> WrittenName => _page.AsSpan(Start, Length);

    /// <summary>False at the end of the page; then the token is the end.</summary>
    public bool Read()
    {
        if (_at >= _page.Length) { Kind = TokenKind.End; return false; }
        switch (State)
        {
            case TokenizerState.Data: ReadData(); break;
            case TokenizerState.PlainText: Text(_page.Length, TextForm.Raw | TextForm.NullShown); break;
            default: ReadUntilEndTag(); break;
        }

        if (Kind == TokenKind.End) { _at = _page.Length; return false; }
        return true;
    }

    // HTML §13.2.5.1 and 6: a less-than sign that begins nothing is a character.
    private void ReadData()
    {
        if (_page[_at] == '<' && TryMarkup()) return;
        var from = _at;
        for (var next = _page[_at] == '<' ? _at + 1 : _at; ; next++)
        {
            next = _page.AsSpan(next).IndexOf('<') is >= 0 and var found ? next + found : _page.Length;
            if (next < _page.Length && !BeginsMarkup(next)) continue;
            _at = from;
            Text(next, TextForm.Plain);
            return;
        }
    }

    private bool BeginsMarkup(int at) =>
        at + 1 < _page.Length && (char.IsAsciiLetter(_page[at + 1]) || _page[at + 1] is '!' or '?' || (_page[at + 1] == '/' && at + 2 < _page.Length));

    private void Text(int end, TextForm form)
    {
        (Kind, Start, Length, Form) = (TokenKind.Text, _at, end - _at, form);
        _at = end;
    }

    // False where what stands here is a text.
    private bool TryMarkup()
    {
        while (_at < _page.Length && _page[_at] == '<' && BeginsMarkup(_at))
        {
            switch (_page[_at + 1])
            {
                case '!': return TryDeclaration();
                case '?': BogusComment(_at + 1); return true;
                case '/' when _page[_at + 2] == '>': _at += 3; continue; // </> is nothing at all
                case '/' when !char.IsAsciiLetter(_page[_at + 2]): BogusComment(_at + 2); return true;
                case '/': ReadTag(_at + 2, TokenKind.EndTag); return true;
                default: ReadTag(_at + 1, TokenKind.StartTag); return true;
            }
        }

        if (_at < _page.Length) return false;
        Kind = TokenKind.End;
        return true;
    }

    // HTML §13.2.5.8 and 10.
    private void ReadTag(int name, TokenKind kind)
    {
        var length = _page.AsSpan(name).IndexOfAny(NameEnd);
        if (length < 0) { Kind = TokenKind.End; return; }
        (Kind, Start, Length) = (kind, name, length);
        var written = _page.AsSpan(name, length);
        Name = kind == TokenKind.StartTag ? tree.Names.Intern(written) : tree.Names.Find(written);
        _at = name + length;
        if (_page[_at] == '>')
        {
            (FirstAttribute, AttributeCount, SelfClosing) = (tree.AttributeCount, 0, false);
            _at++;
        }
        else if (!ReadAttributes())
        {
            Kind = TokenKind.End;
        }
    }

    // HTML §13.2.5.32 to 40. False where the page ends inside of the tag.
    private bool ReadAttributes()
    {
        (FirstAttribute, AttributeCount, SelfClosing) = (tree.AttributeCount, 0, false);
        while (_at < _page.Length)
        {
            var c = _page[_at];
            if (IsSpace(c)) { _at++; continue; }
            if (c == '>') { _at++; return true; }
            if (c == '/')
            {
                _at++;
                if (_at >= _page.Length || _page[_at] != '>') continue;
                SelfClosing = true;
                _at++;
                return true;
            }

            if (!ReadAttribute(out var ended)) return false;
            if (ended) return true;
        }

        return false;
    }

    // An equals sign at its beginning is part of the name. ended: by the > that a value was missing before.
    private bool ReadAttribute(out bool ended)
    {
        ended = false;
        var name = _at;
        var length = _page.AsSpan(name + 1).IndexOfAny(AttributeNameEnd) + 1;
        if (length == 0) return false;
        _at = name + length;
        SkipSpaces();
        var (value, valueLength) = (_at, 0);
        if (_at < _page.Length && _page[_at] == '=')
        {
            _at++;
            SkipSpaces();
            if (_at >= _page.Length) return false;
            if (_page[_at] == '>') { _at++; ended = true; }
            else if (!ReadValue(out value, out valueLength)) return false;
        }

        if (AttributeCount == MaxAttributes) { Cut = true; return true; }
        ref var attribute = ref tree.AttributeAt(FirstAttribute + AttributeCount++);
        (attribute.NameStart, attribute.NameLength, attribute.ValueStart, attribute.ValueLength, attribute.Value) = (name, length, value, valueLength, null);
        return true;
    }

    private bool ReadValue(out int start, out int length)
    {
        var quote = _page[_at];
        var quoted = quote is '"' or '\'';
        start = quoted ? _at + 1 : _at;
        length = quoted ? _page.AsSpan(start).IndexOf(quote) : _page.AsSpan(start).IndexOfAny(UnquotedEnd);
        if (length < 0) return false;
        _at = quoted ? start + length + 1 : start + length;
        return true;
    }

    private void SkipSpaces()
    {
        while (_at < _page.Length && IsSpace(_page[_at])) _at++;
    }

    private static bool IsSpace(char c) => c is ' ' or '\n' or '\t' or '\r' or '\f';
}
