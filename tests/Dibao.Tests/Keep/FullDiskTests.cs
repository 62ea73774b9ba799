using System.Diagnostics;
using Dibao.Capture;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Keep;

public class FullDiskTests
{
    [Fact]
    public async Task A_full_disk_refuses_in_words_and_loses_nothing_that_was_acknowledged()
    {
        var folder = MountSmallDisk(megabytes: 6);
        try
        {
            var acknowledged = new List<string>();
            var refused = 0;
            await using (var archive = TestArchive.Open(Path.Combine(folder, "archive")))
            {
                for (var n = 1; n <= 4000 && refused < 5; n++)
                {
                    var bundle = WithNoise(TestArchive.Page(n), n);
                    try
                    {
                        await archive.KeepAsync(bundle, CancellationToken.None);
                        acknowledged.Add(bundle.Url);
                    }
                    catch (IOException full)
                    {
                        full.Message.ShouldMatch("Free some space|could not be made durable");
                        refused++;
                    }
                }
            }
            refused.ShouldBe(5);
            acknowledged.Count.ShouldBeGreaterThan(10);

            MakeLarger(folder, megabytes: 64);
            await using var again = TestArchive.Open(Path.Combine(folder, "archive"));
            acknowledged.Where(url => again.Reader.Catalogue.Article(url) is null).ShouldBeEmpty();
            (await again.KeepAsync(TestArchive.Page(9999), CancellationToken.None)).Change.ShouldBe(ArticleChange.New);
        }
        finally
        {
            Run("umount", "-l", folder);
        }
    }

    // Bytes that do not compress, so that the disk fills up soon.
    private static CaptureBundle WithNoise(CaptureBundle bundle, int seed)
    {
        var noise = new byte[40_000];
        new Random(seed).NextBytes(noise);
        var exchange = bundle.Exchanges[0];
        byte[] body = [.. exchange.Body.Span, .. "<!--"u8, .. System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(noise)), .. "-->"u8];
        return bundle with { Exchanges = [exchange with { Body = body }] };
    }

    private static string MountSmallDisk(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("dibao-disk-").FullName;
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root") Assert.Skip("A small disk can only be mounted as root.");
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder) != 0) Assert.Skip("This machine does not let tests mount a small disk.");
        return folder;
    }

    private static void MakeLarger(string folder, int megabytes) =>
        Run("mount", "-o", $"remount,size={megabytes}m", folder).ShouldBe(0);

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
