using Dibao.Extract.Page;
using Dibao.Extract.Sites;

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

    public static ArticleBody Find(PageTree tree, PageWeights weights, PageHead head, BodyRequest request)
    {
        // An element that a site's rule names needs no search, and no suspicion of what stands in it.
        var searched = request.WholePage && request.Named < 0;
        Clutter.Drop(tree, weights, request.Headline, searched);
        if (request.Template is { } template && request.WholePage) TemplateLearner.Drop(template, tree, weights);
        if (searched)
        {
            FollowingArticles.Drop(tree, weights, request.Headline);
            Listings.Drop(tree, weights, request.Headline, request.Host);
        }

        var container = searched ? Candidates.Choose(tree, weights, request.Headline) : Math.Max(request.Named, 0);
        tree.Keep(request.Named);
        if (searched) Teasers.Drop(tree, weights, container, request.Host);
        var trimming = new Trimming(tree, weights, container, request.Headline, searched, searched ? StatedText.Of(request.Answers) : null);
        if (request.Trim) trimming.Run(head, request.Language);
        if (searched && StatedText.Of(request.Stated) is { } said)
        {
            weights.Measure();
            Testimony.Heed(tree, weights, container, said);
        }

        weights.Measure();
        if (searched) Embeds.Keep(tree, weights, container, request.Headline);
        if (searched) Openings.Keep(tree, weights, container, request.Headline, head, request.Description, request.Language);
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

/// <summary>What is known of a page when its body is looked for.</summary>
internal sealed record BodyRequest
{
    /// <summary>The h1 that is the article's title; -1 for none.</summary>
    public int Headline { get; init; } = -1;

    /// <summary>The page's own; null when it is not known.</summary>
    public string? Host { get; init; }

    /// <summary>The body as the page's structured data states it.</summary>
    public string? Stated { get; init; }

    /// <summary>The page's own, for search engines and cards.</summary>
    public string? Description { get; init; }

    /// <summary>What the structured data answers to the page's own questions.</summary>
    public string? Answers { get; init; }

    /// <summary>BCP 47: how a date line is read.</summary>
    public string? Language { get; init; }

    /// <summary>False for a feed's content, which is nothing but its article.</summary>
    public bool WholePage { get; init; } = true;

    /// <summary>The element that a site's rule names; -1 for none.</summary>
    public int Named { get; init; } = -1;

    public bool Trim { get; init; } = true;

    public SiteTemplate? Template { get; init; }
}
