using Dapper;
using Dibao.Warc;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>One capture of a URL, wherever it came from: as an article, on the way to one, or on an article's page.</summary>
/// <param name="CaptureId">The capture that it belongs to.</param>
/// <param name="At">When it was received.</param>
/// <param name="Place">Where its record lies.</param>
public sealed record Memento(long CaptureId, DateTimeOffset At, KeptRecord Place);

/// <summary>The captures of a URL over time. Thread-safe; reads only.</summary>
/// <remarks>Source of the word: RFC 7089. URLs that differ in scheme, <c>www.</c>, case or the order of their query are one (<see cref="Surt"/>).</remarks>
public sealed class Mementos(Database database)
{
    private const string Columns = "SELECT r.capture_id, r.at, r.type, s.name, r.offset, r.length, r.payload FROM records r JOIN segments s ON s.id = r.segment_id";

    /// <summary>The one nearest in time; the earlier of two that are equally near. Null when there is none.</summary>
    public Memento? Closest(string url, DateTimeOffset at) => database.Read(connection =>
    {
        var parameters = new { key = UrlKey.Of(url), at = at.ToUnixTimeMilliseconds() };
        var before = One(connection, "WHERE r.url_key = @key AND r.at <= @at ORDER BY r.at DESC, r.capture_id DESC LIMIT 1", parameters);
        var after = One(connection, "WHERE r.url_key = @key AND r.at > @at ORDER BY r.at, r.capture_id LIMIT 1", parameters);
        return before is null || (after is not null && after.At - at < at - before.At) ? after : before;
    });

    /// <summary>The last one of that second: URLs of mementos know no more. Null when there is none.</summary>
    /// <param name="second">Without a fraction.</param>
    public Memento? Of(string url, DateTimeOffset second) => database.Read(connection => One(
        connection,
        "WHERE r.url_key = @key AND r.at >= @from AND r.at < @from + 1000 ORDER BY r.at DESC, r.capture_id DESC, r.ordinal DESC LIMIT 1",
        new { key = UrlKey.Of(url), from = second.ToUnixTimeMilliseconds() }));

    /// <summary>When it was captured, oldest first, to the second; each second once.</summary>
    /// <param name="limit">The newest that many.</param>
    public IReadOnlyList<DateTimeOffset> Times(string url, int limit) => database.Read(connection => connection.Query<long>(
            "SELECT DISTINCT at / 1000 FROM records WHERE url_key = @key ORDER BY 1 DESC LIMIT @limit",
            new { key = UrlKey.Of(url), limit })
        .Reverse().Select(DateTimeOffset.FromUnixTimeSeconds).ToList());

    /// <summary>The seconds around one: the first, the one before, the one after, the last.</summary>
    public MementoNeighbours Around(string url, DateTimeOffset second) => database.Read(connection =>
    {
        var row = connection.QuerySingle<(long? First, long? Before, long? After, long? Last)>(
            """
            SELECT (SELECT MIN(at) FROM records WHERE url_key = @key), (SELECT MAX(at) FROM records WHERE url_key = @key AND at < @from),
                   (SELECT MIN(at) FROM records WHERE url_key = @key AND at >= @from + 1000), (SELECT MAX(at) FROM records WHERE url_key = @key)
            """, new { key = UrlKey.Of(url), from = second.ToUnixTimeMilliseconds() });
        return new MementoNeighbours(Second(row.First), Second(row.Before), Second(row.After), Second(row.Last));
    });

    private static DateTimeOffset? Second(long? at) => at is { } milliseconds ? DateTimeOffset.FromUnixTimeSeconds(milliseconds / 1000) : null;

    private static Memento? One(SqliteConnection connection, string tail, object parameters) =>
        connection.Query<(long Capture, long At, string Type, string Name, long Offset, long Length, byte[]? Payload)>($"{Columns} {tail}", parameters)
            .Select(row => new Memento(row.Capture, CatalogueRows.Time(row.At), new(
                row.Type, row.Name, row.Offset, row.Length, row.Payload is null ? null : Digest.FromBytes(row.Payload))))
            .FirstOrDefault();
}

/// <summary>The captures around one of a URL, to the second; null where there is none.</summary>
public readonly record struct MementoNeighbours(DateTimeOffset? First, DateTimeOffset? Before, DateTimeOffset? After, DateTimeOffset? Last);

/// <summary>Gives the records of an older catalogue their addresses, which stand in the records themselves.</summary>
internal static class UrlKeyBackfill
{
    private const int Batch = 1000;

    public static void Run(Database database, SegmentReader segments, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested && Next(database) is { Count: > 0 } rows)
        {
            var keyed = rows.ConvertAll(row => (row, Key: KeyOf(segments, row.Place)));
            database.Write(transaction =>
            {
                foreach (var (row, key) in keyed)
                {
                    transaction.Connection!.Execute(
                        "UPDATE records SET url_key = @Key, at = @At WHERE capture_id = @CaptureId AND ordinal = @Ordinal",
                        new { key.Key, key.At, row.CaptureId, row.Ordinal }, transaction);
                }
            });
        }
    }

    private static List<(long CaptureId, long Ordinal, KeptRecord Place)> Next(Database database) => database.Read(connection =>
        connection.Query<(long Capture, long Ordinal, string Type, string Name, long Offset, long Length)>(
                $"""
                SELECT r.capture_id, r.ordinal, r.type, s.name, r.offset, r.length FROM records r JOIN segments s ON s.id = r.segment_id
                WHERE r.url_key IS NULL ORDER BY r.capture_id LIMIT {Batch}
                """)
            .Select(row => (row.Capture, row.Ordinal, new KeptRecord(row.Type, row.Name, row.Offset, row.Length, null)))
            .ToList());

    // Damage is for `dibao verify` to report; here it only means that nobody finds the record by its address.
    private static UrlKey KeyOf(SegmentReader segments, KeptRecord place)
    {
        if (place.Type is not ("response" or "revisit")) return default;
        try { return UrlKey.Of(segments.Read(place)); }
        catch (InvalidDataException) { return default; }
    }
}
