using Dapper;
using Microsoft.Data.Sqlite;

namespace Dibao.Find;

/// <summary>Walks through the hits of an expression, those that may be the newest first, and ends where all others are older than what it has.</summary>
/// <param name="transaction">One for all scans of a search: they are of the same moment.</param>
/// <param name="expression">In FTS5's language.</param>
/// <param name="phrases">How many of its phrases, from the first, are words that were asked for.</param>
internal sealed class SearchScan(SqliteTransaction transaction, string expression, int phrases)
{
    /// <summary>Collects the newest hits of a span of time.</summary>
    /// <param name="from">Unix milliseconds.</param>
    /// <param name="below">Where the span ends.</param>
    /// <param name="mostRanked">How many hits are ranked, the first that come in: to rank costs several times what to count does.</param>
    public void Collect(FoundHits found, long from, SearchPlace below, int mostRanked = 0)
    {
        foreach (var run in Runs(SearchBlock.Between(transaction, from, below)))
        {
            if (found.AreAllAfter(run[0].Newest)) return;
            Collect(found, run, from, below, mostRanked);
        }
    }

    private void Collect(FoundHits found, List<SearchBlock> run, long from, SearchPlace below, int mostRanked)
    {
        var block = 0;
        using var rows = new RowScan(
            transaction.Connection!,
            $"""
            SELECT search.rowid, newest, outlet_id, {(mostRanked > 0 ? $"CASE WHEN newest >= ?4 THEN dibao_rank(search, {phrases}, {mostRanked}) ELSE -1.0 END" : "-1.0")}
            FROM search JOIN search_documents ON article_id = search.rowid
            WHERE search MATCH ?1 AND search.rowid >= ?2 AND search.rowid < ?3
            ORDER BY search.rowid DESC
            """,
            expression,
            mostRanked > 0 ? [run[^1].First, run[0].End, from] : [run[^1].First, run[0].End]);
        while (rows.TryNext())
        {
            var hit = new FoundHit(rows.Integer(0), rows.Integer(1), (int)rows.Integer(2), (float)rows.Real(3));
            if (hit.ArticleId < run[block].First)
            {
                while (hit.ArticleId < run[block].First) block++;
                if (found.AreAllAfter(run[block].Newest)) return;
            }
            if (hit.Newest >= from && hit.Place.IsOlderThan(below)) found.Add(hit);
        }
    }

    // Blocks that follow one another in time as they do in the index are read as one: in most archives that is all of them.
    private static IEnumerable<List<SearchBlock>> Runs(List<SearchBlock> blocks)
    {
        for (int start = 0, end; start < blocks.Count; start = end)
        {
            end = start + 1;
            while (end < blocks.Count && blocks[end].Number == blocks[end - 1].Number - 1) end++;
            yield return blocks[start..end];
        }
    }
}
