using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>
/// Wrappers that hold too little to be of the spine, and are the article's all the same: those around the spine that hold paragraphs
/// beside it, those whose make recurs among what stands before the article's last own paragraph, and those of answers that the page states.
/// </summary>
internal sealed class OwnWrappers
{
    private const int LeastOfMake = 2;

    // Of a block's letters.
    private const double Stated = 0.8;

    private readonly PageTree _tree;
    private readonly StatedText? _answers;
    private readonly Spine _spine;
    private readonly HashSet<int> _roots = [];
    private readonly HashSet<ulong> _makes = [];

    /// <param name="last">The article's last own paragraph.</param>
    public OwnWrappers(PageTree tree, PageWeights weights, int container, Spine spine, int last, StatedText? answers)
    {
        (_tree, _answers) = (tree, answers);
        _spine = spine;
        var makes = new Dictionary<ulong, int>();
        foreach (var block in TextBlocks.In(tree, weights, container, last))
        {
            if (!weights.IsParagraph(block) || spine.Holds(block)) continue;
            var parent = tree.Parent(block);
            if (tree.Name(block) == "p" && tree.IsInside(last, parent)) _roots.Add(parent);
            if (weights.Link[block] > 0) continue;
            var make = spine.MakeOf(parent);
            if ((makes[make] = makes.GetValueOrDefault(make) + 1) == LeastOfMake) _makes.Add(make);
        }
    }

    public bool Hold(int block) => _spine.StandsIn(block, i => _roots.Contains(i) || _makes.Contains(_spine.MakeOf(i))) || IsAnswer(block);

    public bool HoldByMake(int block) => _spine.StandsIn(block, i => _makes.Contains(_spine.MakeOf(i)));

    private bool IsAnswer(int block) => _answers?.ShareOf(MarkupText.Fingerprint(TextBlocks.OwnText(_tree, block))) > Stated;
}
