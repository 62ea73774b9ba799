using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Commands;

public class ProfileTests
{
    [Fact]
    public async Task A_profile_is_set_from_files_and_its_secrets_are_not_shown()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 1);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        var headers = Path.Combine(folder.Path, "headers");
        var cookie = Path.Combine(folder.Path, "cookie");
        await File.WriteAllTextAsync(headers, "X-Key: s3cret\nAuthorization: Bearer s3cret\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(cookie, "session=s3cret\n", TestContext.Current.CancellationToken);
        var set = await DibaoProcess.RunAsync(folder.Data, ["profile", outlet.Feed, "--headers", headers, "--cookie", cookie, "--proxy", "socks5h://127.0.0.1:9050", "--delay", "2.5", "--browser", "WhenEmpty"]);
        set.Code.ShouldBe(0, set.Error);
        var shown = await DibaoProcess.RunAsync(folder.Data, ["profile", outlet.Feed]);
        shown.Output.ShouldContain("X-Key, Authorization");
        shown.Output.ShouldContain("127.0.0.1:9050");
        shown.Output.ShouldContain("2.5 s");
        (set.Output + set.Error + shown.Output).ShouldNotContain("s3cret");
        // The catalogue is thrown away and made again; what no segment may hold stays.
        (await DibaoProcess.RunAsync(folder.Data, ["rebuild"])).Code.ShouldBe(0);
        (await DibaoProcess.RunAsync(folder.Data, ["profile", outlet.Feed, "--json"])).Output.ShouldContain("\"cookie\":true");
        (await DibaoProcess.RunAsync(folder.Data, ["profile", outlet.Feed, "--cookie", "none", "--headers", "none"])).Output.ShouldContain("cookie   none");
    }

    [Theory]
    [InlineData("--proxy", "http://user:s3cret@p.example:8080")]
    [InlineData("--proxy", "ftp://p.example")]
    [InlineData("--delay", "99999")]
    public async Task What_cannot_be_is_refused_with_the_reason(string option, string value)
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 1);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        var refused = await DibaoProcess.RunAsync(folder.Data, ["profile", outlet.Feed, option, value]);
        refused.Code.ShouldBe(2);
        refused.Error.ShouldNotContain("s3cret");
        (await DibaoProcess.RunAsync(folder.Data, ["profile", "https://nobody.example/feed"])).Error.ShouldContain("not watched yet");
    }
}
