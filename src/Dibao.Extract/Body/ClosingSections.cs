using System.Collections.Frozen;
using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>What stands behind an article's last paragraph in boxes of another make: most is of the page; questions with their answers, tables under the article's headings, recipes and footnotes are of the article.</summary>
internal sealed class ClosingSections(PageTree tree, PageWeights weights, int container, Spine spine, OwnWrappers wrappers, Footnotes footnotes)
{
    private const int MinQuestions = 3;
    private const int MaxQuestion = 160;

    private static readonly FrozenSet<string> RecipeWords = "recipe recipes ingredients ingredient instructions zutaten zubereitung rezept receta ricetta recette przepis".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private readonly NamedElements _recipe = new(tree, RecipeWords);

    /// <param name="last">Of the blocks, the article's last own paragraph.</param>
    public void DropOthers(List<int> blocks, int last)
    {
        var answers = FirstOfAnswers(blocks, last + 1);
        for (var at = last + 1; at < answers; at++)
        {
            if (spine.Holds(blocks[at]) || wrappers.Hold(blocks[at]) || IsBesideParts(blocks[at]) || footnotes.Holds(blocks[at]) || IsOfRecipe(blocks[at])) continue;
            if (tree.Around(blocks[at], "table", container) is >= 0 and var table && IsUnderHeading(table, blocks[at - 1]))
            {
                while (at + 1 < answers && tree.IsInside(blocks[at + 1], table)) at++;
                continue;
            }

            TextBlocks.DropOwn(tree, weights, blocks[at]);
        }
    }

    private bool IsBesideParts(int block) =>
        spine.StandsBesideParts(block) && (weights.IsParagraph(block) || (tree.Role(block) == TagRole.Heading && weights.Link[block] == 0));

    /// <summary>Lists of things and steps, in boxes that a plugin makes.</summary>
    public bool IsOfRecipe(int block)
    {
        if (weights.Link[block] * 2 > weights.Text[block]) return false;
        for (var at = block; at > container; at = tree.Parent(at))
            if (_recipe.Holds(at)) return true;
        return false;
    }

    private bool IsUnderHeading(int table, int before) =>
        tree.Role(before) == TagRole.Heading && spine.Holds(before) && weights.LinkInside[table] * 4 <= weights.TextInside[table];

    // To the end, so looked for from there: each block is looked at once.
    private int FirstOfAnswers(List<int> blocks, int from)
    {
        var (first, questions, sentences, others) = (blocks.Count, 0, 0, 0);
        for (var at = blocks.Count - 1; at >= from; at--)
        {
            var isQuestion = IsQuestion(blocks[at]);
            if (isQuestion) questions++;
            else if (weights.IsParagraph(blocks[at])) sentences++;
            else if (tree.Name(blocks[at]) != "li") others++;
            if (isQuestion && questions >= MinQuestions && sentences >= questions && others * 3 <= questions) first = at;
        }

        return first;
    }

    private bool IsQuestion(int block) => weights.Text[block] <= MaxQuestion && weights.Link[block] == 0 && TextBlocks.OwnText(tree, block, 300) is [.., '?' or '？' or '؟'];
}
