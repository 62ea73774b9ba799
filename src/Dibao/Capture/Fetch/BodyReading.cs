using System.Buffers;

namespace Dibao.Capture.Fetch;

/// <summary>Reads a body within limits of size and time. However it ended, what was read is worth keeping.</summary>
internal static class BodyReading
{
    private const int Start = 32 << 10;

    /// <summary>The bytes, and why they are not whole (WARC 1.1 §5.13); null when they are.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired.</exception>
    public static async Task<(ReadOnlyMemory<byte> Body, string? Truncated)> ReadAsync(
        HttpContent content, int limit, CaptureOptions options, TimeProvider time, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(options.BodyTimeout, time);
        using var silence = new CancellationTokenSource(options.StallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token, silence.Token);
        // One byte more than announced, so that the end is seen without growing. What is announced may be a lie: the first step is small.
        var announced = (int)Math.Min(content.Headers.ContentLength ?? Start, Math.Min(limit, 1 << 20));
        var (buffer, length) = (ArrayPool<byte>.Shared.Rent(announced + 1), 0);
        try
        {
            await using var stream = await content.ReadAsStreamAsync(either.Token);
            while (true)
            {
                if (length == buffer.Length) buffer = Grow(buffer, limit);
                var read = await stream.ReadAsync(buffer.AsMemory(length), either.Token);
                silence.CancelAfter(options.StallTimeout);
                if (read == 0) return (buffer.AsSpan(0, length).ToArray(), null);
                length += read;
                if (length > limit) return (buffer.AsSpan(0, limit).ToArray(), "length");
            }
        }
        catch (OperationCanceledException) when ((timer.IsCancellationRequested || silence.IsCancellationRequested) && !cancel.IsCancellationRequested) { return (buffer.AsSpan(0, length).ToArray(), "time"); }
        catch (IOException) { return (buffer.AsSpan(0, length).ToArray(), "disconnect"); }
        catch (HttpRequestException) { return (buffer.AsSpan(0, length).ToArray(), "disconnect"); }
        finally { ArrayPool<byte>.Shared.Return(buffer); }
    }

    private static byte[] Grow(byte[] buffer, int limit)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * buffer.Length, Math.Max(limit + 1L, buffer.Length + 1L)));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
