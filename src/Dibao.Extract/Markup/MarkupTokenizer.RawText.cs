using System.Buffers;

namespace Dibao.Extract.Markup;

/// <summary>Texts that only their own end tag ends (HTML §13.2.5.2 to 4 and 9 to 31).</summary>
internal sealed partial class MarkupTokenizer
{
    private static readonly SearchValues<string> ScriptMarks = SearchValues.Create(["</script", "<!--"], StringComparison.OrdinalIgnoreCase);

    private void ReadUntilEndTag()
    {
        var end = State == TokenizerState.ScriptData ? EndOfScript(_at) : EndTagFrom(_at, tree.Names[StateTag]);
        var form = State == TokenizerState.Rcdata ? TextForm.NullShown : TextForm.Raw | TextForm.NullShown;
        if (end != _at) { Text(end, form); return; }
        State = TokenizerState.Data;
        ReadTag(_at + 2, TokenKind.EndTag);
    }

    // The page's end for want of one.
    private int EndTagFrom(int from, string name)
    {
        for (var at = from; ; at += 2)
        {
            var found = _page.AsSpan(at).IndexOf("</", StringComparison.Ordinal);
            if (found < 0) return _page.Length;
            at += found;
            if (IsTagAt(at + 2, name)) return at;
        }
    }

    // A name that is all of the tag's name.
    private bool IsTagAt(int at, string name) =>
        at + name.Length < _page.Length && NameEnd.Contains(_page[at + name.Length]) && _page.AsSpan(at, name.Length).Equals(name, StringComparison.OrdinalIgnoreCase);

    // A script in a comment in a script may hold its own end tag: <!-- <script> </script> -->.
    private int EndOfScript(int from)
    {
        for (var at = from; ;)
        {
            var found = _page.AsSpan(at).IndexOfAny(ScriptMarks);
            if (found < 0) return _page.Length;
            at += found;
            if (_page[at + 1] == '/')
            {
                if (IsTagAt(at + 2, "script")) return at;
                at += 2;
            }
            else if (EscapedScript(at + 4, out at))
            {
                return at;
            }
        }
    }

    // True where the script ends inside of the comment; else where to go on behind it.
    private bool EscapedScript(int from, out int at)
    {
        var doubly = false;
        for (at = from - 2; at < _page.Length; at++)
        {
            var mark = _page.AsSpan(at).IndexOfAny('-', '<');
            if (mark < 0) break;
            at += mark;
            if (_page[at] == '-')
            {
                if (_page.AsSpan(at).StartsWith("-->", StringComparison.Ordinal)) { at += 3; return false; }
            }
            else if (at + 1 < _page.Length && _page[at + 1] == '/' && IsTagAt(at + 2, "script"))
            {
                if (!doubly) return true;
                doubly = false;
            }
            else if (!doubly && IsTagAt(at + 1, "script"))
            {
                doubly = true;
            }
        }

        at = _page.Length;
        return true;
    }
}
