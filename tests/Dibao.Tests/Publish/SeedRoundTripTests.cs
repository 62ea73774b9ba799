using System.Text;
using Dibao.Tests.Extract;
using Dibao.Tests.Keep;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Publish;

/// <summary>Real files of the form that others wrote: what goes in comes out.</summary>
public class SeedRoundTripTests
{
    [Fact]
    public async Task Seeds_are_published_with_their_own_first_lines_and_kept_to_the_byte()
    {
        var seeds = SharedFiles.Require("seeds");
        await using var test = TestArchive.New();
        using var folder = new PublishedFolder();
        await PublishRunTests.ImportAsync(test.Archive, seeds, new("rfi-cn", "法广"));

        folder.Publish(test.Archive);

        var published = Directory.GetFiles(folder.PathOf("articles/rfi-cn")).Select(path => Head(File.ReadAllBytes(path)));
        var files = Directory.GetFiles(seeds, "*.txt").Select(File.ReadAllBytes).ToList();
        published.Order().ShouldBe(files.Select(Head).Order());
        var originals = test.Catalogue.All()
            .Select(article => test.Archive.Reader.Original(test.Catalogue.Capture(article.Current.CaptureId)!)!.Bytes.ToArray());
        originals.Select(Convert.ToHexString).Order().ShouldBe(files.Select(Convert.ToHexString).Order());
    }

    // Comment, link, rule, empty line.
    private static string Head(byte[] file) => string.Join('\n', Encoding.UTF8.GetString(file).Split('\n')[..4]);
}
