using Dibao.Feeds.Text;
using System.IO.Compression;
using Dibao.Feeds.Formats;

namespace Dibao.Feeds;

/// <summary>
/// A feed read entry by entry as its bytes come, packed with gzip or not: memory follows the largest entry, not the feed. Not thread-safe.
/// </summary>
/// <example><code>
/// using var reading = new StreamingFeed(stream, new() { BaseUrl = url });
/// while (await reading.NextAsync(cancel) is { } entry) Use(entry);
/// if (reading.Finish() is FeedReading.Found found) Use(found.Feed);
/// </code></example>
public sealed class StreamingFeed(Stream stream, FeedOptions options) : IDisposable
{
    private readonly FeedParsing parsing = new(options);
    private readonly byte[] buffer = new byte[64 << 10];
    private Stream? unpacked;
    private long left = options.Limits.MaxBytes;
    private bool isOver;
    private bool isTooLarge;
    private bool isBroken;

    internal static bool IsPacked(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08]);

    /// <summary>The next entry; null after the last.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public async ValueTask<FeedEntry?> NextAsync(CancellationToken cancel)
    {
        while (!isOver)
        {
            switch (parsing.Next(out var entry))
            {
                case FeedStep.Entry: return entry;
                case FeedStep.End: isOver = true; break;
                default: Take(await ReadAsync(cancel)); break;
            }
        }

        return null;
    }

    /// <inheritdoc cref="NextAsync"/>
    public FeedEntry? Next()
    {
        while (!isOver)
        {
            switch (parsing.Next(out var entry))
            {
                case FeedStep.Entry: return entry;
                case FeedStep.End: isOver = true; break;
                default: Take(Read()); break;
            }
        }

        return null;
    }

    /// <summary>
    /// After the last entry: the feed without its entries, or why there is none. More bytes than are allowed are no feed, whatever was
    /// given out before.
    /// </summary>
    public FeedReading Finish() =>
        isTooLarge ? Refusals.TooLarge(options.Limits) :
        parsing.Finish() is var reading && reading is not FeedReading.Found && isBroken ? Refusals.Packed() : reading;

    public void Dispose()
    {
        parsing.Dispose();
        unpacked?.Dispose();
    }

    private async ValueTask<int> ReadAsync(CancellationToken cancel)
    {
        try
        {
            var read = await (unpacked ?? stream).ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
            if (unpacked is not null || !parsing.IsFresh || !IsPacked(buffer.AsSpan(0, read)))
                return read;
            Unpack(read);
            return await unpacked!.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        }
        catch (InvalidDataException)
        {
            isBroken = true;
            return 0;
        }
    }

    private int Read()
    {
        try
        {
            var read = (unpacked ?? stream).ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (unpacked is not null || !parsing.IsFresh || !IsPacked(buffer.AsSpan(0, read)))
                return read;
            Unpack(read);
            return unpacked!.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException)
        {
            isBroken = true;
            return 0;
        }
    }

    private void Unpack(int read) => unpacked = new GZipStream(new ContinuedStream(buffer.AsSpan(0, read).ToArray(), stream), CompressionMode.Decompress);

    private void Take(int read)
    {
        isTooLarge = read > left;
        read = (int)Math.Min(read, left);
        left -= read;
        ReadOnlySpan<byte> bytes = buffer.AsSpan(0, read);
        parsing.Append(parsing.IsFresh ? parsing.Decide(bytes) : bytes, isFinal: read < buffer.Length || isTooLarge);
    }
}
