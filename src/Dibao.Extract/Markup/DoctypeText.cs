namespace Dibao.Extract.Markup;

/// <summary>What stands between "&lt;!doctype" and the next ">" (HTML §13.2.5.53 to 68).</summary>
/// <remarks>A quoted identifier ends at that ">" too, and then the page is read in quirks mode.</remarks>
internal ref struct DoctypeText(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    public string? Name { get; private set; }

    public string? PublicId { get; private set; }

    public string? SystemId { get; private set; }

    public bool ForcesQuirks { get; private set; }

    public void Read(bool cutOff)
    {
        ForcesQuirks = cutOff;
        SkipSpaces();
        if (_rest.IsEmpty) { ForcesQuirks = true; return; }
        var end = 0;
        while (end < _rest.Length && !IsSpace(_rest[end])) end++;
        Name = _rest[..end].ToString().ToLowerInvariant().Replace('\0', '\ufffd');
        _rest = _rest[end..];
        SkipSpaces();
        if (_rest.IsEmpty) return;
        var word = _rest.Length >= 6 ? _rest[..6] : "";
        if (word.Equals("public", StringComparison.OrdinalIgnoreCase)) ReadPublic();
        else if (word.Equals("system", StringComparison.OrdinalIgnoreCase)) ReadSystem(_rest[6..], required: true);
        else ForcesQuirks = true;
    }

    private void ReadPublic()
    {
        _rest = _rest[6..];
        SkipSpaces();
        PublicId = Quoted();
        if (PublicId is null) ForcesQuirks = true;
        else if (!ForcesQuirks || !_rest.IsEmpty) ReadSystem(_rest, required: false);
    }

    private void ReadSystem(ReadOnlySpan<char> from, bool required)
    {
        _rest = from;
        SkipSpaces();
        if (_rest.IsEmpty && !required) return;
        SystemId = Quoted();
        if (SystemId is null) ForcesQuirks = true;
    }

    // Null for what is not in quotes.
    private string? Quoted()
    {
        if (_rest.IsEmpty || _rest[0] is not ('"' or '\'')) return null;
        var end = _rest[1..].IndexOf(_rest[0]);
        if (end < 0) ForcesQuirks = true;
        var quoted = (end < 0 ? _rest[1..] : _rest.Slice(1, end)).ToString();
        _rest = end < 0 ? default : _rest[(end + 2)..];
        return quoted.ReplaceLineEndings("\n").Replace('\0', '\ufffd');
    }

    private void SkipSpaces() => _rest = _rest.TrimStart(" \t\n\f\r");

    private static bool IsSpace(char c) => c is ' ' or '\n' or '\t' or '\r' or '\f';
}
