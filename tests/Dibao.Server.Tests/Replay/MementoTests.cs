using System.Net;
using System.Text.Json;
using Dibao.Server.Tests.Read;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Replay;

/// <summary>RFC 7089, asked over HTTP.</summary>
[Collection(ReplayTests.Name)]
public sealed class MementoTests(ReplayHost host) : IDisposable
{
    private readonly HttpClient client = ReaderHost.Client(host.Root);

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task A_memento_says_when_it_was_captured_and_where_the_others_are()
    {
        var answer = await client.GetAsync(ReplayHost.Path(ReplayHost.Second, ReplayHost.Page));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("Memento-Datetime").Single().ShouldBe("Fri, 20 Nov 2026 11:00:00 GMT");
        var links = answer.Headers.GetValues("Link").Single();
        links.ShouldStartWith($"<{ReplayHost.Page}>; rel=\"original\", <{host.Root}web/timegate/{ReplayHost.Page}>; rel=\"timegate\", <{host.Root}web/timemap/link/{ReplayHost.Page}>; rel=\"timemap\"");
        links.ShouldContain($"<{host.Root}web/20261120080000/{ReplayHost.Page}>; rel=\"first memento\"");
        links.ShouldContain($"<{host.Root}web/20261120080001/{ReplayHost.Page}>; rel=\"prev memento\"");
        links.ShouldContain($"<{host.Root}web/20261120110000/{ReplayHost.Page}>; rel=\"memento\"; datetime=\"Fri, 20 Nov 2026 11:00:00 GMT\"");
        links.ShouldContain($"<{host.Root}web/20261230080000/{ReplayHost.Page}>; rel=\"next last memento\"");
    }

    [Theory]
    [InlineData("/web/20261120104500/", "20261120110000")]
    [InlineData("/web/20261120/", "20261120080000")]
    [InlineData("/web/2027/", "20261230080000")]
    [InlineData("/web/", "20261230080000")]
    [InlineData("/web/timegate/", "20261230080000")]
    public async Task Another_time_leads_to_the_capture_nearest_to_it(string path, string stamp)
    {
        var answer = await client.GetAsync(path + ReplayHost.Page);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldBe($"/web/{stamp}/{ReplayHost.Page}");
        answer.Headers.Contains("Memento-Datetime").ShouldBeFalse();
    }

    [Theory]
    [InlineData("Fri, 20 Nov 2026 07:00:00 GMT", "20261120080000")]
    [InlineData("Fri, 20 Nov 2026 10:59:00 GMT", "20261120110000")]
    [InlineData("Sat, 01 Jan 2050 00:00:00 GMT", "20261230080000")]
    public async Task The_timegate_goes_by_the_time_that_is_asked_for(string wished, string stamp)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/web/timegate/{ReplayHost.Page}");
        request.Headers.Add("Accept-Datetime", wished);
        var answer = await client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldContain(stamp);
        answer.Headers.Vary.ShouldBe(["accept-datetime"]);
        answer.Headers.GetValues("Link").Single().ShouldContain("rel=\"original\"");
    }

    [Theory]
    [InlineData("yesterday", HttpStatusCode.BadRequest, ReplayHost.Page)]
    [InlineData("", HttpStatusCode.NotFound, "https://hewan.example/nowhere")]
    public async Task What_the_timegate_cannot_answer_is_said(string wished, HttpStatusCode status, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/web/timegate/{url}");
        if (wished.Length > 0) request.Headers.TryAddWithoutValidation("Accept-Datetime", wished);
        (await client.SendAsync(request)).StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task The_timemap_lists_every_memento_in_both_forms()
    {
        var link = await client.GetAsync($"/web/timemap/link/{ReplayHost.Page}");
        link.Content.Headers.ContentType!.MediaType.ShouldBe("application/link-format");
        var text = await link.Content.ReadAsStringAsync();
        text.Split(",\n").Length.ShouldBe(3 + 4);
        text.ShouldContain("rel=\"self\"; type=\"application/link-format\"; from=\"Fri, 20 Nov 2026 08:00:00 GMT\"; until=\"Wed, 30 Dec 2026 08:00:00 GMT\"");
        text.ShouldContain("rel=\"first memento\"");
        text.ShouldContain("rel=\"last memento\"");
        var json = JsonElement.Parse(await client.GetStringAsync($"/web/timemap/json/{ReplayHost.Page}"));
        json.GetProperty("mementos").GetProperty("list").GetArrayLength().ShouldBe(4);
        json.GetProperty("original_uri").GetString().ShouldBe(ReplayHost.Page);
        (await client.GetAsync("/web/timemap/link/https://hewan.example/nowhere")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_address_is_taken_as_it_was_written_with_its_query()
    {
        foreach (var spelling in (string[])[ReplayHost.Chinese, "http://www.hewan.example/桥/夜?b=2&a=1", "hewan.example/%e6%a1%a5/%E5%A4%9C?a=1&b=2"])
        {
            (await client.GetStringAsync($"/web/20261120080000id_/{spelling}")).ShouldContain("桥上的夜", customMessage: spelling);
        }
        (await client.GetAsync($"/web/20261120080000id_/{ReplayHost.Chinese}&ui=en")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_redirect_leads_to_the_archive_and_not_to_the_web()
    {
        (await client.GetAsync("/web/20261120080000/https://hewan.example/old")).Headers.Location!.ToString().ShouldBe($"/web/20261120080000/{ReplayHost.Page}");
        (await client.GetAsync("/web/20261120080000mp_/https://hewan.example/old")).Headers.Location!.ToString().ShouldBe($"/web/20261120080000mp_/{ReplayHost.Page}");
        (await client.GetAsync("/web/20261120080000mp_/https://hewan.example/lost")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_asked_for_as_it_was_comes_byte_for_byte()
    {
        var answer = await client.GetAsync(ReplayHost.Path(ReplayHost.First, ReplayHost.Page, "id_"));
        (await answer.Content.ReadAsStringAsync()).ShouldContain("<link rel=\"stylesheet\" href=\"style/page.css\" integrity=\"sha256-x\" crossorigin>");
        answer.Headers.Contains("Memento-Datetime").ShouldBeTrue();
    }

    [Fact]
    public async Task Captures_of_an_address_stand_in_a_calendar_and_a_list()
    {
        var html = await client.GetStringAsync($"/web/*/{ReplayHost.Page}");
        html.ShouldContain("2026年12月");
        html.Split("<li>").Length.ShouldBe(1 + 4);
        html.ShouldContain($"<a href=\"/web/20261230080000/{ReplayHost.Page}\"");
        (await client.GetAsync("/web/*/https://hewan.example/nowhere")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.GetAsync("/web/*/mailto:x")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("/web/20261399000000/https://hewan.example/bridge")]
    [InlineData("/web/20261120080000zz_/https://hewan.example/bridge")]
    [InlineData("/web/20261120080000/")]
    [InlineData("/web/20261120080000/javascript:alert(1)")]
    [InlineData("/web/timemap/xml/https://hewan.example/bridge")]
    [InlineData("/web/99999999999999999999/https://hewan.example/bridge")]
    public async Task Nonsense_is_refused(string path) => ((int)(await client.GetAsync(path)).StatusCode).ShouldBeInRange(400, 404);
}
