using Dapper;
using Dibao.Capture.Media;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>Pictures and recordings as the archive keeps them. Thread-safe; reads only.</summary>
public sealed class MediaShelf(Database database)
{
    private static readonly Statement Insert = new(
        "INSERT OR IGNORE INTO media (url, capture_id, payload, type, length) VALUES ($url, $capture, $payload, $type, $length)");

    /// <summary>Whether something of that address is kept.</summary>
    public bool Holds(string url) => database.Read(connection => connection.QuerySingle<bool>("SELECT EXISTS (SELECT 1 FROM media WHERE url = @url)", new { url }));

    /// <summary>What each address showed at the time of a capture: what was kept last until then, or else first after it. Those not kept are left out.</summary>
    public IReadOnlyDictionary<string, KeptMedia> At(IReadOnlyCollection<string> urls, long captureId)
    {
        if (urls.Count == 0) return new Dictionary<string, KeptMedia>();
        return database.Read(connection => connection.Query<(string Url, long Capture, byte[] Payload, string Type, long Length)>(
                "SELECT url, capture_id, payload, type, length FROM media WHERE url IN @urls ORDER BY url, capture_id", new { urls }).ToList())
            .GroupBy(row => row.Url)
            .ToDictionary(same => same.Key, same =>
            {
                var row = same.LastOrDefault(kept => kept.Capture <= captureId) is { Url: not null } until ? until : same.First();
                return new KeptMedia(row.Url, Digest.FromBytes(row.Payload), row.Type, row.Length);
            });
    }

    /// <summary>The type of a kept picture or recording; null when the bytes were never kept as one.</summary>
    public string? TypeOf(Digest payload) => database.Read(connection => connection.QueryFirstOrDefault<string>(
        "SELECT type FROM media WHERE payload = @payload LIMIT 1", new { payload = payload.ToBytes() }));

    internal static void Note(SqliteTransaction transaction, long captureId, IReadOnlyList<KeptMedia> media)
    {
        foreach (var kept in media)
        {
            Insert.Run(transaction, kept.Url, captureId, kept.Payload.ToBytes(), kept.Type, kept.Length);
        }
    }
}
