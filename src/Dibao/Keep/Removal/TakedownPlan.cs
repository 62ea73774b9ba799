namespace Dibao.Keep;

/// <summary>What a takedown of an article would remove.</summary>
/// <param name="Articles">The article, and all that say the same in the same bytes.</param>
/// <param name="Captures">Every capture that holds words of theirs, feeds' answers among them.</param>
/// <param name="Feeds">How many of the captures are feeds' answers.</param>
public sealed record TakedownPlan(IReadOnlyList<Article> Articles, IReadOnlyList<RemovedCapture> Captures, int Feeds)
{
    /// <summary>How many captures several takedowns would remove: what told of two articles stands in the plans of both.</summary>
    public static int CapturesOf(IEnumerable<TakedownPlan> plans) => plans.SelectMany(plan => plan.Captures).DistinctBy(capture => capture.Leaf).Count();
}
