using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Commands;

public class DoctorTests
{
    [Fact]
    public async Task Every_check_has_a_name_a_finding_and_a_remedy_where_it_needs_one()
    {
        using var folder = new TestFolder();
        var run = await DibaoProcess.RunAsync(folder.Data, ["doctor", "--json"]);
        run.Code.ShouldBe(0, run.Output);
        var names = Enumerable.Range(0, run.Lines.Count).Select(line => run.Json(line).GetProperty("check").GetString()).ToList();
        names.ShouldBe(["runtime", "settings", "listen", "clock", "time zones", "disk", "folder", "fsync", "proofs", "search", "archive", "git", "chromium", "browser driver"]);
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Problems_of_the_configuration_are_findings()
    {
        using var folder = new TestFolder();
        var run = await DibaoProcess.RunAsync(folder.Data, ["doctor"], ("DIBAO_LISTEN_PROT", "1"), ("DIBAO_LISTEN_PORT", "none"));
        run.Code.ShouldBe(1);
        run.Output.ShouldContain("did you mean DIBAO_LISTEN_PORT?");
        run.Output.ShouldContain("Listen:Port = \"none\"");
    }

    [Fact]
    public async Task Lines_of_site_rules_that_are_passed_over_are_named()
    {
        using var folder = new TestFolder();
        var rules = Path.GetDirectoryName(folder.Write(Path.Combine("rules", "news.example.txt"), "title: //h1\nbody: //div[\nwhatever\n"))!;
        var run = await DibaoProcess.RunAsync(folder.Data, ["doctor"], ("DIBAO_CAPTURE_SITE_RULES", rules));
        run.Code.ShouldBe(1);
        run.Output.ShouldContain("news.example.txt, line 2");
        var gone = await DibaoProcess.RunAsync(folder.Data, ["doctor"], ("DIBAO_CAPTURE_SITE_RULES", Path.Combine(rules, "nowhere")));
        gone.Code.ShouldBe(1);
        gone.Output.ShouldContain("Capture:SiteRules");
    }

    [Fact]
    public async Task A_browser_or_its_driver_that_is_named_and_not_there_is_a_finding()
    {
        using var folder = new TestFolder();
        var run = await DibaoProcess.RunAsync(folder.Data, ["doctor"], ("PLAYWRIGHT_DRIVER_SEARCH_PATH", folder.Path), ("DIBAO_CAPTURE_CHROMIUM", Path.Combine(folder.Path, "none")));
        run.Code.ShouldBe(1);
        run.Output.ShouldContain("does not hold .playwright");
        run.Output.ShouldContain("PlaywrightPlatform");
        run.Output.ShouldContain("which Capture:Chromium names");
    }
}
