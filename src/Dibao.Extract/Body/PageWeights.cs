using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>How much running text, link text and short text each node of a page holds.</summary>
/// <remarks>The unit is a Latin letter; a Han, kana or hangul character counts two, for it says about that much.</remarks>
internal sealed class PageWeights
{
    /// <summary>A block with less is no paragraph: 20 Han characters, or some seven English words.</summary>
    public const int MinParagraph = 40;

    private readonly PageTree _tree;
    private readonly int[] _block;
    private readonly bool[] _leads; // of a link: whether it leads somewhere
    private readonly (int Weight, int Marks)[] _texts; // of a text, which stays what it is

    public PageWeights(PageTree tree)
    {
        _tree = tree;
        _block = new int[tree.Count];
        _leads = new bool[tree.Count];
        _texts = new (int, int)[tree.Count];
        for (var i = 0; i < tree.Count; i++)
        {
            if (tree.Role(i) == TagRole.Text) _texts[i] = TextWeight.Of(tree.TextOf(i));
            else _leads[i] = tree.Name(i) == "a" && !IsOpener(tree, i);
        }

        Text = new int[tree.Count];
        Link = new int[tree.Count];
        Marks = new int[tree.Count];
        Prose = new int[tree.Count];
        Noise = new int[tree.Count];
        TextInside = new int[tree.Count];
        LinkInside = new int[tree.Count];
        Measure();
    }

    /// <summary>Of a block: its own text, without the blocks inside.</summary>
    public int[] Text { get; }

    /// <summary>Of a block: its own text inside links.</summary>
    public int[] Link { get; }

    /// <summary>Of a block: its own sentence punctuation.</summary>
    public int[] Marks { get; }

    /// <summary>Of any node: paragraph text inside, without links.</summary>
    public int[] Prose { get; }

    /// <summary>Of any node: links and short texts inside.</summary>
    public int[] Noise { get; }

    /// <summary>Of any node: all text inside.</summary>
    public int[] TextInside { get; }

    /// <summary>Of any node: all link text inside.</summary>
    public int[] LinkInside { get; }

    /// <summary>The block in whose line a node stands: itself for a block.</summary>
    public int BlockOf(int i) => _block[i];

    public bool IsParagraph(int i) =>
        Text[i] >= MinParagraph && Link[i] * 2 < Text[i] && (Marks[i] > 0 || Text[i] >= 3 * MinParagraph);

    // The title of a section that a script unfolds. Elsewhere such a link is a button.
    private static bool IsOpener(PageTree tree, int link) =>
        (tree.Role(tree.Parent(link)) == TagRole.Heading || tree.Name(tree.Parent(link)) is "li" or "dt")
        && tree.Element(link)!.GetAttribute("href") is var href && (href is null or "" or "#" || href.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase));

    // Poems and blogs are written in them.
    private bool IsShortLine(int i) => Link[i] == 0 && _tree.Name(i) == "p";

    /// <summary>Anew after parts were dropped.</summary>
    public void Measure()
    {
        Array.Clear(Text);
        Array.Clear(Link);
        Array.Clear(Marks);
        Array.Clear(Prose);
        Array.Clear(Noise);
        Array.Clear(TextInside);
        Array.Clear(LinkInside);
        MeasureBlocks();
        SumUp();
    }

    private void MeasureBlocks()
    {
        var linkEnd = 0;
        for (var i = 0; i < _tree.Count; i++)
        {
            if (_tree.Dropped[i]) { SkipBlocks(ref i); continue; }
            var role = _tree.Role(i);
            _block[i] = i > 0 && role is TagRole.Inline or TagRole.Text or TagRole.LineBreak or TagRole.Image or TagRole.Embed ? _block[_tree.Parent(i)] : i;
            if (role == TagRole.Block && _tree.Name(i) == "figcaption") { SkipBlocks(ref i); continue; } // no running text
            if (_leads[i] && i >= linkEnd) linkEnd = _tree.End(i);
            if (role != TagRole.Text) continue;
            var (weight, marks) = _texts[i];
            Text[_block[i]] += weight;
            Marks[_block[i]] += marks;
            if (i < linkEnd) Link[_block[i]] += weight;
        }
    }

    private void SkipBlocks(ref int i)
    {
        var end = _tree.End(i);
        for (; i < end; i++) _block[i] = i;
        i = end - 1;
    }

    private void SumUp()
    {
        for (var i = _tree.Count - 1; i > 0; i--)
        {
            if (Text[i] > 0)
            {
                if (IsParagraph(i)) Prose[i] += Text[i] - Link[i];
                else if (IsShortLine(i)) Prose[i] += Text[i] / 2;
                else if (_tree.Role(i) != TagRole.Heading) Noise[i] += Text[i];
                if (IsParagraph(i)) Noise[i] += Link[i];
            }

            TextInside[i] += Text[i];
            if (TextInside[i] == 0) continue;
            LinkInside[i] += Link[i];
            TextInside[_tree.Parent(i)] += TextInside[i];
            LinkInside[_tree.Parent(i)] += LinkInside[i];
            Prose[_tree.Parent(i)] += Prose[i];
            Noise[_tree.Parent(i)] += Noise[i];
        }
    }
}
