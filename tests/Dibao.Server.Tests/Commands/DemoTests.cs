using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Commands;

public class DemoTests
{
    private const int SigInt = 2;

    [Fact]
    public async Task The_demo_captures_its_outlet_serves_it_and_sees_the_correction_and_the_deletion()
    {
        using var folder = new TestFolder();
        await using var demo = DibaoProcess.Start(folder.Data, ["demo", "--port", "0", "--json"]);
        var start = JsonDocument.Parse(demo.WaitFor("listening")).RootElement;
        var edited = start.GetProperty("edited").GetInt64();
        using var http = new HttpClient { BaseAddress = new(start.GetProperty("listening").GetString()!) };
        foreach (var path in (string[])["/", "/search?q=大橋", "/feed.atom", $"/a/{edited}", "/sources", "/openapi/v1.json"])
        {
            (await http.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }

        using (var archive = ArchiveReader.Open(folder.Data))
        {
            archive.Catalogue.Counts().Articles.ShouldBe(24);
            while (archive.Catalogue.Article(edited)!.VersionCount < 2) await Task.Delay(100, TestContext.Current.CancellationToken);
            while (!archive.Catalogue.All().Any(article => article.State is ArticleState.Gone)) await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        (await http.GetAsync($"/a/{edited}/compare", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        demo.Signal(SigInt);
        (await demo.EndAsync()).Code.ShouldBe(0);
        (await DibaoProcess.RunAsync(folder.Data, ["verify"])).Code.ShouldBe(0);
    }
}
