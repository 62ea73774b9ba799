using System.Collections.Frozen;
using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>The elements whose class or id says one of some words. Each is read once: many blocks ask for the same one that they stand in.</summary>
internal sealed class NamedElements(PageTree tree, FrozenSet<string> words)
{
    private readonly Dictionary<int, bool> _known = [];

    public bool Holds(int i)
    {
        if (_known.TryGetValue(i, out var known)) return known;
        return _known[i] = tree.Element(i) is { } element && ClutterWords.IsNamed(element, words);
    }
}
