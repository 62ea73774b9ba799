using Dapper;
using Dibao.Find;
using Dibao.Keep;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep;

public sealed class TidyTests
{
    [Fact]
    public async Task Bodies_are_packed_smaller_and_say_what_they_said()
    {
        await using var test = await WithPages(40);
        var before = Bodies(test);
        Tidy(test);
        var after = Bodies(test);
        after.Sum(body => body.Packed.Length).ShouldBeLessThan(before.Sum(body => body.Packed.Length));
        after.Select(body => PackedBody.Unpack(body.Packed)).ShouldBe(before.Select(body => PackedBody.Unpack(body.Packed)));
        test.Archive.Tidy().ShouldBeFalse("all is done");
    }

    [Fact]
    public async Task What_is_kept_afterwards_is_packed_the_next_time()
    {
        await using var test = await WithPages(3);
        Tidy(test);
        await test.Keep(TestArchive.Page(4, LongSentence));
        var quick = Bodies(test)[^1].Packed.Length;
        Tidy(test);
        Bodies(test)[^1].Packed.Length.ShouldBeLessThan(quick);
    }

    [Fact]
    public async Task A_rebuild_gives_the_same_bodies_however_they_are_packed()
    {
        await using var test = await WithPages(3);
        Tidy(test);
        Differences(test).ShouldBeEmpty();
        var other = PackedBody.Pack("别的话", "<p>别的话</p>");
        test.Archive.Reader.Database.Write(t => t.Connection!.Execute("UPDATE bodies SET body = @other WHERE version_id = 2", new { other }, t));
        Differences(test).ShouldHaveSingleItem().ShouldContain("bodies");
    }

    [Fact]
    public async Task The_search_index_becomes_one_part_that_finds_the_same()
    {
        await using var test = await WithPages(10);
        Segments(test).ShouldBeGreaterThan(1);
        Tidy(test);
        Segments(test).ShouldBe(1);
        test.Archive.Reader.Search.Search(((QueryReading.Parsed)SearchQuery.Parse("守灯人")).Query, new()).Total.ShouldBe(10);
    }

    [Fact]
    public async Task Free_pages_go_back_to_the_disk()
    {
        await using var test = await WithPages(1);
        var database = test.Archive.Reader.Database;
        database.Write(t => t.Connection!.Execute("CREATE TABLE filler (bytes BLOB); INSERT INTO filler VALUES (zeroblob(20000000))", transaction: t));
        database.Write(t => t.Connection!.Execute("DROP TABLE filler", transaction: t));
        Pages(database, "freelist_count").ShouldBeGreaterThan(4000);
        Tidy(test);
        Pages(database, "freelist_count").ShouldBeLessThan(100);
        Pages(database, "page_count").ShouldBeLessThan(1000);
    }

    private static string LongSentence => string.Concat(Enumerable.Range(0, 60).Select(n => $"桥上第{n}盏灯亮了，守灯人记下了第{n * 7}个夜晚的水位和风向。"));

    private static async Task<TestArchive> WithPages(int count)
    {
        var test = TestArchive.New();
        for (var n = 0; n < count; n++) await test.Keep(TestArchive.Page(n, LongSentence));
        return test;
    }

    private static void Tidy(TestArchive test)
    {
        while (test.Archive.Tidy()) { }
    }

    private static List<(long Version, byte[] Packed)> Bodies(TestArchive test) => test.Archive.Reader.Database.Read(connection =>
        connection.Query<(long, byte[])>("SELECT version_id, body FROM bodies ORDER BY version_id").AsList());

    private static long Segments(TestArchive test) => test.Archive.Reader.Database.Read(connection =>
        connection.QuerySingle<long>("SELECT COUNT(DISTINCT segid) FROM search_idx"));

    private static List<string> Differences(TestArchive test)
    {
        var folder = Directory.CreateTempSubdirectory("dibao-tidy-");
        try
        {
            var reader = test.Archive.Reader;
            return [.. new RebuildCheck(reader.Store, reader.Database, Archive.Index, Archive.PlacesIn(reader.Log), folder.FullName).Run(CancellationToken.None)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static long Pages(Database database, string pragma) => database.Read(connection => connection.QuerySingle<long>($"PRAGMA {pragma}"));
}
