using System.Text;

namespace Dibao.Extract.Page;

/// <summary>Collects text with every run of white space as one space, none at the ends.</summary>
internal sealed class FoldedText(int limit = int.MaxValue)
{
    private readonly StringBuilder _text = new();
    private bool _space;

    public bool IsFull => _text.Length >= limit;

    public void Append(string text)
    {
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c)) { _space = true; continue; }
            if (IsInvisible(c)) continue;
            if (_space && _text.Length > 0) _text.Append(' ');
            _space = false;
            _text.Append(c);
        }
    }

    public override string ToString() => _text.ToString();

    public static string Of(string? text)
    {
        if (text is null) return "";
        var folded = new FoldedText();
        folded.Append(text);
        return folded.ToString();
    }

    /// <summary>Zero-width space, word joiner, byte order mark, soft hyphen.</summary>
    public static bool IsInvisible(char c) => c is '\u200b' or '\u2060' or '\ufeff' or '\u00ad';
}
