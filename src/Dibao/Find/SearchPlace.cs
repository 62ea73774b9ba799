namespace Dibao.Find;

/// <summary>Where an article stands in the order of hits: by its time, and of one moment by when it came in.</summary>
/// <param name="Newest">Unix milliseconds.</param>
internal readonly record struct SearchPlace(long Newest, long ArticleId)
{
    /// <summary>All others are older.</summary>
    public static readonly SearchPlace End = new(long.MaxValue, long.MaxValue);

    public bool IsOlderThan(SearchPlace other) => Newest != other.Newest ? Newest < other.Newest : ArticleId < other.ArticleId;
}
