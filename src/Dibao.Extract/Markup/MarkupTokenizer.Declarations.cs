using System.Buffers;

namespace Dibao.Extract.Markup;

/// <summary>Comments, doctypes, and what looks like one of them (HTML §13.2.5.41 to 68).</summary>
internal sealed partial class MarkupTokenizer
{
    /// <summary>Of a doctype: null where it is missing.</summary>
    public (string? Name, string? PublicId, string? SystemId) Doctype { get; private set; }

    /// <summary>Of a doctype that says so by its form: the page is read in quirks mode.</summary>
    public bool ForcesQuirks { get; private set; }

    // From here on no comment ends: looked for once.
    private int _endless = int.MaxValue;

    private bool TryDeclaration()
    {
        var rest = _page.AsSpan(_at + 2);
        if (rest.StartsWith("--", StringComparison.Ordinal)) ReadComment(_at + 4);
        else if (rest.Length >= 7 && rest[..7].Equals("doctype", StringComparison.OrdinalIgnoreCase)) ReadDoctype(_at + 9);
        else if (InForeign && rest.StartsWith("[CDATA[", StringComparison.Ordinal)) ReadCharacterData(_at + 9);
        else BogusComment(_at + 2);
        return true;
    }

    // Up to the next >, whatever stands between.
    private void BogusComment(int start)
    {
        var length = _page.AsSpan(start).IndexOf('>');
        Comment(start, length < 0 ? _page.Length - start : length, length + 1);
    }

    private void Comment(int start, int length, int taken)
    {
        (Kind, Start, Length, Form) = (TokenKind.Comment, start, length, TextForm.Raw | TextForm.NullShown);
        _at = taken <= 0 ? _page.Length : start + taken;
    }

    // A comment ends at --> or --!>, and at once where > or -> follows its beginning.
    private void ReadComment(int start)
    {
        var rest = _page.AsSpan(start);
        if (rest.StartsWith(">", StringComparison.Ordinal)) { Comment(start, 0, 1); return; }
        if (rest.StartsWith("->", StringComparison.Ordinal)) { Comment(start, 0, 2); return; }
        for (var at = 0; start < _endless; at++)
        {
            var dashes = rest[at..].IndexOf("--", StringComparison.Ordinal);
            if (dashes < 0) { _endless = start; break; }
            at += dashes;
            var behind = rest[(at + 2)..];
            if (behind.StartsWith(">", StringComparison.Ordinal)) { Comment(start, at, at + 3); return; }
            if (behind.StartsWith("!>", StringComparison.Ordinal)) { Comment(start, at, at + 4); return; }
        }

        if (EndsOpenComments && rest.Contains('>')) BogusComment(start);
        else ReadOpenComment(start, rest);
    }

    // To the page's end. What could have become the comment's is none of it.
    private void ReadOpenComment(int start, ReadOnlySpan<char> rest)
    {
        var ending = rest.EndsWith("--!", StringComparison.Ordinal) ? 3 : rest.EndsWith("--", StringComparison.Ordinal) ? 2 : rest.EndsWith('-') ? 1 : 0;
        Comment(start, rest.Length - ending, 0);
    }

    private void ReadCharacterData(int start)
    {
        var length = _page.AsSpan(start).IndexOf("]]>", StringComparison.Ordinal);
        _at = start;
        Text(length < 0 ? _page.Length : start + length, TextForm.Raw | TextForm.NullShown);
        if (length >= 0) _at += 3;
    }

    private void ReadDoctype(int start)
    {
        var end = _page.IndexOf('>', start);
        var text = new DoctypeText(_page.AsSpan(start, (end < 0 ? _page.Length : end) - start));
        text.Read(cutOff: end < 0);
        (Kind, Doctype, ForcesQuirks) = (TokenKind.Doctype, (text.Name, text.PublicId, text.SystemId), text.ForcesQuirks);
        _at = end < 0 ? _page.Length : end + 1;
    }
}
