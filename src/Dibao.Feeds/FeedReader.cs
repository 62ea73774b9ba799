using System.Buffers;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Dibao.Feeds.Formats;

namespace Dibao.Feeds;

/// <summary>Reads any news feed: RSS, RDF, Atom, JSON Feed, sitemaps, in any encoding, broken or not. Thread-safe.</summary>
public static class FeedReader
{
    private const int ChunkLength = 64 << 10;

    /// <summary>
    /// The feed in the bytes. Bad input ends as <see cref="FeedReading.NotAFeed"/>, never as an exception; time and memory are linear
    /// in the bytes and bounded by the limits.
    /// </summary>
    /// <param name="contentType">The HTTP header, whose charset is one witness among others.</param>
    /// <param name="baseUrl">Where the bytes came from: relative URLs refer to it where the feed gives no other base.</param>
    public static FeedReading Read(
        ReadOnlyMemory<byte> bytes, string? contentType = null, string? baseUrl = null, FeedLimits? limits = null) =>
        Read(bytes, new FeedOptions { ContentType = contentType, BaseUrl = baseUrl, Limits = limits ?? new() });

    /// <inheritdoc cref="Read(ReadOnlyMemory{byte}, string?, string?, FeedLimits?)"/>
    public static FeedReading Read(ReadOnlyMemory<byte> bytes, FeedOptions options)
    {
        var entries = new List<FeedEntry>();
        return With(Read(bytes, options, entries.Add), entries);
    }

    /// <summary>The same, each entry given out as it comes: the feed in the end has none.</summary>
    public static FeedReading Read(ReadOnlyMemory<byte> bytes, FeedOptions options, Action<FeedEntry> take)
    {
        // 1. Refuse what costs too much, before touching it.
        if (bytes.Length > options.Limits.MaxBytes)
            return Refusals.TooLarge(options.Limits);
        if (StreamingFeed.IsPacked(bytes.Span))
            return Unpack(bytes, options, take);
        // 2. Decide by all of the bytes how they are to be read as text.
        using var parsing = new FeedParsing(options);
        var rest = parsing.Decide(bytes.Span);
        // 3. Read on as far as the text goes, part by part: what is decoded stays in the processor's cache.
        while (true)
        {
            var part = rest[..Math.Min(rest.Length, ChunkLength)];
            rest = rest[part.Length..];
            parsing.Append(part, isFinal: rest.IsEmpty);
            while (parsing.Next(out var entry) is var step && step != FeedStep.More)
            {
                if (step == FeedStep.End)
                    return parsing.Finish();
                take(entry!);
            }
        }
    }

    /// <summary>The answer to a feed whose length is known to be more than is allowed: it need not be read.</summary>
    public static FeedReading.NotAFeed TooLarge(FeedLimits limits) => Refusals.TooLarge(limits);

    private static FeedReading Unpack(ReadOnlyMemory<byte> bytes, FeedOptions options, Action<FeedEntry> take)
    {
        using var packed = MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);
        if (UnpacksBeyond(packed, options.Limits.MaxBytes))
            return Refusals.TooLarge(options.Limits);
        using var stream = new StreamingFeed(packed, options);
        while (stream.Next() is { } entry)
            take(entry);
        return stream.Finish();
    }

    // Counting costs a small part of reading, and holds nothing.
    private static bool UnpacksBeyond(Stream packed, long limit)
    {
        var start = packed.Position;
        var part = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            using var unpacked = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
            while (limit >= 0 && unpacked.Read(part) is > 0 and var read)
                limit -= read;
            return limit < 0;
        }
        catch (InvalidDataException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(part);
            packed.Position = start;
        }
    }

    /// <summary>
    /// The feed in a stream, read to its end; the stream stays open. Where it can be read twice, one that is too large is refused before
    /// anything is held of it.
    /// </summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static async Task<FeedReading> ReadAsync(Stream stream, FeedOptions options, CancellationToken cancel)
    {
        if (stream.CanSeek && await IsTooLargeAsync(stream, options.Limits.MaxBytes, cancel))
            return Refusals.TooLarge(options.Limits);
        var entries = new List<FeedEntry>();
        using var reading = new StreamingFeed(stream, options);
        while (await reading.NextAsync(cancel) is { } entry)
            entries.Add(entry);
        return With(reading.Finish(), entries);
    }

    private static async Task<bool> IsTooLargeAsync(Stream stream, long limit, CancellationToken cancel)
    {
        var start = stream.Position;
        if (stream.Length - start > limit)
            return true;
        var head = new byte[3];
        var read = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel);
        stream.Position = start;
        return StreamingFeed.IsPacked(head.AsSpan(0, read)) && UnpacksBeyond(stream, limit);
    }

    private static FeedReading With(FeedReading reading, List<FeedEntry> entries) =>
        reading is FeedReading.Found found ? new FeedReading.Found(found.Feed with { Entries = entries }) : reading;
}
