using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Commands;

public class BackupTests
{
    [Fact]
    public async Task What_was_backed_up_is_restored_and_rebuilt_to_the_same_lists()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 6);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        var copy = Path.Combine(folder.Path, "copy");
        var restored = Path.Combine(folder.Path, "restored");
        (await DibaoProcess.RunAsync(folder.Data, ["backup", copy])).Code.ShouldBe(0);
        (await DibaoProcess.RunAsync(restored, ["restore", copy])).Code.ShouldBe(0);
        (await DibaoProcess.RunAsync(restored, ["verify"])).Code.ShouldBe(0);

        var before = (await DibaoProcess.RunAsync(folder.Data, ["list", "--json"])).Output;
        before.Split('\n').Length.ShouldBe(6);
        (await DibaoProcess.RunAsync(restored, ["list", "--json"])).Output.ShouldBe(before);
        (await DibaoProcess.RunAsync(restored, ["rebuild"])).Code.ShouldBe(0);
        (await DibaoProcess.RunAsync(restored, ["list", "--json"])).Output.ShouldBe(before);
        (await DibaoProcess.RunAsync(restored, ["restore", copy])).Code.ShouldBe(3);
    }
}
