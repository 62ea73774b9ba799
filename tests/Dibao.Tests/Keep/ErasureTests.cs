using System.Text;
using Dapper;
using Dibao.Keep;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep;

/// <summary>What a takedown leaves in the bytes of the catalogue: nothing.</summary>
public class ErasureTests
{
    // No other page has these letters: neither the text nor a term of the index, which shares its beginning with the one before it.
    private const string Name = "wexkqzjovd";
    private const string Rest = "xkqzjovd";

    [Fact]
    public async Task No_byte_of_a_removed_text_stays_in_the_catalogue_while_it_is_open()
    {
        await using var test = TestArchive.New();
        foreach (var n in Enumerable.Range(1, 300)) await test.Keep(Page(n, n % 50 == 7 ? $"证人{Name}{n}先生在桥上。" : "通车仪式在雨中举行。"));
        // Some change, so that older wordings lie about, too.
        foreach (var n in (int[])[7, 57, 107]) await test.Keep(Page(n, $"证人{Name}{n}先生后来否认了。", minutes: 60));
        foreach (var n in Enumerable.Range(1, 60)) await test.Keep(Page(n + (n % 50 == 7 ? 1 : 0), "通车仪式改在室内举行。", minutes: 70));
        var files = CatalogueFiles.Files(test.Archive.Reader.Store).Where(File.Exists).ToList();
        files.Sum(Held).ShouldBeGreaterThan(0);
        var bodies = test.Archive.Reader.Database.Read(connection => connection.Query<byte[]>(
            "SELECT b.body FROM bodies b JOIN versions v ON v.id = b.version_id JOIN articles a ON a.id = v.article_id WHERE a.url LIKE '%7'").ToList());

        foreach (var n in (int[])[7, 57, 107, 157, 207, 257]) await test.TakeDown(test.Catalogue.Article($"https://hewan.example/news/{n}")!);

        files.ShouldAllBe(file => Held(file) == 0);
        Terms(test).ShouldBe(0);
        var left = await File.ReadAllBytesAsync(files[0], TestContext.Current.CancellationToken);
        var removed = bodies.Count(body => left.AsSpan().IndexOf(body.AsSpan(body.Length / 4, 40)) < 0);
        // Those that end in 7 and were not taken down are still there.
        removed.ShouldBe(bodies.Count - test.Archive.Reader.Database.Read(connection => connection.QuerySingle<int>(
            "SELECT COUNT(*) FROM bodies b JOIN versions v ON v.id = b.version_id JOIN articles a ON a.id = v.article_id WHERE a.url LIKE '%7'")));
    }

    private static Dibao.Capture.CaptureBundle Page(int n, string sentence, int minutes = 0) => TestArchive.Page(n, sentence, minutes: minutes, entry: false);

    private static int Held(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var wanted = Encoding.ASCII.GetBytes(Rest);
        var count = 0;
        var rest = bytes.AsSpan();
        for (int at; (at = rest.IndexOf(wanted)) >= 0; rest = rest[(at + 1)..]) count++;
        return count;
    }

    private static long Terms(TestArchive test) => test.Archive.Reader.Database.ReadAfresh(connection =>
    {
        connection.Execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'search', 'row')");
        return connection.QuerySingle<long>("SELECT COUNT(*) FROM temp.terms WHERE term LIKE '%' || @Rest || '%'", new { Rest });
    });
}
