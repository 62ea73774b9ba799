using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>How the catalogue's rows become the archive's nouns.</summary>
internal static class CatalogueRows
{
    public const string ArticleColumns =
        """
        a.id AS Id, a.url AS Url, a.state AS State, a.state_since AS StateSince, a.first_captured AS FirstCaptured,
        a.last_captured AS LastCaptured, a.number AS Number, a.version_count AS VersionCount, a.newest AS Newest,
        o.id AS OutletId, o.slug AS Slug, o.name AS OutletName, o.home_url AS HomeUrl, o.language AS OutletLanguage,
        t.cause AS Cause, t.reason AS Reason
        """;

    public const string VersionColumns =
        """
        v.id AS VersionId, v.article_id AS ArticleId, v.ordinal AS Ordinal, v.capture_id AS CaptureId, v.origin AS Origin,
        v.captured AS Captured, v.title AS Title, v.standfirst AS Standfirst, v.lead AS Lead, v.authors AS Authors, v.published AS Published,
        v.modified AS Modified, v.language AS Language, v.lead_image AS LeadImage, v.lead_caption AS LeadCaption, v.sections AS Sections, v.wording AS Wording
        """;

    public const string ArticleTables = "articles a JOIN outlets o ON o.id = a.outlet_id JOIN versions v ON v.id = a.current_id LEFT JOIN takedowns t ON t.capture_id = a.takedown_id";

    /// <summary>What lists hold.</summary>
    public const string NotTakenDown = "a.takedown_id IS NULL";

    public static List<Article> Articles(SqliteConnection connection, string tail, object parameters)
    {
        var sql = $"SELECT {ArticleColumns}, {VersionColumns} FROM {ArticleTables} {tail}";
        return [.. connection.Query<ArticleRow, VersionRow, Article>(sql, ToArticle, parameters, splitOn: "VersionId")];
    }

    public static List<ArticleVersion> Versions(SqliteConnection connection, string tail, object parameters) =>
        [.. connection.Query<VersionRow>($"SELECT {VersionColumns} FROM versions v {tail}", parameters).Select(ToVersion)];

    public static IEnumerable<Outlet> Outlets(SqliteConnection connection, string tail, object? parameters = null) =>
        connection.Query<Outlet>($"SELECT id, slug, name, home_url AS HomeUrl, language FROM outlets {tail}", parameters);

    private static Article ToArticle(ArticleRow row, VersionRow version) => new()
    {
        Id = row.Id,
        Outlet = new() { Id = row.OutletId, Slug = row.Slug, Name = row.OutletName, HomeUrl = row.HomeUrl, Language = row.OutletLanguage },
        Url = row.Url,
        State = (ArticleState)row.State,
        StateSince = Time(row.StateSince),
        FirstCaptured = Time(row.FirstCaptured),
        LastCaptured = Time(row.LastCaptured),
        Newest = Time(row.Newest),
        Number = (int)row.Number,
        VersionCount = (int)row.VersionCount,
        Current = ToVersion(version),
        Removal = row.Reason is null ? null : new((TakedownCause)row.Cause, row.Reason, Time(row.StateSince)),
    };

    private static ArticleVersion ToVersion(VersionRow row) => new()
    {
        Id = row.VersionId,
        ArticleId = row.ArticleId,
        Ordinal = (int)row.Ordinal,
        CaptureId = row.CaptureId,
        Origin = (VersionOrigin)row.Origin,
        Captured = Time(row.Captured),
        Title = row.Title,
        Standfirst = row.Standfirst,
        Lead = row.Lead,
        Authors = Strings(row.Authors),
        Published = row.Published is { } published ? Time(published) : null,
        Modified = row.Modified is { } modified ? Time(modified) : null,
        Language = row.Language,
        LeadImage = row.LeadImage,
        LeadCaption = row.LeadCaption,
        Sections = Strings(row.Sections),
        Wording = Digest.FromBytes(row.Wording),
    };

    public static DateTimeOffset Time(long unixMilliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds);

    private static List<string> Strings(string json) =>
        json == "[]" ? [] : JsonSerializer.Deserialize(json, KeepJson.Default.ListString) ?? [];

    private sealed class ArticleRow
    {
        public long Id { get; set; }
        public string Url { get; set; } = "";
        public long State { get; set; }
        public long StateSince { get; set; }
        public long FirstCaptured { get; set; }
        public long LastCaptured { get; set; }
        public long Number { get; set; }
        public long VersionCount { get; set; }
        public long Newest { get; set; }
        public long OutletId { get; set; }
        public string Slug { get; set; } = "";
        public string OutletName { get; set; } = "";
        public string? HomeUrl { get; set; }
        public string? OutletLanguage { get; set; }
        public long Cause { get; set; }
        public string? Reason { get; set; }
    }

    private sealed class VersionRow
    {
        public long VersionId { get; set; }
        public long ArticleId { get; set; }
        public long Ordinal { get; set; }
        public long CaptureId { get; set; }
        public long Origin { get; set; }
        public long Captured { get; set; }
        public string Title { get; set; } = "";
        public string? Standfirst { get; set; }
        public string Lead { get; set; } = "";
        public string Authors { get; set; } = "[]";
        public long? Published { get; set; }
        public long? Modified { get; set; }
        public string? Language { get; set; }
        public string? LeadImage { get; set; }
        public string? LeadCaption { get; set; }
        public string Sections { get; set; } = "[]";
        public byte[] Wording { get; set; } = [];
    }
}
