using System.Buffers;
using System.Text;

namespace Dibao.Extract.Page;

/// <summary>Phrases that are looked for in short texts, whatever their case.</summary>
/// <remarks>
/// Those in ASCII are found several times as fast as those of mixed scripts; the others are looked for only where one of their own characters stands, and no
/// curly quotation mark is one.
/// </remarks>
internal sealed class Phrases(params string[] phrases)
{
    private readonly SearchValues<string> _inAscii = SearchValues.Create([.. phrases.Where(phrase => Ascii.IsValid(phrase))], StringComparison.OrdinalIgnoreCase);
    private readonly SearchValues<string> _others = SearchValues.Create([.. phrases.Where(phrase => !Ascii.IsValid(phrase))], StringComparison.OrdinalIgnoreCase);

    private readonly SearchValues<char> _ofOthers = SearchValues.Create(
        [.. phrases.SelectMany(phrase => phrase).Where(c => !char.IsAscii(c)).SelectMany(c => new[] { c, char.ToUpperInvariant(c), char.ToLowerInvariant(c) }).Where(c => !char.IsAscii(c)).Distinct()]);

    public bool AreIn(ReadOnlySpan<char> text) => text.ContainsAny(_inAscii) || (text.ContainsAny(_ofOthers) && text.ContainsAny(_others));

    /// <summary>Where the first begins; -1 for none.</summary>
    public int IndexIn(ReadOnlySpan<char> text)
    {
        var first = text.IndexOfAny(_inAscii);
        if (!text.ContainsAny(_ofOthers)) return first;
        var other = text.IndexOfAny(_others);
        return first < 0 || (other >= 0 && other < first) ? other : first;
    }
}
