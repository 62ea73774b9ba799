using Dapper;
using Dibao.Capture.Identity;
using Dibao.Find;
using Dibao.Keep;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep;

public sealed class LeanCatalogueTests
{
    [Fact]
    public void An_older_catalogue_gets_the_leads_and_bands_that_a_new_one_has()
    {
        var text = string.Concat(Enumerable.Range(0, 300).Select(n => $"第{n}艘渡轮靠岸。"));
        var print = TextPrint.Of(text)!.Bytes.ToArray();
        var path = Path.GetTempFileName();
        try
        {
            OldCatalogue.Make(
                path, before: 18,
                """
                INSERT INTO versions (id, article_id, ordinal, capture_id, origin, captured, title, lead, authors, sections, wording) VALUES (7, 1, 1, 1, 0, 0, '', @lead, '[]', '[]', x'00');
                INSERT INTO prints (article_id, print) VALUES (1, @print);
                INSERT INTO print_bands (band, article_id) VALUES (-5, 1), (99, 1)
                """, new { lead = text[..400], print });
            using var database = new Database(path, SearchTokenizer.Register);
            database.Read(connection => connection.QuerySingle<string>("SELECT lead FROM versions")).ShouldBe(VersionDraft.LeadOf(text));
            database.Read(connection => connection.Query<long>("SELECT band FROM print_bands WHERE article_id = 1").AsList()).ShouldBe(TextPrint.BandsOf(print), ignoreOrder: true);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task An_article_that_changed_leaves_no_bands_of_its_older_wording()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1, Long("渡轮")));
        var first = Bands(test);
        await test.Keep(TestArchive.Page(1, Long("老桥"), minutes: 90));
        Bands(test).Count.ShouldBe(TextPrint.Bands);
        Bands(test).ShouldNotBe(first);
    }

    private static string Long(string what) => string.Concat(Enumerable.Range(0, 60).Select(n => $"第{n}座{what}在第{n * 7}天清晨开放，守夜人第{n * 3}次记下水位。"));

    private static List<long> Bands(TestArchive test) => test.Archive.Reader.Database.Read(connection =>
        connection.Query<long>("SELECT band FROM print_bands ORDER BY 1").AsList());
}
