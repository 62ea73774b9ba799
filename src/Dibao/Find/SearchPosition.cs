using Microsoft.Data.Sqlite;

namespace Dibao.Find;

/// <summary>
/// Rowids of the index: seconds since 0001-01-01 UTC, times eight, plus a place within the second.
/// In the order of time, so that "newest first" is the order of the index and a span of days is a range of rowids.
/// </summary>
/// <remarks>Few places a second, because every bit of a rowid is paid for in every posting. Where a second is full, as when
/// many articles bear a date and no time, a document takes a free place soon after it.</remarks>
internal static class SearchPosition
{
    private const int PlacesPerSecond = 8;

    public static long First(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerSecond * PlacesPerSecond;

    /// <summary>To the second.</summary>
    public static DateTimeOffset TimeOf(long position) =>
        new(Math.Clamp(position / PlacesPerSecond * TimeSpan.TicksPerSecond, 0, DateTime.MaxValue.Ticks), TimeSpan.Zero);

    /// <summary>A place that no document has, for one of <paramref name="articleId"/>.</summary>
    public static long Free(SqliteTransaction transaction, long articleId, DateTimeOffset time)
    {
        using var taken = transaction.Connection!.CreateCommand();
        taken.Transaction = transaction;
        taken.CommandText = "SELECT 1 FROM search_documents WHERE position = $position";
        var position = taken.Parameters.Add("$position", SqliteType.Integer);
        var first = First(time);
        for (var attempt = 0; ; attempt++)
        {
            var candidate = first + Offset(articleId, attempt);
            position.Value = candidate;
            if (taken.ExecuteScalar() is null) return candidate;
        }
    }

    // The places of the second in order, then places of the document's own in a range that doubles every eighth time:
    // looking at each next place would make n articles of one moment cost n² looks.
    private static long Offset(long articleId, int attempt)
    {
        if (attempt < PlacesPerSecond) return attempt;
        var range = (ulong)PlacesPerSecond << Math.Min(40, attempt / 8);
        var mixed = ((ulong)articleId * 0x9E3779B97F4A7C15) ^ ((ulong)attempt * 0xC2B2AE3D27D4EB4F);
        mixed = (mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9;
        return (long)((mixed ^ (mixed >> 32)) % range);
    }
}
