using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>Where in a page its article is: one element, and in it all that is not dropped.</summary>
internal sealed class ArticleBody
{
    private const int MaxSmall = 60;

    private ArticleBody(int container, string? dateLine)
    {
        Container = container;
        DateLine = dateLine;
    }

    public int Container { get; }

    /// <summary>The text of a date line at the head, for the reading's time.</summary>
    public string? DateLine { get; }

    /// <param name="headline">The h1 that is the article's title; -1 for none.</param>
    /// <param name="wholePage">False for a feed's content, which is nothing but its article.</param>
    public static ArticleBody Find(PageTree tree, PageWeights weights, PageHead head, int headline, string? language, bool wholePage)
    {
        Clutter.Drop(tree, weights, headline, wholePage);
        var container = wholePage ? Candidates.Choose(tree, weights, headline) : 0;
        var trimming = new Trimming(tree, weights, container, headline, wholePage);
        trimming.Run(head, language);
        weights.Measure();
        if (weights.TextInside[container] == 0 && KeepSmall(tree, weights)) container = 0;
        return new ArticleBody(container, trimming.DateLine);
    }

    // On a page of a few words there is nothing to tell the article's from the others by: all of them stay.
    private static bool KeepSmall(PageTree tree, PageWeights weights)
    {
        Array.Clear(tree.Dropped);
        weights.Measure();
        if (weights.TextInside[0] <= MaxSmall) return true;
        Array.Fill(tree.Dropped, true, 0, 1);
        weights.Measure();
        return false;
    }
}
