using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dibao.Server.Tests.Read;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Api;

[Collection(ReaderTests.Name)]
public sealed class ApiTests(ReaderHost host) : IDisposable
{
    private readonly HttpClient client = ReaderHost.Client(host.Root);

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task Outlets_come_with_their_counts()
    {
        var outlets = await GetAsync("/api/v1/outlets");
        outlets.EnumerateArray().Select(outlet => outlet.GetProperty("slug").GetString()).ShouldBe(["hewan", "marsh-lantern", "gangwan"], ignoreOrder: true);
        outlets[0].GetProperty("articles").GetInt64().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Articles_are_paged_by_cursor_without_gaps_or_repeats()
    {
        var ids = new List<long>();
        string? cursor = null;
        do
        {
            var page = await GetAsync($"/api/v1/articles?limit=7{(cursor is null ? "" : $"&cursor={cursor}")}");
            ids.AddRange(page.GetProperty("articles").EnumerateArray().Select(article => article.GetProperty("id").GetInt64()));
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        ids.Count.ShouldBe((int)host.Archive.Reader.Catalogue.Counts().Articles);
        ids.ShouldBeUnique();
    }

    [Fact]
    public async Task An_article_has_its_text_times_in_utc_and_han_as_it_is()
    {
        var text = await client.GetStringAsync($"/api/v1/articles/{host.IdOf(SampleNews.Ferry)}");
        text.ShouldContain("两岸轮渡下周恢复夜航");
        text.ShouldNotContain("\\u");
        var article = JsonDocument.Parse(text).RootElement;
        article.GetProperty("state").GetString().ShouldBe("changed");
        article.GetProperty("current").GetProperty("published").GetString().ShouldBe("2026-11-20T11:30:00Z");
        article.GetProperty("current").GetProperty("ordinal").GetInt32().ShouldBe(3);
        article.GetProperty("html").GetString()!.ShouldContain("<p>");
    }

    [Fact]
    public async Task Versions_come_oldest_first() =>
        (await GetAsync($"/api/v1/articles/{host.IdOf(SampleNews.Ferry)}/versions")).EnumerateArray()
            .Select(version => version.GetProperty("ordinal").GetInt32()).ShouldBe([1, 2, 3]);

    [Fact]
    public async Task A_search_gives_hits_with_marked_snippets_and_counts()
    {
        var found = await GetAsync("/api/v1/search?q=轮渡&order=best&limit=5");
        found.GetProperty("total").GetInt32().ShouldBeGreaterThan(0);
        found.GetProperty("hits")[0].GetProperty("snippet").EnumerateArray().ShouldContain(part => part.GetProperty("match").GetBoolean());
        found.GetProperty("outlets")[0].GetProperty("slug").GetString().ShouldBe("hewan");
        found.GetProperty("histogram").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Sources_and_stats_are_told()
    {
        (await GetAsync("/api/v1/sources")).GetArrayLength().ShouldBe(3);
        (await GetAsync("/api/v1/stats")).GetProperty("outlets").GetInt64().ShouldBe(3);
    }

    [Theory]
    [InlineData("/api/v1/articles/999999", 404)]
    [InlineData("/api/v1/articles/99999999999999999999999", 404)]
    [InlineData("/api/v1/articles/999999/versions", 404)]
    [InlineData("/api/v1/articles?outlet=nobody", 404)]
    [InlineData("/api/v1/articles?limit=0", 400)]
    [InlineData("/api/v1/articles?limit=99999999999999", 400)]
    [InlineData("/api/v1/articles?limit=many", 400)]
    [InlineData("/api/v1/articles?cursor=1", 400)]
    [InlineData("/api/v1/search?q=before:never", 400)]
    [InlineData("/api/v1/search?q=a&order=random", 400)]
    [InlineData("/api/v1/search?q=a&cursor=x1", 400)]
    [InlineData("/api/nowhere", 404)]
    [InlineData("/api/broken", 500)]
    public async Task An_error_is_a_problem_in_words(string path, int status)
    {
        var answer = await client.GetAsync(path);
        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        problem.ToString().ShouldNotContain("a bug");
    }

    [Fact]
    public async Task A_huge_query_is_a_problem_in_words()
    {
        var answer = await client.GetAsync("/api/v1/search?q=" + new string('a', 1200));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("1200 characters");
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("wrong", HttpStatusCode.Unauthorized)]
    [InlineData(ReaderHost.Token, HttpStatusCode.Created)]
    public async Task Adding_needs_the_token_where_one_is_set(string? token, HttpStatusCode status)
    {
        using var guarded = ReaderHost.Client(host.GuardedRoot);
        if (token is not null) guarded.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        (await PostAsync(guarded, """{"url":"https://new.example/"}""")).StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData("""{"url":"https://new.example/"}""", 201)]
    [InlineData("""{"url":"https://hewan.example/feed.xml"}""", 200)]
    [InlineData("""{"url":"https://nothing.example/"}""", 422)]
    [InlineData("""{"url":""}""", 400)]
    [InlineData("""{}""", 400)]
    [InlineData("""{"url":""", 400)]
    [InlineData("", 400)]
    public async Task Every_end_of_adding_has_its_status(string body, int status) => ((int)(await PostAsync(client, body)).StatusCode).ShouldBe(status);

    [Fact]
    public async Task A_form_of_another_site_cannot_add()
    {
        using var body = new StringContent("""{"url":"https://new.example/"}""", Encoding.UTF8, "text/plain");
        (await client.PostAsync("/api/v1/sources", body)).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task The_description_lists_every_path()
    {
        var paths = (await GetAsync("/openapi/v1.json")).GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();
        paths.ShouldBe(
            ["/api/v1/outlets", "/api/v1/articles", "/api/v1/articles/{id}", "/api/v1/articles/{id}/versions", "/api/v1/search", "/api/v1/sources", "/api/v1/sources/{id}", "/api/v1/backfills", "/api/v1/sources/{id}/backfill", "/api/v1/problems", "/api/v1/stats"],
            ignoreOrder: true);
    }

    private async Task<JsonElement> GetAsync(string path) => JsonDocument.Parse(await client.GetStringAsync(path)).RootElement;

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        return await client.PostAsync("/api/v1/sources", body);
    }
}
