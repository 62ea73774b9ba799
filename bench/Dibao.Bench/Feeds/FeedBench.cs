using System.Diagnostics;
using System.Text;
using System.Xml;
using Dibao.Feeds;

namespace Dibao.Bench.Feeds;

/// <summary>Reading feeds on one core, beside System.Xml's XmlReader over the same bytes in the same run.</summary>
internal static class FeedBench
{
    private const int Rounds = 7;
    private static readonly TimeSpan RoundLength = TimeSpan.FromSeconds(1);

    /// <param name="folder">Feeds, a file each; null for those beside the checkout, or made-up ones where there are none.</param>
    public static void Run(string? folder, BenchReport report)
    {
        var feeds = Load(folder);
        var wellFormed = feeds.Where(bytes => TryReadXml(bytes)).ToList();
        var bytes = feeds.Sum(feed => (long)feed.Length);
        report.Section($"Feeds: {feeds.Count} files, {bytes / 1e6:F1} MB, {wellFormed.Count} of them XML that XmlReader can read");
        Warm(feeds);
        Warm(wellFormed);

        var reader = new List<double>();
        var same = new List<double>();
        var all = new List<double>();
        // One after the other in each round, so that a neighbour's burst hits them alike.
        for (var round = 0; round < Rounds; round++)
        {
            reader.Add(Speed(wellFormed, static feed => TryReadXml(feed)));
            same.Add(Speed(wellFormed, static feed => Read(feed)));
            all.Add(Speed(feeds, static feed => Read(feed)));
        }

        report.Add(new("feed", "XmlReader, every node and attribute", Median(reader), "MB/s", Note: $"median of {Rounds} rounds of {RoundLength.TotalSeconds:F0} s"));
        report.Add(new("feed", "Dibao.Feeds, the same files", Median(same), "MB/s", "≥ 100", $"best {same.Max():F0}"));
        report.Add(new("feed", "Dibao.Feeds, all files", Median(all), "MB/s", "≥ 100", $"best {all.Max():F0}"));
        report.Add(new("feed", "time ÷ XmlReader's, the same files", Median([.. reader.Zip(same, (xml, ours) => xml / ours)]), "×", Note: "median of the rounds' ratios"));
        Memory(report);
    }

    // A feed of 100 MB, read entry by entry: what is held at once.
    private static void Memory(BenchReport report)
    {
        foreach (var megabytes in (ReadOnlySpan<int>)[10, 100])
        {
            using var stream = new StreamingFeed(new EndlessFeed(megabytes * 1_000_000L), new() { Limits = new() { MaxBytes = int.MaxValue, MaxEntries = 1_000_000 } });
            GC.Collect();
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var (peak, count) = (0L, 0);
            for (; stream.Next() is not null; count++)
                if (count % 1000 == 0)
                    peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
            report.Add(new("feed", $"held while streaming a feed of {megabytes} MB", peak / 1e6, "MB", Note: $"{count} entries"));
        }
    }

    private static double Speed(List<byte[]> feeds, Func<byte[], bool> read)
    {
        var (total, watch) = (0L, Stopwatch.StartNew());
        while (watch.Elapsed < RoundLength)
            foreach (var feed in feeds)
                total += read(feed) ? feed.Length : 0;
        return total / 1e6 / watch.Elapsed.TotalSeconds;
    }

    private static void Warm(List<byte[]> feeds)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(3))
            foreach (var feed in feeds)
                _ = Read(feed) && TryReadXml(feed);
    }

    private static bool Read(byte[] feed) => FeedReader.Read(feed) is FeedReading.Found;

    private static bool TryReadXml(byte[] feed)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(feed, writable: false), settings);
            var length = 0;
            while (reader.Read())
            {
                length += reader.Value.Length;
                while (reader.MoveToNextAttribute())
                    length += reader.Value.Length;
            }

            return length > 0;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static List<byte[]> Load(string? folder)
    {
        var beside = Path.Combine("..", "shared", "benchmarks", "feeds", "real");
        folder ??= Directory.Exists(beside) ? beside : null;
        return folder is null
            ? [.. Enumerable.Range(1, 40).Select(i => EndlessFeed.Make(i * 10_000))]
            : [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}

/// <summary>A made-up feed of any length, made while it is read.</summary>
internal sealed class EndlessFeed(long length) : Stream
{
    private static readonly byte[] Entry = Encoding.UTF8.GetBytes(
        "<item><title>The ferry at Hewan runs again &amp; the bridge waits</title><link>https://hewan.example/a/1</link>" +
        "<guid isPermaLink=\"false\">urn:hewan:1</guid><pubDate>Wed, 08 Nov 2023 17:08:00 +0800</pubDate><dc:creator>Lin</dc:creator>" +
        "<category>local</category><description>" + string.Concat(Enumerable.Repeat("&lt;p&gt;The ferry came at noon, and many waited. &lt;/p&gt;", 30)) +
        "</description></item>\n");

    private static readonly byte[] Head = Encoding.UTF8.GetBytes("<rss version=\"2.0\"><channel><title>Hewan Daily</title><link>https://hewan.example/</link>");
    private long at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get => at; set => throw new NotSupportedException(); }

    public static byte[] Make(int length)
    {
        using var made = new MemoryStream();
        new EndlessFeed(length).CopyTo(made);
        return made.ToArray();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        count = (int)Math.Min(count, length - at);
        for (var i = 0; i < count; i++, at++)
            buffer[offset + i] = at < Head.Length ? Head[at] : Entry[(at - Head.Length) % Entry.Length];
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
