using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>The element whose paragraphs, near below it, count most: each gives of its score to the five elements around it.</summary>
/// <remarks>The way of Arc90's Readability (2009): it asks how near paragraphs stand, where <see cref="Candidates"/> asks how much there is.</remarks>
internal static class ScoredContainer
{
    private const int Levels = 5;
    private const int LeastWeight = 25;
    private const double LeastOfParent = 1 / 3.0;

    public static int Choose(PageTree tree, PageWeights weights)
    {
        var scores = new double[tree.Count];
        for (var i = 1; i < tree.Count; i++)
        {
            if (tree.Dropped[i]) { i = tree.End(i) - 1; continue; }
            if (weights.Text[i] < LeastWeight || weights.Link[i] * 2 >= weights.Text[i] || tree.Role(i) != TagRole.Block) continue;
            var score = 1 + weights.Marks[i] + Math.Min(weights.Text[i] / 80.0, 3);
            var at = tree.Name(i) is "div" or "section" or "article" or "td" ? i : tree.Parent(i);
            for (var level = 0; level < Levels && at >= 0; level++, at = tree.Parent(at))
                scores[at] += score / (level switch { 0 => 1, 1 => 2, _ => 3 * level });
        }

        var best = 0;
        for (var i = 1; i < tree.Count; i++)
        {
            if (scores[i] == 0) continue;
            scores[i] *= 1 - (weights.LinkInside[i] / (double)Math.Max(1, weights.TextInside[i]));
            if (best == 0 || scores[i] > scores[best]) best = i;
        }

        return Widened(tree, weights, scores, best);
    }

    // Where the article's paragraphs stand in several elements beside each other, each alone has but a part.
    private static int Widened(PageTree tree, PageWeights weights, double[] scores, int best)
    {
        var (least, last) = (scores[best] * LeastOfParent, scores[best]);
        for (var at = tree.Parent(best); at > 0 && tree.Name(at) != "body"; at = tree.Parent(at))
        {
            if (scores[at] < least) break;
            if (scores[at] > last) return Widened(tree, weights, scores, at);
            last = scores[at];
        }

        // Brothers of the same make and as much text are as much of the article.
        var parent = tree.Parent(best);
        if (parent <= 0) return best;
        var joined = weights.Prose[best];
        var name = tree.Element(best)?.GetAttribute("class");
        for (var brother = parent + 1; brother < tree.End(parent); brother = tree.End(brother))
            if (brother != best && !tree.Dropped[brother] && tree.Name(brother) == tree.Name(best) && tree.Element(brother)?.GetAttribute("class") == name && scores[brother] > scores[best] * 0.2)
                joined += weights.Prose[brother];
        return joined > weights.Prose[best] * 1.2 ? Widened(tree, weights, scores, parent) : best;
    }
}
