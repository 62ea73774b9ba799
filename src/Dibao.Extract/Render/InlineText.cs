using System.Text;
using Dibao.Extract.Page;

namespace Dibao.Extract.Render;

/// <summary>Folds the white space of one line of text that is spread over several nodes.</summary>
/// <remarks>A line break of the source between two Han characters is no space: Chinese and Japanese have none.</remarks>
internal sealed class InlineText
{
    private readonly StringBuilder _out = new();
    private bool _atStart = true;
    private bool _space;
    private bool _newline;
    private char _last;

    public void StartBlock(bool pre)
    {
        _atStart = !pre;
        _space = _newline = false;
        _last = '\0';
    }

    public void StartLine() => StartBlock(pre: false);

    public void EndWord() => _atStart = false;

    public void Space()
    {
        if (!_atStart) _space = true;
    }

    public string Fold(string text)
    {
        _out.Clear();
        foreach (var c in text)
        {
            if (c is ' ' or '\t' or '\n' or '\r' or '\f' or '\u00a0' || (c == '\u3000' && _atStart))
            {
                if (!_atStart) _space = true;
                _newline |= c is '\n' or '\r';
                continue;
            }

            if (FoldedText.IsInvisible(c) || (char.IsControl(c))) continue;
            if (_space && !(_newline && TextWeight.IsWide(_last) && TextWeight.IsWide(c))) _out.Append(' ');
            _space = _newline = _atStart = false;
            _out.Append(c);
            _last = c;
        }

        // Kept with this node, so that "word <b>next</b>" has its space outside of the bold.
        if (_space && _out.Length > 0 && !_newline)
        {
            _out.Append(' ');
            _space = false;
            _atStart = true;
        }

        return _out.ToString();
    }
}
