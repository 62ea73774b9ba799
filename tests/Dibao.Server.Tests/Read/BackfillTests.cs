using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Read;

/// <summary>A source's past, from its page and from the API.</summary>
[Collection(ReaderTests.Name)]
public sealed partial class BackfillTests(ReaderHost host)
{
    private long Source => host.Archive.Capture.Book.Find("https://lantern.example/feed.xml") is { } target ? target.Source.Id : host.Archive.Reader.Sources()[^1].Source.Id;

    [Fact]
    public async Task A_backfill_is_begun_changed_and_stopped_on_the_source_s_page()
    {
        using var client = ReaderHost.Client(host.Root);
        // Not the source of the others: the tests share one archive, and run in any order.
        var source = host.Archive.Capture.Book.Find("https://gangwan.example/feed.xml")!.Source.Id;
        (await client.GetStringAsync($"/sources/{source}")).ShouldContain("开始补录");
        var begun = await PostAsync(client, source, ("act", "start"), ("since", "2024-01-31"), ("perDay", "50"));
        begun.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        begun.Headers.Location!.ToString().ShouldBe($"/sources/{source}#backfill");
        var page = await client.GetStringAsync($"/sources/{source}");
        page.ShouldContain("补录到 2024-01-31，每天最多 50 篇");
        page.ShouldContain("value=\"2024-01-31\"");

        (await PostAsync(client, source, ("act", "stop"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await client.GetStringAsync($"/sources/{source}")).ShouldContain("已结束于");
    }

    [Theory]
    [InlineData("", "50", "1990-01-01")]
    [InlineData("31.1.2024", "50", "2024-01-31")]
    [InlineData("2199-01-01", "50", "1990-01-01")]
    [InlineData("2024-01-31", "0", "100000")]
    [InlineData("2024-01-31", "many", "100000")]
    public async Task What_is_no_day_or_number_is_told_in_words_and_begins_nothing(string since, string perDay, string words)
    {
        using var client = ReaderHost.Client(host.Root);
        var other = host.Archive.Capture.Book.Find("https://hewan.example/feed.xml")!.Source.Id;
        var answer = await PostAsync(client, other, ("act", "start"), ("since", since), ("perDay", perDay));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(words);
        host.Archive.Reader.Backfills().ShouldNotContain(backfill => backfill.SourceId == other);
    }

    [Fact]
    public async Task The_right_is_that_of_adding_sources()
    {
        using var guarded = ReaderHost.Client(host.GuardedRoot);
        (await PostAsync(guarded, Source, ("act", "start"), ("since", "2024-01-31"), ("perDay", "5"), ("token", "wrong"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await guarded.PutAsJsonAsync(Api, new { since = "2024-01-31" })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var readOnly = ReaderHost.Client(host.ReadOnlyRoot);
        (await readOnly.GetStringAsync($"/sources/{Source}")).ShouldNotContain("name=\"since\"");
        (await readOnly.PutAsJsonAsync(Api, new { since = "2024-01-31" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        guarded.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ReaderHost.Token);
        (await guarded.PutAsJsonAsync(Api, new { since = "2024-01-31" })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_API_begins_tells_and_ends_it()
    {
        using var client = ReaderHost.Client(host.Root);
        var begun = await client.PutAsJsonAsync(Api, new { since = "2023-05-01", perDay = 7 });
        begun.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await begun.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("perDay").GetInt32().ShouldBe(7);
        (await client.GetFromJsonAsync<JsonElement>($"/api/v1/sources/{Source}")).GetProperty("backfill").TryGetProperty("ended", out _).ShouldBeFalse();
        (await client.GetFromJsonAsync<JsonElement>("/api/v1/backfills")).EnumerateArray().ShouldContain(one => one.GetProperty("source").GetInt64() == Source);
        var ended = await client.DeleteAsync(Api);
        (await ended.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("ended").ValueKind.ShouldBe(JsonValueKind.String);

        (await client.PutAsJsonAsync(Api, new { since = "then" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.PutAsJsonAsync(Api, new { since = "2023-05-01", perDay = 0 })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.PutAsJsonAsync("/api/v1/sources/999999/backfill", new { since = "2023-05-01" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private string Api => $"/api/v1/sources/{Source}/backfill";

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, long source, params (string Name, string Value)[] fields)
    {
        var page = await client.GetStringAsync($"/sources/{source}");
        var forgery = Forgery().Match(page).Groups["token"].Value;
        using var form = new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("__RequestVerificationToken", forgery)]);
        return await client.PostAsync($"/sources/{source}", form);
    }

    [GeneratedRegex("__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Forgery();
}
