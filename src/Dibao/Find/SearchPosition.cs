using Microsoft.Data.Sqlite;

namespace Dibao.Find;

/// <summary>
/// Rowids of the index: one place for each five seconds since 0001-01-01 UTC.
/// In the order of time, so that "newest first" is the order of the index and a span of days is a range of rowids.
/// </summary>
/// <remarks>No finer, because every bit of a rowid is paid for in every posting: eight places a second make the index a sixth larger.
/// Where a place is taken, a document gets a free one in its quarter of an hour, which is within its day in every time zone;
/// only where thousands share one moment do some go further.</remarks>
internal static class SearchPosition
{
    private const int SecondsPerPlace = 5;
    private const int PlacesPerQuarter = 15 * 60 / SecondsPerPlace;
    private const int Neighbours = 8;
    private const int WithinQuarter = 64;

    private static readonly Statement Taken = new("SELECT 1 FROM search_documents WHERE position = $position");

    public static long First(DateTimeOffset time) => time.UtcTicks / (SecondsPerPlace * TimeSpan.TicksPerSecond);

    /// <summary>UTC, as in <see cref="DateTimeOffset.UtcTicks"/>; to five seconds.</summary>
    public static long TicksOf(long position) => position * SecondsPerPlace * TimeSpan.TicksPerSecond;

    /// <summary>A place that no document has, for one of <paramref name="articleId"/>.</summary>
    public static long Free(SqliteTransaction transaction, long articleId, DateTimeOffset time)
    {
        var first = First(time);
        for (var attempt = 0; ; attempt++)
        {
            var candidate = Candidate(first, articleId, attempt);
            if (Taken.Value<long>(transaction, candidate) == 0) return candidate;
        }
    }

    // The next places; then places of the document's own, since looking at each next one would make n articles
    // of one moment cost n² looks; then in a range that doubles every eighth time.
    private static long Candidate(long first, long articleId, int attempt)
    {
        if (attempt < WithinQuarter)
        {
            var inQuarter = first % PlacesPerQuarter;
            var offset = attempt < Neighbours ? attempt : (long)(Mix(articleId, attempt) % PlacesPerQuarter);
            return first - inQuarter + ((inQuarter + offset) % PlacesPerQuarter);
        }
        var range = (ulong)PlacesPerQuarter << Math.Min(32, (attempt - WithinQuarter) / 8);
        return first + (long)(Mix(articleId, attempt) % range);
    }

    private static ulong Mix(long articleId, int attempt)
    {
        var mixed = ((ulong)articleId * 0x9E3779B97F4A7C15) ^ ((ulong)attempt * 0xC2B2AE3D27D4EB4F);
        mixed = (mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9;
        return mixed ^ (mixed >> 32);
    }
}
