using Dibao.Feeds;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Feeds;

public sealed class RealFeedTests
{
    [Fact]
    public void Every_real_feed_gives_entries_with_an_identity()
    {
        var files = Directory.GetFiles(Path.Combine(Shared.RequireFeeds(), "real"));
        files.Length.ShouldBe(80);
        foreach (var file in files)
        {
            var feed = FeedReader.Read(File.ReadAllBytes(file)).ShouldBeOfType<FeedReading.Found>(Path.GetFileName(file)).Feed;
            feed.Entries.ShouldNotBeEmpty(Path.GetFileName(file));
            feed.Entries.ShouldAllBe(entry => entry.Id != null || entry.Link != null || entry.Title != "" || entry.Content != null, file);
        }
    }
}
