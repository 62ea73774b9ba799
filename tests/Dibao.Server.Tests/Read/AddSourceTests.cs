using System.Net;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Read;

[Collection(ReaderTests.Name)]
public sealed class AddSourceTests(ReaderHost host)
{
    [Fact]
    public async Task A_source_is_added_from_the_form()
    {
        using var client = ReaderHost.Client(host.Root);
        var answer = await PostAsync(client, ("url", "https://new.example/"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("已添加：新的一家");
    }

    [Fact]
    public async Task A_form_from_elsewhere_is_refused()
    {
        using var client = ReaderHost.Client(host.Root);
        var before = host.Asked.Count;
        using var form = new FormUrlEncodedContent([new("url", "https://new.example/")]);
        var answer = await client.PostAsync("/sources/add", form);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("请求读不懂");
        host.Asked.Count.ShouldBe(before);
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest, "请填网址")]
    [InlineData("https://nothing.example/", HttpStatusCode.UnprocessableEntity, "points to none")]
    [InlineData("https://hewan.example/feed.xml", HttpStatusCode.OK, "早已在收录")]
    public async Task Every_end_is_told_in_words(string url, HttpStatusCode status, string words)
    {
        using var client = ReaderHost.Client(host.Root);
        var answer = await PostAsync(client, ("url", url));
        answer.StatusCode.ShouldBe(status);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(words);
    }

    [Theory]
    [InlineData("wrong", HttpStatusCode.Forbidden)]
    [InlineData("", HttpStatusCode.Forbidden)]
    [InlineData(ReaderHost.Token, HttpStatusCode.OK)]
    public async Task With_a_token_set_only_who_knows_it_may_add(string token, HttpStatusCode status)
    {
        using var client = ReaderHost.Client(host.GuardedRoot);
        (await PostAsync(client, ("url", "https://new.example/"), ("token", token))).StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Without_a_token_a_name_that_is_not_this_machine_s_may_not_add()
    {
        using var client = ReaderHost.Client(host.Root);
        client.DefaultRequestHeaders.Host = "rebound.example";
        var answer = await PostAsync(client, ("url", "https://new.example/"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("只能在本机上");
    }

    [Fact]
    public async Task A_read_only_archive_takes_none_and_says_so()
    {
        using var client = ReaderHost.Client(host.ReadOnlyRoot);
        (await client.GetStringAsync("/sources/add")).ShouldContain("只读方式");
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, params (string Name, string Value)[] fields)
    {
        var page = await client.GetStringAsync("/sources/add");
        const string Mark = "name=\"__RequestVerificationToken\" type=\"hidden\" value=\"";
        var at = page.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
        var token = page[at..page.IndexOf('"', at)];
        using var form = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), new("__RequestVerificationToken", token)]);
        return await client.PostAsync("/sources/add", form);
    }
}
