using System.Collections;
using Dibao.Server.Configuration;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Commands;

public class ConfigurationTests
{
    [Fact]
    public async Task All_problems_are_reported_together_each_with_where_it_comes_from()
    {
        using var folder = new TestFolder();
        var file = folder.Write("dibao.json", """{ "Listen": { "Port": 99999 }, "Capture": { "HostDelay": "soon", "HostDelya": "1s" }, "Log": { "Level": [1] } }""");
        var run = await DibaoProcess.RunAsync(folder.Data, ["serve", "--config", file], ("DIBAO_TOKEN", "short-secret"), ("DIBAO_CAPTURE_ALLOW_HOSTS", "a:b:c"));
        run.Code.ShouldBe(2);
        run.Error.ShouldContain($"Listen:Port = \"99999\", from {file}");
        run.Error.ShouldContain($"Capture:HostDelay = \"soon\", from {file}");
        run.Error.ShouldContain("did you mean Capture:HostDelay?");
        run.Error.ShouldContain("Log:Level, from");
        run.Error.ShouldContain("from environment variable DIBAO_TOKEN");
        run.Error.ShouldContain("from environment variable DIBAO_CAPTURE_ALLOW_HOSTS");
        run.Error.ShouldNotContain("short-secret");
        Directory.Exists(folder.Data).ShouldBeFalse();
    }

    [Fact]
    public void The_command_line_comes_before_the_environment_before_the_file_before_the_default()
    {
        using var folder = new TestFolder();
        var file = folder.Write("some.json", """{ "Data": "from-file", "Listen": { "Port": 1000, "Address": "::1" }, /* why not */ "Log": { "Level": "warning" }, }""");
        var environment = new Hashtable { ["DIBAO_LISTEN_PORT"] = "2000", ["DIBAO_DATA"] = "from-environment" };
        var settings = SettingsReader.Read("from-line", file, environment).Validated();
        settings.Data.ShouldBe("from-line");
        settings.ListenPort.ShouldBe(2000);
        settings.ListenUrl.ShouldBe("http://[::1]:2000");
        settings.LogLevel.ShouldBe(Microsoft.Extensions.Logging.LogLevel.Warning);
        settings.PublishInterval.ShouldBe(TimeSpan.FromMinutes(15));
        SettingsReader.Read(null, file, environment).Validated().Data.ShouldBe("from-environment");
        SettingsReader.Read(null, file, new Hashtable()).Validated().Data.ShouldBe("from-file");
    }

    [Fact]
    public void The_file_in_the_data_folder_is_read_without_being_named()
    {
        using var folder = new TestFolder();
        folder.Write("data/dibao.json", """{ "Capture": { "AllowHosts": ["feeds.lan:8080", "10.0.0.7"], "Enabled": false } }""");
        var settings = SettingsReader.Read(folder.Data, null, new Hashtable()).Validated();
        settings.Capture.AllowHosts.ShouldBe(["feeds.lan:8080", "10.0.0.7"]);
        settings.Capturing.ShouldBeFalse();
    }

    [Fact]
    public void The_defaults_hold()
    {
        var reading = SettingsReader.Read(null, null, new Hashtable());
        reading.Problems.ShouldBeEmpty();
        foreach (var setting in SettingTable.All.Where(setting => setting.Default.Length > 0)) setting.Problem(setting.Default).ShouldBeNull(setting.Name);
        reading.Validated().Capture.ShouldBe(new Capture.CaptureOptions() with { AllowHosts = reading.Validated().Capture.AllowHosts });
    }

    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("20s", 20)]
    [InlineData("1.5m", 90)]
    [InlineData("2h", 7200)]
    [InlineData("1d", 86400)]
    [InlineData("00:00:20", 20)]
    [InlineData("0", 0)]
    public void Durations_are_read(string text, double seconds)
    {
        SettingKinds.TryReadDuration(text, out var duration).ShouldBeTrue();
        duration.TotalSeconds.ShouldBe(seconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("-5s")]
    [InlineData("-00:00:05")]
    [InlineData("1e99d")]
    [InlineData("99999999999999999999d")]
    [InlineData("s")]
    public void What_is_no_duration_is_not_read_as_one(string text) => SettingKinds.TryReadDuration(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"Listen\": {\"Port\": {\"a\": {\"b\": {\"c\": {\"d\": {\"e\": {\"f\": {\"g\": 1}}}}}}}}}")]
    [InlineData("{\"Listen\": [{\"Port\": 1}]}")]
    [InlineData("{\"Listen\": {\"Port\": 1, \"Port\": 2}}")]
    public void A_file_that_is_no_configuration_is_a_problem_and_not_a_crash(string text)
    {
        using var folder = new TestFolder();
        SettingsReader.Read(null, folder.Write("x.json", text), new Hashtable()).Problems.ShouldNotBeEmpty();
    }

    [Fact]
    public void The_page_of_settings_is_the_table()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Dibao.slnx"))) root = root.Parent!;
        File.ReadAllText(Path.Combine(root.FullName, "docs", "configuration.md")).ShouldBe(
            ConfigurationPage.Write(), "write it again: dotnet run --project src/Dibao.Server -- doctor --settings > docs/configuration.md");
    }
}
