using System.Buffers;

namespace Dibao.Find;

/// <param name="Newest">Unix milliseconds.</param>
/// <param name="OutletId">An archive has fewer outlets than an int counts.</param>
/// <param name="Score">Below 0 where it was not ranked.</param>
internal readonly record struct FoundHit(long ArticleId, long Newest, int OutletId, float Score)
{
    public SearchPlace Place => new(Newest, ArticleId);
}

/// <summary>The newest hits of one search, however they come in.</summary>
/// <param name="most">How many are kept.</param>
/// <remarks>Pooled: 290 kB a search lies beyond what the collector moves, and with eight clients each collection showed in the 99th percentile.</remarks>
internal sealed class FoundHits(int most) : IDisposable
{
    // Room beyond what is kept, so that not each hit has to be brought into order with the others.
    private const int Spare = 2048;

    private readonly FoundHit[] hits = ArrayPool<FoundHit>.Shared.Rent(most + Spare);
    private int count;
    private bool isOrdered = true;
    private SearchPlace last = new(long.MinValue, 0);

    /// <summary>Newest first; no more are added after this was asked for.</summary>
    public ReadOnlySpan<FoundHit> Newest
    {
        get
        {
            KeepNewest();
            return hits.AsSpan(0, count);
        }
    }

    /// <summary>As many are kept as are wanted, and all of them are of later than <paramref name="newest"/>.</summary>
    /// <param name="newest">Unix milliseconds.</param>
    public bool AreAllAfter(long newest)
    {
        if (count < most) return false;
        KeepNewest();
        return last.Newest > newest;
    }

    public void Add(FoundHit hit)
    {
        if (hit.Place.IsOlderThan(last)) return;
        if (count == most + Spare) KeepNewest();
        isOrdered &= count == 0 || hit.Place.IsOlderThan(hits[count - 1].Place);
        hits[count++] = hit;
    }

    public void Dispose() => ArrayPool<FoundHit>.Shared.Return(hits);

    private void KeepNewest()
    {
        if (!isOrdered) hits.AsSpan(0, count).Sort(static (one, other) => (other.Newest, other.ArticleId).CompareTo((one.Newest, one.ArticleId)));
        isOrdered = true;
        if (count < most) return;
        count = most;
        last = hits[most - 1].Place;
    }
}
