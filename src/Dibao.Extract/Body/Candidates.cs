using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>Finds the element that holds the article: the most paragraph text with the least of links and labels.</summary>
internal static class Candidates
{
    private const double NoiseCost = 0.7;
    private const double NamedBody = 1.15;
    private const double BeforeHeadline = 0.3;

    /// <param name="headline">The h1 that is the article's title; -1 for none.</param>
    public static int Choose(PageTree tree, PageWeights weights, int headline)
    {
        var best = 0;
        var bestScore = double.MinValue;
        var least = weights.Prose[0] / 4;
        for (var i = 0; i < tree.Count; i++)
        {
            if (tree.Dropped[i]) { i = tree.End(i) - 1; continue; }
            if (tree.Role(i) != TagRole.Block || weights.Prose[i] <= least) continue;
            var score = Score(tree, weights, i);
            if (headline >= 0 && tree.End(i) <= headline) score *= BeforeHeadline;
            if (score < bestScore) continue;
            (best, bestScore) = (i, score);
        }

        return best;
    }

    private static double Score(PageTree tree, PageWeights weights, int i)
    {
        if (tree.Name(i) is "p" or "li" or "blockquote" && weights.Prose[i] < weights.Prose[0]) return 0;
        var element = tree.Element(i);
        var named = element is not null
            && (element.LocalName is "article" || element.GetAttribute("itemprop") == "articleBody" || ClutterWords.NamesBody(element));
        return (weights.Prose[i] * (named ? NamedBody : 1)) - (NoiseCost * weights.Noise[i]);
    }
}
