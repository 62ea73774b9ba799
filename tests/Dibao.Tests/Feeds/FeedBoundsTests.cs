using System.IO.Compression;
using System.Text;
using Dibao.Feeds;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Feeds;

/// <summary>More than is allowed is refused however it comes. What that costs is measured by the bench, mode <c>feed bounds</c>.</summary>
public sealed class FeedBoundsTests
{
    private static readonly FeedOptions Small = new() { Limits = new() { MaxBytes = 100_000 } };
    private static readonly byte[] Large = Encoding.UTF8.GetBytes(Fixtures.Many(2_000));

    /// <summary>Bytes whose number nobody knows before their end.</summary>
    private sealed class Pipe(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    [Fact]
    public async Task More_bytes_than_allowed_are_no_feed_however_they_come()
    {
        Large.Length.ShouldBeGreaterThan(100_000);
        foreach (var bytes in new[] { Large, Packed(Large) })
        {
            Refused(FeedReader.Read(bytes, Small));
            Refused(await FeedReader.ReadAsync(new MemoryStream(bytes), Small, TestContext.Current.CancellationToken));
            Refused(await FeedReader.ReadAsync(new Pipe(bytes), Small, TestContext.Current.CancellationToken));
            (await FeedReader.ReadAsync(new MemoryStream(bytes), new(), TestContext.Current.CancellationToken)).ShouldBeOfType<FeedReading.Found>().Feed.Entries.Count.ShouldBe(2_000);
        }
    }

    private static void Refused(FeedReading reading) => reading.ShouldBeOfType<FeedReading.NotAFeed>().Reason.ShouldBe(NotAFeedReason.TooLarge);

    [Fact]
    public void JSON_nested_too_deep_says_so()
    {
        const string Head = """{"version":"https://jsonfeed.org/version/1.1","title":"x [[ \" ]","items":[""";
        Reason(Head + new string('[', 5_000)).ShouldBe(NotAFeedReason.TooDeep);
        Reason(Head + "{\"id\":\"" + new string('[', 5_000)).ShouldBe(NotAFeedReason.Unknown);
        var found = FeedReader.Read(Encoding.UTF8.GetBytes(Head + "{\"id\":\"1\"}," + new string('[', 5_000))).ShouldBeOfType<FeedReading.Found>().Feed;
        found.Entries.Count.ShouldBe(1);
        found.Warnings.ShouldContain(warning => warning.Contains("deeper"));
    }

    private static NotAFeedReason Reason(string text) => FeedReader.Read(Encoding.UTF8.GetBytes(text)).ShouldBeOfType<FeedReading.NotAFeed>().Reason;
}
