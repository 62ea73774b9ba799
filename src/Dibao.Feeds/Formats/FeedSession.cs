namespace Dibao.Feeds.Formats;

internal enum FeedStep
{
    /// <summary>More of the document is needed.</summary>
    More,
    Entry,
    End,
}

/// <summary>One document being read, entry by entry.</summary>
internal abstract class FeedSession : IDisposable
{
    /// <param name="entry">Not null exactly with <see cref="FeedStep.Entry"/>.</param>
    public abstract FeedStep Next(out FeedEntry? entry);

    /// <summary>After the end: the feed without its entries, or why there is none.</summary>
    public abstract FeedReading Finish();

    public abstract void Dispose();
}
