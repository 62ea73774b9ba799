using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>The catalogue's rows of a capture and its records. Part of the writer.</summary>
internal static class CaptureRows
{
    private static readonly Statement SegmentOf = new(
        "INSERT INTO segments(name, applied) VALUES ($name, 0) ON CONFLICT(name) DO UPDATE SET name = name RETURNING id");

    private static readonly Statement Applied = new("UPDATE segments SET applied = $end WHERE name = $name");

    private static readonly Statement InsertCapture = new(
        """
        INSERT INTO captures(kind, url, at, outlet_id, status, leaf, manifest)
        VALUES ($kind, $url, $at, $outlet, $status, $leaf, $manifest) RETURNING id
        """);

    private static readonly Statement InsertRecord = new(
        """
        INSERT INTO records(capture_id, ordinal, type, segment_id, offset, length, payload, url_key, at)
        VALUES ($capture, $ordinal, $type, $segment, $offset, $length, $payload, $key, $at)
        """);

    private static readonly Statement InsertPayload = new(
        """
        INSERT INTO payloads(digest, segment_id, offset, length, record_id, url, at) VALUES ($digest, $segment, $offset, $length, $record, $url, $at)
        ON CONFLICT(digest) DO NOTHING
        """);

    private static readonly Statement SetArticle = new("UPDATE captures SET article_id = $article WHERE id = $capture");

    /// <returns>The capture's id.</returns>
    public static long Insert(SqliteTransaction transaction, KeptUnit unit, long? outletId, long leaf)
    {
        var bundle = unit.Bundle;
        var captureId = InsertCapture.Value<long>(
            transaction, (long)bundle.Kind, bundle.Url, bundle.At.ToUnixTimeMilliseconds(), outletId, unit.Reading.Status, leaf, unit.Manifest.ToBytes());
        InsertRecords(transaction, unit, captureId);
        return captureId;
    }

    /// <summary>Notes which article the capture is of.</summary>
    public static void Assign(SqliteTransaction transaction, long captureId, long articleId) => SetArticle.Run(transaction, articleId, captureId);

    /// <summary>Notes how far the catalogue holds each segment. In the transaction of these captures, after them.</summary>
    public static void Advance(SqliteTransaction transaction, IReadOnlyList<KeptUnit> units)
    {
        foreach (var segment in units.GroupBy(unit => unit.Records[^1].Segment)) Applied.Run(transaction, segment.Last().End, segment.Key);
    }

    /// <summary>Notes that a segment was read to its end, whatever of it could be.</summary>
    public static void Pass(SqliteTransaction transaction, string segment, long end)
    {
        SegmentOf.Value<long>(transaction, segment);
        Applied.Run(transaction, end, segment);
    }

    private static void InsertRecords(SqliteTransaction transaction, KeptUnit unit, long captureId)
    {
        // A capture lies in one segment whole.
        var segment = SegmentOf.Value<long>(transaction, unit.Records[^1].Segment);
        for (var ordinal = 0; ordinal < unit.Records.Count; ordinal++)
        {
            var record = unit.Records[ordinal];
            var payload = record.Payload?.ToBytes();
            InsertRecord.Run(transaction, captureId, ordinal, record.Type, segment, record.Offset, record.Length, payload, record.Url.Key, record.Url.At);
            if (payload is null || record.Type == "revisit") continue;
            // The record's own address and moment, not the article's: a picture on its page has others.
            InsertPayload.Run(transaction, payload, segment, record.Offset, record.Length, record.Id, record.Url.Url ?? unit.Bundle.Url, record.Url.At);
        }
    }
}
