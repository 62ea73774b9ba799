using Dapper;
using Dibao.Extract;
using Microsoft.Data.Sqlite;

namespace Dibao.Capture.FullText;

/// <summary>What is known of a source's texts: which of the two is longer, and which is cleaner.</summary>
/// <param name="Samples">Articles that were compared; at most <see cref="TextEvidence.MaxSamples"/>.</param>
/// <param name="Page">Characters of the page's text, the median.</param>
/// <param name="Feed">Characters of the feed's text, the median.</param>
/// <param name="Clutter">Characters of the page's text that stand on other pages of the source, too, the median: what is no article.</param>
/// <param name="Prefer">Null while too little is known, and each article is judged by itself.</param>
public sealed record TextHabits(int Samples, int Page, int Feed, int Clutter, TextPreference? Prefer);

/// <summary>Learns of each source whether its feed or its pages have the better text. Lost in a rebuild on purpose, like all polling state:
/// what was chosen stands in each capture.</summary>
public sealed class TextEvidence(Database database, TimeProvider time)
{
    public const int MaxSamples = 20;

    private const int LeastSamples = 4;
    private const int LinesOfPage = 40;
    private const int LinesOfSource = 400;
    private const int RarelyAfter = 8;
    private const double AsLong = 0.9;
    private const double Cluttered = 0.08;

    /// <summary>Takes an article whose texts are both there as evidence, and says which text the source is known for.</summary>
    public TextPreference? Learn(long source, Entry entry, ArticleReading? page, ArticleReading? feed)
    {
        var known = Of(source);
        if (page is null || feed is null) return known.Prefer;
        // Once it is known, an article in eight is enough to notice a change.
        if (known.Samples >= MaxSamples && entry.Fingerprint().ToBytes()[0] % RarelyAfter != 0) return known.Prefer;
        database.Write(transaction => Note(transaction, source, entry.Id, page.Text, feed.Text));
        return Of(source).Prefer;
    }

    public TextHabits Of(long source)
    {
        var samples = database.Read(connection => connection.Query<(long Page, long Feed, long Clutter)>(
            "SELECT page, feed, clutter FROM text_samples WHERE source_id = @source", new { source }).ToList());
        if (samples.Count == 0) return new(0, 0, 0, 0, null);
        var (page, feed, clutter) = (Median(samples.Select(s => s.Page)), Median(samples.Select(s => s.Feed)), Median(samples.Select(s => s.Clutter)));
        return new(samples.Count, page, feed, clutter, samples.Count < LeastSamples ? null : Prefer(page, feed, clutter));
    }

    // As long, and cleaner: the feed. Anything else: the page, which is what readers of the outlet see.
    private static TextPreference Prefer(int page, int feed, int clutter) =>
        feed >= (page - clutter) * AsLong && clutter >= page * Cluttered || page - clutter < feed * 0.6 ? TextPreference.Feed : TextPreference.Page;

    private void Note(SqliteTransaction transaction, long source, string entry, string page, string feed)
    {
        var connection = transaction.Connection!;
        var own = feed.Split("\n\n").Select(Squeeze).ToHashSet();
        var others = Ends([.. page.Split("\n\n").Where(line => !own.Contains(Squeeze(line)))]).ToList();
        var clutter = 0;
        foreach (var line in others)
        {
            var hash = BitConverter.ToInt64(Digest.OfText(Squeeze(line)).ToBytes());
            var pages = connection.QuerySingle<long>(
                """
                INSERT INTO text_lines (source_id, line, pages, last) VALUES (@source, @hash, 1, @entry)
                ON CONFLICT (source_id, line) DO UPDATE SET pages = pages + (last <> excluded.last), last = excluded.last RETURNING pages
                """, new { source, hash, entry }, transaction);
            if (pages > 1) clutter += line.Length;
        }
        connection.Execute(
            """
            INSERT OR REPLACE INTO text_samples (source_id, entry_id, at, page, feed, clutter) VALUES (@source, @entry, @at, @page, @feed, @clutter);
            DELETE FROM text_samples WHERE source_id = @source AND entry_id NOT IN
                (SELECT entry_id FROM text_samples WHERE source_id = @source ORDER BY at DESC, entry_id LIMIT @MaxSamples);
            DELETE FROM text_lines WHERE source_id = @source AND pages = 1 AND (SELECT COUNT(*) FROM text_lines WHERE source_id = @source) > @LinesOfSource
            """,
            new { source, entry, at = time.GetUtcNow().ToUnixTimeMilliseconds(), page = page.Length, feed = feed.Length, clutter, MaxSamples, LinesOfSource }, transaction);
    }

    // What repeats stands at the ends of a text.
    private static IEnumerable<string> Ends(string[] lines) =>
        lines.Length <= LinesOfPage ? lines : lines.Take(LinesOfPage / 2).Concat(lines.Skip(lines.Length - LinesOfPage / 2));

    private static string Squeeze(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static int Median(IEnumerable<long> values)
    {
        var sorted = values.Order().ToList();
        return (int)sorted[sorted.Count / 2];
    }
}
