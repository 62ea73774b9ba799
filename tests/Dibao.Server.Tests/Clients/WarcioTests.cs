using System.Text.Json;
using Dibao.Warc;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Clients;

/// <summary>warcio.js reads what we write, and indexes it as we do.</summary>
public sealed class WarcioTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dibao-warcio-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Both_write_the_same_index_of_an_exported_WARC()
    {
        var cli = NodeClients.Require("warcio/dist/cli.js");
        var warc = Path.Combine(folder, "export.warc.gz");
        await ExportedPackage.WriteAsync(warc, Path.Combine(folder, "export.wacz"));

        var theirs = (await NodeClients.RunAsync(cli, "cdx-index", "--format", "cdxj", warc)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        await using var file = File.OpenRead(warc);
        var ours = CdxIndexer.Index(file, "export.warc.gz", Cancel).Select(entry => entry.ToString()).ToList();
        ours.Count.ShouldBeGreaterThan(10);
        ours.ShouldBe(theirs);
    }

    [Fact]
    public async Task Both_have_the_same_key_for_an_address()
    {
        NodeClients.Require("warcio/dist/index.js");
        string[] urls =
        [
            "https://hewan.example", "http://www.hewan.example/A/b?C=1&a=2&B", "https://www12.hewan.example:8443/x#y", "https://hewan.example/桥/夜?页=1",
            "https://hewan.example/%E6%A1%A5?%e6=1", "https://hewan.example/a/../b/./c//d/", "https://u:p@hewan.example/", "https://河湾.example/", "http://127.0.0.1:80/?",
            "https://hewan.example/a b\"<>`{}|~'()*?a b\"<>`{}|^~'()*", "https://hewan.example\\x\\y", "https://[::1]/a", "urn:uuid:1", "https://hewan.example/?a=1&&b=2&",
            "https://hewan.example/a%2Fb%20c", "https://HEWAN.example/", "https://hewan.example./x", "https://hewan.example/%zz", "https://hewan.example/?q=https://a.example/?b=1",
        ];

        var theirs = await NodeClients.RunAsync("--input-type=module", "-e",
            "import { getSurt } from 'warcio'; console.log(JSON.stringify(JSON.parse(process.argv[1]).map(getSurt)));", JsonSerializer.Serialize(urls));

        urls.Select(Surt.Of).ShouldBe(JsonSerializer.Deserialize<string[]>(theirs)!);
    }
}
