using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Read;

[Collection(ReaderTests.Name)]
public sealed class BrowserTests(ReaderHost host, Browser browser) : IClassFixture<Browser>
{
    public static TheoryData<string, string> Pages => new()
    {
        { "list", "/" },
        { "article", "/a/{ferry}" },
        { "withdrawn", "/a/{withdrawn}" },
        { "compare", "/a/{ferry}/compare?from=1&to=3" },
        { "compare-side", "/a/{ferry}/compare?from=1&to=3&view=side" },
        { "search", "/search?q=河湾" },
        { "search-empty", "/search?q=没有这样的词" },
        { "sources", "/sources" },
        { "add", "/sources/add" },
        { "outlet", "/o/hewan" },
        { "outlets", "/outlets" },
        { "about", "/about" },
        { "missing", "/nowhere" },
    };

    [Theory, MemberData(nameof(Pages))]
    public async Task Axe_finds_nothing_to_complain_about(string name, string path)
    {
        foreach (var dark in new[] { false, true })
        {
            var page = await browser.OpenAsync(new(Dark: dark, WithAxe: true));
            await page.GotoAsync(Url(path));
            var result = await page.RunAxe();
            result.Violations.Select(v => $"{v.Id}: {string.Join(", ", v.Nodes.Select(n => n.Html))}").ShouldBeEmpty($"{name}, dark: {dark}");
            await page.Context.CloseAsync();
        }
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task No_page_breaks_its_own_policy_or_scrolls_sideways_on_a_phone(string name, string path)
    {
        Look[] looks = [new(), new(Width: 390), new(Width: 320)];
        if (Browser.Pictures is not null) looks = [.. looks, new(Dark: true), new(Width: 390, Dark: true)];
        foreach (var look in looks)
        {
            var complaints = new List<string>();
            var page = await browser.OpenAsync(look, complaints);
            await page.GotoAsync(Url(path));
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(look.Width, $"{name} at {look.Width}");
            complaints.Where(complaint => !complaint.Contains("404", StringComparison.Ordinal)).ShouldBeEmpty(name);
            await Browser.PictureAsync(page, $"{name}-{(look.Width < 600 ? "phone" : "desktop")}{(look.Width == 320 ? "-320" : "")}{(look.Dark ? "-dark" : "")}", whole: name is "article" or "compare" or "sources");
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task The_whole_way_can_be_gone_without_scripts()
    {
        var page = await browser.OpenAsync(new(Scripts: false));
        await page.GotoAsync(Url("/"));
        await page.FillAsync("#q", "县志馆");
        await page.ClickAsync(".find button");
        await page.ClickAsync(".item h3 a");
        (await page.TextContentAsync("h1")).ShouldBe("旧粮仓改成的县志馆开馆，三万册方志免费借阅");
        await page.ClickAsync(".kicker a");
        page.Url.ShouldEndWith("/o/hewan");
        await page.GotoAsync(Url("/sources/add"));
        await page.FillAsync("#url", "https://new.example/");
        await page.ClickAsync(".form button");
        (await page.TextContentAsync("[role=status]"))!.ShouldContain("已添加");
    }

    [Fact]
    public async Task Keys_move_through_a_list_and_open_what_is_chosen()
    {
        var page = await browser.OpenAsync(new());
        await page.GotoAsync(Url("/"));
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("k");
        (await Focused(page)).ShouldBe("旧粮仓改成的县志馆开馆，三万册方志免费借阅");
        await Browser.PictureAsync(page, "keys-focus");
        await page.Keyboard.PressAsync("o");
        await page.Locator("article.sheet").WaitForAsync();
        page.Url.ShouldContain("/a/");
    }

    [Fact]
    public async Task Slash_goes_to_the_search_field_where_letters_are_letters()
    {
        var page = await browser.OpenAsync(new());
        await page.GotoAsync(Url("/"));
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("jo?");
        (await page.InputValueAsync("#q")).ShouldBe("jo?");
    }

    [Fact]
    public async Task A_question_mark_opens_the_help_and_escape_closes_it()
    {
        var page = await browser.OpenAsync(new());
        await page.GotoAsync(Url("/"));
        await page.Keyboard.PressAsync("?");
        (await page.IsVisibleAsync("#keys")).ShouldBeTrue();
        await Browser.PictureAsync(page, "keys-help");
        await page.Keyboard.PressAsync("Escape");
        (await page.IsVisibleAsync("#keys")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_original_runs_no_script()
    {
        var page = await browser.OpenAsync(new());
        await page.GotoAsync(Url($"/a/{host.IdOf(SampleNews.Hostile)}/original"));
        (await page.TitleAsync()).ShouldNotBe("owned");
        (await page.InnerTextAsync("article")).ShouldContain("written to cause harm");
    }

    [Fact]
    public async Task Chinese_text_is_set_as_a_careful_reader_wants_it()
    {
        var page = await browser.OpenAsync(new());
        await page.GotoAsync(Url("/a/{ferry}"));
        var body = page.Locator(".body p").First;
        async Task<string> Style(string property) => await body.EvaluateAsync<string>("(e, p) => getComputedStyle(e).getPropertyValue(p)", property);
        (await Style("font-size")).ShouldBe("18px");
        (await Style("line-height")).ShouldBe("32.4px");
        (await Style("line-break")).ShouldBe("strict");
        (await page.Locator(".sheet").EvaluateAsync<double>("e => e.getBoundingClientRect().width / 18")).ShouldBeLessThanOrEqualTo(38.01);
        (await page.Locator(".sheet").GetAttributeAsync("lang")).ShouldBe("zh-Hans");
    }

    [Fact]
    public async Task The_chart_narrows_a_search()
    {
        var page = await browser.OpenAsync(new());
        await page.GotoAsync(Url("/search?q=河湾"));
        await page.Locator(".chart a").First.EvaluateAsync("e => e.focus()");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".chips a").First.WaitForAsync();
        Uri.UnescapeDataString(page.Url).ShouldContain("after:2026-");
        (await page.Locator(".chips a").CountAsync()).ShouldBe(2);
    }

    private string Url(string path) => new Uri(host.Root, path
        .Replace("{ferry}", $"{host.IdOf(SampleNews.Ferry)}", StringComparison.Ordinal)
        .Replace("{withdrawn}", $"{host.IdOf(SampleNews.Withdrawn)}", StringComparison.Ordinal)).ToString();

    private static Task<string> Focused(IPage page) => page.EvaluateAsync<string>("document.activeElement.textContent");
}
