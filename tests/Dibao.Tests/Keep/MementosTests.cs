using System.Text;
using Dapper;
using Dibao.Capture.Fetch;
using Dibao.Keep;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep;

public class MementosTests
{
    private const string Url = "https://hewan.example/news/1";

    [Fact]
    public async Task The_capture_nearest_in_time_is_found_under_any_spelling_of_its_address()
    {
        await using var test = TestArchive.New();
        foreach (var minutes in (int[])[0, 30, 60]) await test.Keep(TestArchive.Page(1, $"第{minutes}分钟的桥面上还有雾。", minutes: minutes));
        var mementos = test.Archive.Reader.Mementos;

        mementos.Closest("http://www.hewan.example/NEWS/1#top", At(31))!.At.ShouldBe(At(30));
        mementos.Closest(Url, At(46))!.At.ShouldBe(At(60));
        mementos.Closest(Url, At(15))!.At.ShouldBe(At(0));
        mementos.Closest(Url, At(-1000))!.At.ShouldBe(At(0));
        mementos.Closest(Url, At(100_000))!.At.ShouldBe(At(60));
        mementos.Closest("https://hewan.example/news/2", At(0)).ShouldBeNull();
        mementos.Of(Url, At(30))!.At.ShouldBe(At(30));
        mementos.Of(Url, At(31)).ShouldBeNull();
        mementos.Times(Url, 10).ShouldBe([At(0), At(30), At(60)]);
        mementos.Times(Url, 2).ShouldBe([At(30), At(60)]);
        mementos.Around(Url, At(30)).ShouldBe(new(At(0), At(0), At(60), At(60)));
        mementos.Around(Url, At(0)).Before.ShouldBeNull();
    }

    [Fact]
    public async Task A_redirect_on_the_way_is_found_and_an_unchanged_answer_is_not()
    {
        await using var test = TestArchive.New();
        var page = TestArchive.Page(1);
        var hop = page.Exchanges[0] with
        {
            Url = "https://hewan.example/n/1",
            ResponseHead = Encoding.ASCII.GetBytes("HTTP/1.1 301 Moved\r\nLocation: /news/1\r\n\r\n"),
            Body = default,
        };
        await test.Keep(page with { Exchanges = [hop, page.Exchanges[0]] });
        await test.Keep(TestArchive.Page(1, status: 304, minutes: 60));
        var reader = test.Archive.Reader;

        reader.Answer(reader.Mementos.Closest("https://hewan.example/n/1", At(0))!.Place)!.RedirectsTo.ShouldBe(Url);
        reader.Mementos.Times(Url, 10).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_revisit_answers_with_what_it_refers_to()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        await test.Keep(TestArchive.Page(1, minutes: 60));
        var reader = test.Archive.Reader;

        var memento = reader.Mementos.Closest(Url, At(60))!;

        memento.Place.Type.ShouldBe("revisit");
        Encoding.UTF8.GetString(reader.Answer(memento.Place)!.Original.Bytes.Span).ShouldContain("通车仪式在雨中举行");
    }

    [Fact]
    public async Task A_revisit_of_what_stood_on_a_page_refers_to_its_own_address_and_moment()
    {
        await using var test = TestArchive.New();
        foreach (var n in (int[])[1, 2])
        {
            var page = TestArchive.Page(n, minutes: n);
            var picture = page.Exchanges[0] with { Url = "https://hewan.example/logo.png", Body = new byte[] { 1, 2, 3 }, At = TestArchive.Start.AddMinutes(n).AddSeconds(-5) };
            await test.Keep(page with { Exchanges = [picture, page.Exchanges[0]] });
        }
        var reader = test.Archive.Reader;

        var revisit = reader.Segments.Read(reader.Mementos.Closest("https://hewan.example/logo.png", At(2))!.Place);

        revisit.Type.ShouldBe("revisit");
        revisit.Headers["WARC-Refers-To-Target-URI"].ShouldBe("https://hewan.example/logo.png");
        revisit.Headers["WARC-Refers-To-Date"].ShouldBe("2026-11-20T08:00:55.000Z");
    }

    [Fact]
    public async Task An_older_catalogue_learns_the_addresses_of_its_records_when_it_is_opened()
    {
        await using var test = TestArchive.New();
        for (var n = 1; n <= 3; n++) await test.Keep(TestArchive.Page(n));
        var keys = Keys(test);
        test.Archive.Reader.Database.Write(transaction => { transaction.Connection!.Execute("UPDATE records SET url_key = NULL, at = NULL", transaction: transaction); });

        await test.Reopen();

        Keys(test).Where(key => key.Key > 0).ShouldBe(keys.Where(key => key.Key > 0));
        test.Archive.Reader.Mementos.Times(Url, 10).ShouldBe([At(0)]);
    }

    private static List<(long Key, long At)> Keys(TestArchive test) => test.Archive.Reader.Database.Read(connection =>
        connection.Query<(long, long)>("SELECT url_key, at FROM records ORDER BY capture_id, ordinal").ToList());

    private static DateTimeOffset At(int minutes) => TestArchive.Start.AddMinutes(minutes);
}
