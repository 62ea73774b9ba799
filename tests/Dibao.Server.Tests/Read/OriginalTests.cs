using System.Net;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Read;

[Collection(ReaderTests.Name)]
public sealed class OriginalTests(ReaderHost host) : IDisposable
{
    private readonly HttpClient client = ReaderHost.Client(host.Root);

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task An_original_is_served_byte_for_byte_in_a_sandbox_without_exceptions()
    {
        var answer = await client.GetAsync($"/a/{host.IdOf(SampleNews.Hostile)}/original");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("sandbox; default-src 'none'");
        policy.ShouldNotContain("allow-");
        policy.ShouldNotContain("script-src");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("<script>document.title='owned'</script>");
    }

    [Fact]
    public async Task The_source_of_an_original_is_plain_text()
    {
        var answer = await client.GetAsync($"/a/{host.IdOf(SampleNews.Hostile)}/original?as=source");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("onerror");
    }

    [Fact]
    public async Task Each_version_has_the_original_that_it_was_read_from()
    {
        var id = host.IdOf(SampleNews.Ferry);
        (await client.GetStringAsync($"/a/{id}/v/1/original")).ShouldContain("三十分钟");
        (await client.GetStringAsync($"/a/{id}/original")).ShouldNotContain("三十分钟");
        (await client.GetAsync($"/a/{id}/v/9/original")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
