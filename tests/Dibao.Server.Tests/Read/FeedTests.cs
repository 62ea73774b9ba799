using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Dibao.Feeds;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Read;

[Collection(ReaderTests.Name)]
public sealed class FeedTests(ReaderHost host) : IDisposable
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private readonly HttpClient client = ReaderHost.Client(host.Root);

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("/feed.atom")]
    [InlineData("/o/hewan/feed.atom")]
    [InlineData("/search.atom?q=轮渡")]
    public async Task Each_list_is_an_atom_feed_with_full_text(string path)
    {
        var answer = await client.GetAsync(path);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/atom+xml");
        var feed = XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!;
        feed.Element(Atom + "id")!.Value.ShouldStartWith("urn:uuid:");
        var entries = feed.Elements(Atom + "entry").ToList();
        entries.ShouldNotBeEmpty();
        entries.Select(entry => entry.Element(Atom + "id")!.Value).ShouldBeUnique();
        entries.ShouldAllBe(entry => entry.Element(Atom + "author")!.Element(Atom + "name")!.Value.Length > 0);
        entries.ShouldContain(entry => entry.Element(Atom + "content")!.Value.Contains("白鹭号"));
        feed.Elements(Atom + "link").Single(link => (string)link.Attribute("rel")! == "self").Attribute("href")!.Value.ShouldStartWith(host.Root.ToString());
    }

    [Theory]
    [InlineData("/feed.json")]
    [InlineData("/o/hewan/feed.json")]
    [InlineData("/search.json?q=轮渡")]
    public async Task Each_list_is_a_json_feed(string path)
    {
        var answer = await client.GetAsync(path);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/feed+json");
        var feed = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        feed.GetProperty("version").GetString().ShouldBe("https://jsonfeed.org/version/1.1");
        feed.GetProperty("items")[0].GetProperty("content_html").GetString()!.ShouldContain("<p>");
    }

    [Fact]
    public async Task Standfirst_and_lead_picture_are_in_the_content_since_readers_show_nothing_beside_it()
    {
        var items = JsonDocument.Parse(await client.GetStringAsync("/feed.json")).RootElement.GetProperty("items").EnumerateArray().ToList();
        var contents = XDocument.Parse(await client.GetStringAsync("/feed.atom")).Root!.Elements(Atom + "entry").Select(entry => entry.Element(Atom + "content")!.Value).ToList();
        contents.ShouldBe(items.Select(item => item.GetProperty("content_html").GetString()!));
        var summed = items.Where(item => item.TryGetProperty("summary", out _)).ToList();
        summed.ShouldNotBeEmpty();
        summed.ShouldAllBe(item => WebUtility.HtmlDecode(item.GetProperty("content_html").GetString()!)!.Contains(item.GetProperty("summary").GetString()!.TrimEnd('。')));
        var pictured = items.Where(item => item.TryGetProperty("image", out _)).ToList();
        pictured.ShouldNotBeEmpty();
        pictured.ShouldAllBe(item => item.GetProperty("content_html").GetString()!.Contains("<img "));
    }

    [Theory]
    [InlineData("/feed.atom")]
    [InlineData("/feed.json")]
    [InlineData("/search.atom?q=轮渡")]
    public async Task A_feed_that_did_not_change_is_answered_with_304(string path)
    {
        var first = await client.GetAsync(path);
        using var byTag = new HttpRequestMessage(HttpMethod.Get, path);
        byTag.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        (await client.SendAsync(byTag)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        using var byTime = new HttpRequestMessage(HttpMethod.Get, path);
        byTime.Headers.IfModifiedSince = first.Content.Headers.LastModified;
        (await client.SendAsync(byTime)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        using var other = new HttpRequestMessage(HttpMethod.Get, path);
        other.Headers.IfNoneMatch.ParseAdd("\"other\"");
        (await client.SendAsync(other)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Our_own_reader_of_feeds_reads_them()
    {
        var bytes = await client.GetByteArrayAsync("/feed.atom");
        var feed = FeedReader.Read(bytes, "application/atom+xml", $"{host.Root}feed.atom").ShouldBeOfType<FeedReading.Found>().Feed;
        feed.Entries.Count.ShouldBeGreaterThan(30);
    }

    [Theory]
    [InlineData("/feed.atom")]
    [InlineData("/search.atom?q=script")]
    public async Task Feedparser_finds_the_atom_well_formed(string path)
    {
        const string Check = "import sys,feedparser; f=feedparser.parse(sys.stdin.buffer.read()); print(f.bozo, f.version, len(f.entries))";
        if (await PythonAsync() is not { } python) { Assert.Skip("python3-feedparser is not installed."); return; }
        using var parser = TryStart(python, "-c", Check)!;
        await parser.StandardInput.BaseStream.WriteAsync(await client.GetByteArrayAsync(path));
        parser.StandardInput.Close();
        (await parser.StandardOutput.ReadToEndAsync()).ShouldMatch("^(False|0) atom10 [1-9]");
    }

    [Fact]
    public async Task Pages_name_their_feeds()
    {
        (await client.GetStringAsync("/")).ShouldContain("type=\"application/atom+xml\" title=\"Atom 订阅\" href=\"/feed.atom\"");
        (await client.GetStringAsync("/o/hewan")).ShouldContain("href=\"/o/hewan/feed.json\"");
        (await client.GetStringAsync("/search?q=a")).ShouldContain("href=\"/search.atom?q=a\"");
    }

    // Debian's own python has Debian's packages; another may come first on the path.
    private static async Task<string?> PythonAsync()
    {
        foreach (var candidate in new[] { "/usr/bin/python3", "python3" })
        {
            using var python = TryStart(candidate, "-c", "import feedparser");
            if (python is null) continue;
            await python.WaitForExitAsync();
            if (python.ExitCode == 0) return candidate;
        }
        return null;
    }

    private static Process? TryStart(string program, params string[] arguments)
    {
        try { return Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true }); }
        catch (System.ComponentModel.Win32Exception) { return null; }
    }
}
