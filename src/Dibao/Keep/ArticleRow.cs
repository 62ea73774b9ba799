using Dibao.Capture;
using Microsoft.Data.Sqlite;

namespace Dibao.Keep;

/// <summary>What the writer needs to know of an article that the catalogue has, and the statements that read and make such rows.</summary>
internal sealed record ArticleRow
{
    private const int HighestNumber = 0xFFFFF;
    private const string Columns = "id, outlet_id, state, first_captured, version_count, current_id, newest, answers_at";

    private static readonly Statement ById = new($"SELECT {Columns} FROM articles WHERE id = $id");
    private static readonly Statement ByNumber = new($"SELECT {Columns} FROM articles WHERE outlet_id = $outlet AND number = $number");

    private static readonly Statement InsertArticle = new(
        $"""
        INSERT INTO articles(outlet_id, url, state, state_since, first_captured, last_captured, number, newest)
        VALUES ($outlet, $url, $state, $at, $at, $at, $number, $at) RETURNING {Columns}
        """);

    private static readonly Statement FreeNumber = new(
        """
        SELECT CASE
            WHEN $wish IS NOT NULL AND NOT EXISTS (SELECT 1 FROM articles WHERE outlet_id = $outlet AND number = $wish) THEN $wish
            ELSE COALESCE((SELECT MIN(number) FROM articles WHERE outlet_id = $outlet), $highest + 1) - 1 END
        """);

    public required long Id { get; init; }
    public required long OutletId { get; init; }
    public required ArticleState State { get; init; }
    public required long FirstCaptured { get; init; }
    public required long VersionCount { get; init; }
    public required long? CurrentId { get; init; }

    /// <summary>Unix milliseconds: published, or else first captured.</summary>
    public required long Newest { get; init; }

    /// <summary>As <see cref="Answer.Address"/> was at first.</summary>
    public required string? AnswersAt { get; init; }

    public static ArticleRow Find(SqliteTransaction transaction, long id) => ById.Row(transaction, Read, id)!;

    public static ArticleRow? FindByNumber(SqliteTransaction transaction, long outletId, long number) => ByNumber.Row(transaction, Read, outletId, number);

    /// <param name="number">Null takes the number that the imported file had, where it is free, and otherwise one below the lowest so far.</param>
    public static ArticleRow Insert(SqliteTransaction transaction, KeptUnit unit, long outletId, long? number = null)
    {
        var state = unit.Bundle.Kind switch
        {
            CaptureKind.File => ArticleState.Imported,
            CaptureKind.Known => ArticleState.Known,
            _ => ArticleState.Live,
        };
        number ??= NumberFor(transaction, outletId, unit.Bundle.File);
        return InsertArticle.Row(transaction, Read, outletId, unit.Bundle.Url, (long)state, unit.Bundle.At.ToUnixTimeMilliseconds(), number)!;
    }

    private static long NumberFor(SqliteTransaction transaction, long outletId, ImportedFile? file)
    {
        var wish = file is null ? null : Capture.Import.ArticleFile.NumberOf(file.Path);
        return FreeNumber.Value<long>(transaction, wish, outletId, HighestNumber);
    }

    private static ArticleRow Read(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        OutletId = row.GetInt64(1),
        State = (ArticleState)row.GetInt64(2),
        FirstCaptured = row.GetInt64(3),
        VersionCount = row.GetInt64(4),
        CurrentId = row.IsDBNull(5) ? null : row.GetInt64(5),
        Newest = row.GetInt64(6),
        AnswersAt = row.IsDBNull(7) ? null : row.GetString(7),
    };
}
