using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>The catalogue's rows of an article's wordings. Part of the writer.</summary>
internal static class VersionRows
{
    private static readonly Statement InsertVersion = new(
        """
        INSERT INTO versions(article_id, ordinal, capture_id, origin, captured, title, standfirst, lead, authors, published, modified,
                             language, lead_image, lead_caption, sections, wording)
        VALUES ($article, $ordinal, $capture, $origin, $captured, $title, $standfirst, $lead, $authors, $published, $modified,
                $language, $image, $caption, $sections, $wording) RETURNING id
        """);

    private static readonly Statement InsertBody = new("INSERT INTO bodies(version_id, body) VALUES ($version, $body)");
    private static readonly Statement BodyOf = new("SELECT body FROM bodies WHERE version_id = $version");
    private static readonly Statement WordingOf = new("SELECT wording, origin, title FROM versions WHERE id = $version");

    /// <summary>Which wording a version has, where it came from and its title.</summary>
    public static (byte[] Wording, VersionOrigin Origin, string Title) Wording(SqliteTransaction transaction, long? versionId) =>
        WordingOf.Row(transaction, row => ((byte[])row[0], (VersionOrigin)row.GetInt64(1), row.GetString(2)), versionId);

    /// <summary>A version's text; null when it has no body.</summary>
    public static string? Text(SqliteTransaction transaction, long? versionId) =>
        BodyOf.Value<byte[]>(transaction, versionId) is { } body ? PackedBody.Text(body) : null;

    /// <returns>The version's id.</returns>
    public static long Insert(SqliteTransaction transaction, long articleId, VersionDraft draft, long captureId, DateTimeOffset at, long ordinal) =>
        InsertVersion.Value<long>(
            transaction, articleId, ordinal, captureId, (long)draft.Origin, at.ToUnixTimeMilliseconds(), draft.Title, draft.Standfirst, draft.Lead,
            Json(draft.Authors), draft.Published?.ToUnixTimeMilliseconds(), draft.Modified?.ToUnixTimeMilliseconds(),
            draft.Language, draft.LeadImage, draft.LeadCaption, Json(draft.Sections), draft.Wording.ToBytes());

    public static void InsertBodyOf(SqliteTransaction transaction, long versionId, VersionDraft draft) => InsertBody.Run(transaction, versionId, draft.PackedBody);

    /// <summary>Gives migration 0018 what makes a shorter lead of a longer one.</summary>
    public static void RegisterMigration(SqliteConnection connection) => connection.CreateFunction("dibao_lead", (string lead) => VersionDraft.LeadOf(lead), isDeterministic: true);

    private static string Json(IReadOnlyList<string> values) => values.Count == 0 ? "[]" : JsonSerializer.Serialize([.. values], KeepJson.Readable.ListString);
}
