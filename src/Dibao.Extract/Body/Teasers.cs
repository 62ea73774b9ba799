using Dibao.Extract.Page;
using Dibao.Extract.Render;

namespace Dibao.Extract.Body;

/// <summary>Drops what leads on to other pages of the outlet at the end of an article: boxes of one make, each with a title, a few words, and links to one address.</summary>
internal static class Teasers
{
    private const int LeastBoxes = 2;

    // Of a box with its excerpt.
    private const int MaxBox = 600;

    private const int Many = -1;

    /// <param name="host">The page's own; null when it is not known.</param>
    public static void Drop(PageTree tree, PageWeights weights, int container, string? host)
    {
        var addresses = new Addresses(tree, weights, container, host);
        var boxes = new List<int>();
        var blocks = TextBlocks.In(tree, weights, container, tree.End(container));
        for (var at = blocks.Count - 1; at >= 0; at--)
        {
            if (boxes.Count > 0 && tree.IsInside(blocks[at], boxes[^1])) continue;
            if (BoxOf(tree, weights, addresses, blocks[at], container) is > 0 and var box) boxes.Add(box);
            else if (weights.IsParagraph(blocks[at]) || (weights.Link[blocks[at]] == 0 && weights.Text[blocks[at]] > PageWeights.MinParagraph)) break;
        }

        if (boxes.Count < LeastBoxes || weights.Prose[container] < 2 * boxes.Sum(b => weights.Prose[b])) return;
        var makes = boxes.GroupBy(b => MakeOf(tree, b)).Where(make => make.Key.Class is not null && make.Skip(LeastBoxes - 1).Any()).ToDictionary(make => make.Key, make => make.ToList());
        if (makes.Count == 0) return;
        foreach (var make in MakesBefore(tree, weights, container, boxes[^1])) makes.Remove(make);
        foreach (var box in makes.Values.SelectMany(make => make)) tree.Dropped[box] = true;
        if (makes.Count > 0) weights.Measure();
    }

    // Boxes of the article itself, of which the last few happen to hold one link each.
    private static IEnumerable<(string Name, string? Class)> MakesBefore(PageTree tree, PageWeights weights, int container, int end)
    {
        for (var i = container + 1; i < end; i++)
            if (tree.Role(i) == TagRole.Block && weights.TextInside[i] > 0) yield return MakeOf(tree, i);
    }

    private static (string Name, string? Class) MakeOf(PageTree tree, int i) => (tree.Name(i), tree.Element(i)?.GetAttribute("class"));

    private static int BoxOf(PageTree tree, PageWeights weights, Addresses addresses, int block, int container)
    {
        var found = -1;
        for (var at = block; at > container && weights.TextInside[at] <= MaxBox; at = tree.Parent(at))
        {
            if (!addresses.IsOne(at)) { if (addresses.IsMany(at)) break; continue; }
            if (addresses.HasTitle(at) && tree.Role(at) == TagRole.Block) found = at;
        }

        return found;
    }

    // Of each element: the address of the links inside, which stand alone, and whether a heading is inside.
    private sealed class Addresses
    {
        private readonly int _container;
        private readonly int[] _address;
        private readonly bool[] _titles;

        public Addresses(PageTree tree, PageWeights weights, int container, string? host)
        {
            _container = container;
            _address = new int[tree.End(container) - container];
            _titles = new bool[_address.Length];
            var known = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = tree.End(container) - 1; i > container; i--)
            {
                var at = i - container;
                if (tree.Dropped[i]) continue;
                if (tree.Name(i) == "a") _address[at] = AddressOf(tree, weights, i, host, known);
                if (tree.Role(i) == TagRole.Heading && weights.TextInside[i] > 0) _titles[at] = true;
                ref var around = ref _address[tree.Parent(i) - container];
                if (_address[at] != 0) around = around == 0 || around == _address[at] ? _address[at] : Many;
                _titles[tree.Parent(i) - container] |= _titles[at];
            }
        }

        public bool IsOne(int i) => _address[i - _container] > 0;

        public bool IsMany(int i) => _address[i - _container] == Many;

        public bool HasTitle(int i) => _titles[i - _container];

        private static int AddressOf(PageTree tree, PageWeights weights, int link, string? host, Dictionary<string, int> known)
        {
            var block = weights.BlockOf(link);
            if (weights.Link[block] * 10 < weights.Text[block] * 9 && weights.TextInside[link] > 0) return Many;
            if (tree.Element(link)!.GetAttribute("href") is not { Length: > 1 } address || !OwnLinks.LeadsTo(address, host)) return Many;
            address = SafeUrl.WithoutQuery(address).ToString();
            if (!known.TryGetValue(address, out var number)) known[address] = number = known.Count + 1;
            return number;
        }
    }
}
