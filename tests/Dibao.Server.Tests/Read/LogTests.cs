using System.IO.Compression;
using System.Net;
using Dibao.Log;
using Dibao.Prove;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Read;

[Collection(ReaderTests.Name)]
public sealed class LogTests(ReaderHost host) : IDisposable
{
    private readonly HttpClient client = ReaderHost.Client(host.Root);

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task A_stranger_audits_the_log_over_HTTP()
    {
        var signed = host.Archive.Log.Publish()!;
        using var mirror = new LogMirror.Served(client, new(host.Root, "log"), TestContext.Current.CancellationToken);
        var faults = new List<LogFault>();
        var report = await Task.Run(() => mirror.Check(host.Archive.Reader.Log.Keys, null, faults.Add, TestContext.Current.CancellationToken));
        faults.ShouldBeEmpty();
        report.Checkpoint!.Checkpoint.ShouldBe(signed.Checkpoint);
    }

    [Fact]
    public async Task The_checkpoint_is_asked_for_again_and_full_tiles_never()
    {
        host.Archive.Log.Publish();
        var checkpoint = await client.GetAsync("/log/checkpoint");
        checkpoint.Headers.CacheControl!.NoCache.ShouldBeTrue();
        checkpoint.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        checkpoint.Headers.Vary.ShouldBeEmpty();
        checkpoint.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        var partial = await client.GetAsync($"/log/{new Tile(0, 0, (int)host.Archive.Log.Latest!.Checkpoint.Size).Path}");
        partial.StatusCode.ShouldBe(HttpStatusCode.OK);
        partial.Content.Headers.ContentType!.ToString().ShouldBe("application/octet-stream");
        partial.Headers.CacheControl!.ToString().ShouldNotContain("immutable");
        var folder = host.Archive.Reader.Log.Folder;
        var full = Path.Combine(folder, "tile", "0", "x001", "000");
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        await File.WriteAllBytesAsync(full, new byte[8192], TestContext.Current.CancellationToken);
        (await client.GetAsync("/log/tile/0/x001/000")).Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        Directory.Delete(Path.GetDirectoryName(full)!, recursive: true);
    }

    [Theory]
    [InlineData("/log/")]
    [InlineData("/log/tile/0/999")]
    [InlineData("/log/history/99999")]
    [InlineData("/log/history/../checkpoint.tmp")]
    [InlineData("/log/..%2fkeys%2flog.key")]
    [InlineData("/log/%2e%2e/keys/log.key")]
    [InlineData("/log/history/..%2f..%2fkeys%2flog.key")]
    [InlineData("/log/checkpoint.tmp")]
    public async Task Nothing_but_the_log_is_served(string path)
    {
        var answer = await client.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("PRIVATE");
    }

    [Fact]
    public async Task An_article_leads_to_its_proof_and_the_download_is_one_that_proves()
    {
        host.Archive.Log.Publish();
        var id = host.IdOf(SampleNews.Ferry);
        (await client.GetStringAsync($"/a/{id}")).ShouldContain($"/a/{id}/v/");
        var page = await client.GetStringAsync($"/a/{id}/v/1/proof?ui=en");
        page.ShouldContain("It does not show that the outlet published it");
        page.ShouldContain(host.Archive.Reader.Log.Keys[0].ToString().Replace("+", "&#x2B;", StringComparison.Ordinal));
        var zip = await client.GetAsync($"/a/{id}/v/1/proof.zip");
        zip.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        var folder = Directory.CreateTempSubdirectory("dibao-zip-").FullName;
        await ZipFile.ExtractToDirectoryAsync(await zip.Content.ReadAsStreamAsync(), folder, TestContext.Current.CancellationToken);
        ProofBundle.Verify(Directory.GetDirectories(folder).ShouldHaveSingleItem(), host.Archive.Reader.Log.Keys[0]).Records.ShouldBeGreaterThan(0);
        Directory.Delete(folder, recursive: true);
        (await client.GetAsync($"/a/{id}/v/99/proof")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.GetAsync($"/a/{id}/v/99/proof.zip")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("zh-Hans", "存证")]
    [InlineData("zh-Hant", "存證")]
    [InlineData("en", "Proof")]
    public async Task The_page_speaks_the_reader_s_language(string language, string title) =>
        (await client.GetStringAsync($"/a/{host.IdOf(SampleNews.Ferry)}/v/1/proof?ui={language}")).ShouldContain($"<h1>{title}</h1>");
}
