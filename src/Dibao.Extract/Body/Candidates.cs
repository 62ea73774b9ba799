using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>
/// Finds the element that holds the article. Three ways that know nothing of each other look for it: by the most paragraph text with
/// the least of links and labels; by how near to it paragraphs stand (<see cref="ScoredContainer"/>); by the longest stretch of prose,
/// whatever the elements (<see cref="ProseRun"/>). What two of them find is it, and where all differ, the first.
/// </summary>
internal static class Candidates
{
    // Of the paragraph text that either of two holds, what both must hold to agree.
    private const double LeastCommon = 0.85;

    private const double NoiseCost = 0.7;
    private const double NamedBody = 1.15;
    private const double LeastOfArticle = 0.2;
    private const double LeastWithHeadline = 0.1;
    private const double BeforeHeadline = 0.3;

    /// <param name="headline">The h1 that is the article's title; -1 for none.</param>
    public static int Choose(PageTree tree, PageWeights weights, int headline)
    {
        var densest = Densest(tree, weights, headline);
        var run = ProseRun.Find(tree, weights).Container(tree);
        if (Agree(tree, weights, densest, run)) return densest;
        var nearest = ScoredContainer.Choose(tree, weights);
        if (Agree(tree, weights, densest, nearest) || !Agree(tree, weights, nearest, run)) return densest;

        // Two against one; but not against the article's own title.
        var other = tree.IsInside(nearest, run) && !(tree.IsInside(headline, run) && !tree.IsInside(headline, nearest)) ? nearest : run;
        return tree.IsInside(headline, densest) && !tree.IsInside(headline, other) ? densest : Narrowed(tree, weights, other, headline);
    }

    // Elements hold each other or have nothing in common.
    private static bool Agree(PageTree tree, PageWeights weights, int one, int other) =>
        (tree.IsInside(one, other) || tree.IsInside(other, one))
        && Math.Min(weights.Prose[one], weights.Prose[other]) >= Math.Max(weights.Prose[one], weights.Prose[other]) * LeastCommon;

    private static int Densest(PageTree tree, PageWeights weights, int headline)
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

        return Narrowed(tree, weights, best, headline);
    }

    // An <article> inside that holds the headline, or is the only one, and much of the text: what stands around it is of the page.
    private static int Narrowed(PageTree tree, PageWeights weights, int best, int headline)
    {
        var (found, articles) = (-1, 0);
        for (var i = best + 1; i < tree.End(best); i++)
        {
            if (tree.Dropped[i]) { i = tree.End(i) - 1; continue; }
            if (tree.Name(i) != "article") continue;
            articles++;
            if (found < 0 || tree.IsInside(headline, i)) found = i;
            i = tree.End(i) - 1;
        }

        if (found < 0) return best;
        var least = tree.IsInside(headline, found) ? LeastWithHeadline : articles == 1 ? LeastOfArticle : 1;
        return weights.Prose[found] > weights.Prose[best] * least ? found : best;
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
