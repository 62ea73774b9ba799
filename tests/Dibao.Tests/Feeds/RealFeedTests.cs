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

    [Fact]
    public void Every_real_feed_is_the_same_read_as_a_stream()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Shared.RequireFeeds(), "real")))
        {
            var whole = FeedReader.Read(File.ReadAllBytes(file)).ShouldBeOfType<FeedReading.Found>().Feed;
            using var bytes = File.OpenRead(file);
            using var stream = new StreamingFeed(bytes, new());
            foreach (var entry in whole.Entries)
                (stream.Next() is { } same && (same.Title, same.Link, same.Summary, same.Content) == (entry.Title, entry.Link, entry.Summary, entry.Content))
                    .ShouldBeTrue(file);
            stream.Next().ShouldBeNull();
        }
    }
}
