using System.Collections.Frozen;
using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>Notes that an article's text points to. They stand behind it, in a box of another make, and are often mostly links.</summary>
internal sealed class Footnotes(PageTree tree)
{
    private const int Levels = 4;

    private static readonly FrozenSet<string> Words = new[] { "footnote", "footnotes", "endnote", "endnotes", "fussnote", "fussnoten", "notasalpie", "voetnoten" }.ToFrozenSet(StringComparer.Ordinal);

    private readonly NamedElements _named = new(tree, Words);

    /// <summary>Whether an element is, or stands in, what its template names as notes (HTML classes; DPUB-ARIA 1.0 §2 doc-footnote, doc-endnotes).</summary>
    public bool Holds(int i)
    {
        for (var (at, level) = (i, 0); at > 0 && level < Levels; at = tree.Parent(at), level++)
        {
            if (tree.Element(at) is not { } element) continue;
            if (element.GetAttribute("role") is "doc-footnote" or "doc-endnotes") return true;
            if (_named.Holds(at)) return true;
        }

        return false;
    }
}
