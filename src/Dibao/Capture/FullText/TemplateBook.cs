using System.Buffers.Binary;
using Dapper;
using Dibao.Capture.Identity;
using Dibao.Extract.Sites;
using Microsoft.Data.Sqlite;

namespace Dibao.Capture.FullText;

/// <summary>Learns what recurs on each source's pages, and has new articles read without it. Thread-safe.</summary>
/// <remarks>What was used on a page is kept in its capture, so that a rebuild reads the same; what it is learned from is polling state.</remarks>
public sealed class TemplateBook(Database database, TimeProvider time)
{
    private const int PagesOfSource = 12;
    private const int RarelyAfter = 8;

    // Two addresses of one article, or a page that scripts fill: nothing could be told apart.
    private const double SamePage = 0.9;

    /// <summary>What is known of a source; from fewer than <see cref="TemplateLearner.MinPages"/> pages nothing recurs.</summary>
    public SiteTemplate Of(long source) =>
        database.Read(connection => connection.QueryFirstOrDefault<string>("SELECT template FROM templates WHERE source_id = @source", new { source })) is { } text
        && SiteTemplate.TryParse(text, out var template) ? template : TemplateLearner.Learn(Array.Empty<IEnumerable<RecurringBlock>>());

    /// <summary>The bundle of a new article with what of the source's template stands on its page; the page becomes evidence itself.</summary>
    public CaptureBundle Apply(CaptureBundle bundle, long source)
    {
        if (Again(bundle) is { Template: not null } read) return read;
        var template = Of(source);
        var isEvidence = template.Pages < PagesOfSource || bundle.At.Ticks / TimeSpan.TicksPerMillisecond % RarelyAfter == 0;
        if ((template.Blocks.Count == 0 && !isEvidence) || ArticleText.PageHtml(bundle) is not { } html) return bundle;
        var blocks = TemplateLearner.BlocksOf(html);
        var on = template.On(blocks);
        var with = on.Blocks.Count == 0 ? bundle : bundle with { Template = on.ToString() };
        // What leaves nothing of an article is no template.
        if (ArticleText.OfPage(with) is null) with = bundle;
        if (isEvidence && ArticleText.OfPage(with) is not null) Learn(source, ArticleKey.Of(bundle.Url), blocks);
        return with;
    }

    /// <summary>The bundle of a known article, to be read with what it was read with before.</summary>
    public CaptureBundle Again(CaptureBundle bundle) => bundle with
    {
        Template = database.Read(connection => connection.QueryFirstOrDefault<string>(
            "SELECT template FROM article_templates WHERE key = @key", new { key = ArticleKey.Of(bundle.Url) })),
    };

    /// <summary>Notes what an article was read with. Run in the writer's transaction when a bundle is kept, and again when the catalogue is made anew.</summary>
    public static void Keep(SqliteTransaction transaction, string url, string template) => transaction.Connection!.Execute(
        "INSERT OR IGNORE INTO article_templates (key, template) VALUES (@key, @template)", new { key = ArticleKey.Of(url), template }, transaction);

    private void Learn(long source, string key, IReadOnlyList<RecurringBlock> blocks) => database.Write(transaction =>
    {
        var connection = transaction.Connection!;
        var prints = blocks.Select(block => block.Print).ToHashSet();
        var others = connection.Query<byte[]>("SELECT prints FROM template_pages WHERE source_id = @source AND key <> @key ORDER BY at DESC, key", new { source, key }, transaction)
            .Select(PrintsOf).ToList();
        if (prints.Count == 0 || others.Exists(other => other.Count(prints.Contains) >= SamePage * Math.Max(other.Count, prints.Count))) return;
        connection.Execute(
            """
            INSERT OR REPLACE INTO template_pages (source_id, key, at, prints) VALUES (@source, @key, @at, @bytes);
            DELETE FROM template_pages WHERE source_id = @source AND key NOT IN
                (SELECT key FROM template_pages WHERE source_id = @source ORDER BY at DESC, key LIMIT @PagesOfSource)
            """, new { source, key, at = time.GetUtcNow().ToUnixTimeMilliseconds(), bytes = BytesOf(prints), PagesOfSource }, transaction);
        var texts = Of(source).Blocks.Concat(blocks).GroupBy(block => block.Print).ToDictionary(same => same.Key, same => same.First().Text);
        var learned = TemplateLearner.Learn(others.Take(PagesOfSource - 1).Append([.. prints])
            .Select(page => page.Select(print => new RecurringBlock(print, 1, texts.GetValueOrDefault(print, "")))));
        connection.Execute("INSERT OR REPLACE INTO templates (source_id, template) VALUES (@source, @template)", new { source, template = learned.ToString() }, transaction);
    });

    private static byte[] BytesOf(HashSet<ulong> prints)
    {
        var bytes = new byte[prints.Count * sizeof(ulong)];
        var at = 0;
        foreach (var print in prints)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), print);
            at += sizeof(ulong);
        }
        return bytes;
    }

    private static HashSet<ulong> PrintsOf(byte[] bytes)
    {
        var prints = new HashSet<ulong>();
        for (var at = 0; at + sizeof(ulong) <= bytes.Length; at += sizeof(ulong)) prints.Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)));
        return prints;
    }
}
