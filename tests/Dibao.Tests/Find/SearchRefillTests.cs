using Dapper;
using Dibao.Find;
using Dibao.Keep;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Find;

public sealed class SearchRefillTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dibao-refill-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void The_index_of_an_older_archive_is_made_anew_from_its_texts()
    {
        using var database = Old();
        Find(database, "船厂").ShouldBeEmpty();
        var progress = new List<(long Done, long All)>();
        SearchRefill.Run(database, new Told(progress), CancellationToken.None);
        Find(database, "船厂").Select(hit => (hit.ArticleId, hit.VersionId, hit.Newest)).ShouldBe([(1, 7, DateTimeOffset.UnixEpoch)]);
        foreach (var query in new[] { "导语", "标题", "王小明", "outlet:hewan lang:zh" }) Find(database, query).Count.ShouldBe(1, query);
        progress.ShouldHaveSingleItem().ShouldSatisfyAllConditions(told => told.Done.ShouldBe(told.All), told => told.All.ShouldBePositive());
    }

    [Fact]
    public void What_was_taken_down_stays_out_of_it_and_nothing_is_done_twice()
    {
        using var database = Old();
        database.Write(transaction => transaction.Connection!.Execute(
            "INSERT INTO takedowns (capture_id, cause, reason) VALUES (1, 0, 'asked'); UPDATE articles SET takedown_id = 1", transaction: transaction));
        SearchRefill.Run(database, null, CancellationToken.None);
        Find(database, "船厂").ShouldBeEmpty();
        database.Read(connection => connection.QuerySingle<long>("SELECT COUNT(*) FROM search_waiting")).ShouldBe(0);
    }

    private Database Old()
    {
        var path = Path.Combine(folder.FullName, "index.sqlite");
        OldCatalogue.Make(
            path, before: 16,
            """
            INSERT INTO versions (id, article_id, ordinal, capture_id, origin, captured, title, standfirst, lead, authors, language, sections, wording)
            VALUES (7, 1, 1, 1, 0, 0, '标题', '导语', '', '["王小明"]', 'zh-Hans', '[]', x'00');
            INSERT INTO bodies (version_id, body) VALUES (7, @body);
            UPDATE articles SET current_id = 7, version_count = 1;
            INSERT INTO search_documents (position, article_id, version_id, outlet_id, newest) VALUES (12425788800, 1, 7, 1, 0);
            INSERT INTO search (rowid, body, title, facts) VALUES (12425788800, '导语 运河边的旧船厂', '标题', '王小明')
            """, new { body = PackedBody.Pack("运河边的旧船厂今年重新开工。", "<p>运河边的旧船厂今年重新开工。</p>") });
        return new Database(path, SearchTokenizer.Register);
    }

    private static IReadOnlyList<SearchHit> Find(Database database, string query) => new SearchIndex(database).Search(Archive.Query(query), new SearchOptions()).Hits;

    private sealed class Told(List<(long Done, long All)> progress) : IProgress<(long Done, long All)>
    {
        public void Report((long Done, long All) value) => progress.Add(value);
    }
}
