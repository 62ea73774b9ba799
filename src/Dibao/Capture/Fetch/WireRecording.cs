using System.Buffers;
using System.Net;

namespace Dibao.Capture.Fetch;

/// <summary>The heads of one HTTP/1 exchange, byte for byte as they passed over the connection.</summary>
/// <remarks>A connection serves many requests, one after the other, and does not say which; the execution context of the request that writes does.</remarks>
internal sealed class WireRecording
{
    // SocketsHttpHandler refuses response heads of more than 64 KiB; interim answers (1xx) may come before.
    private const int LongestHead = 128 << 10;

    private static readonly AsyncLocal<WireRecording?> Running = new();

    private readonly ArrayBufferWriter<byte> request = new();
    private readonly ArrayBufferWriter<byte> response = new();
    private WireTap? tap;

    /// <summary>The recording of the request that runs here; null when nobody records.</summary>
    public static WireRecording? Current
    {
        get => Running.Value;
        set => Running.Value = value;
    }

    /// <summary>Request line and fields, up to the empty line; empty when nothing was written.</summary>
    public ReadOnlySpan<byte> Request
    {
        get
        {
            var end = request.WrittenSpan.IndexOf("\r\n\r\n"u8);
            return end < 0 ? default : request.WrittenSpan[..(end + 4)];
        }
    }

    /// <summary>Status line and fields of the final answer, up to the empty line; empty until it is whole.</summary>
    public ReadOnlySpan<byte> Response => IsWhole ? response.WrittenSpan : default;

    /// <summary>Address at the other end; null through a proxy.</summary>
    public IPAddress? Remote { get; private set; }

    private bool IsWhole { get; set; }

    /// <summary>Part of a request passes. A request that is sent once more, on another connection or after a challenge, starts over.</summary>
    public void Wrote(WireTap by, ReadOnlySpan<byte> bytes)
    {
        if (by != tap || response.WrittenCount > 0)
        {
            (tap, IsWhole, Remote) = (by, false, by.Remote);
            request.ResetWrittenCount();
            response.ResetWrittenCount();
        }
        if (request.WrittenCount + bytes.Length <= LongestHead) request.Write(bytes);
    }

    /// <summary>Part of an answer passes.</summary>
    /// <returns>Whether the head is whole, and what follows is the body.</returns>
    public bool Read(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !IsWhole && response.WrittenCount < LongestHead)
        {
            var line = bytes.IndexOf((byte)'\n') + 1;
            var taken = bytes[..(line > 0 ? line : bytes.Length)];
            response.Write(taken);
            bytes = bytes[taken.Length..];
            if (line > 0 && EndsInEmptyLine()) EndHead();
        }
        return IsWhole;
    }

    private bool EndsInEmptyLine()
    {
        var head = response.WrittenSpan;
        return head.EndsWith("\n\r\n"u8) || head.EndsWith("\n\n"u8);
    }

    // RFC 9110 §15.2: interim answers announce the one that counts.
    private void EndHead()
    {
        if (KeptHead.Status(response.WrittenSpan) is >= 100 and < 200) response.ResetWrittenCount();
        else IsWhole = true;
    }
}

/// <summary>A connection that shows what passes to the <see cref="WireRecording"/> of the request that wrote last.</summary>
internal sealed class WireTap(Stream connection, IPAddress? remote) : Stream
{
    private WireRecording? recording;

    public IPAddress? Remote => remote;

    public override bool CanRead => true;
    public override bool CanWrite => true;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Wrote(buffer.Span);
        await connection.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count)
    {
        Wrote(buffer.AsSpan(offset, count));
        connection.Write(buffer, offset, count);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await connection.ReadAsync(buffer, cancellationToken);
        Read(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = connection.Read(buffer, offset, count);
        Read(buffer.AsSpan(offset, read));
        return read;
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => connection.FlushAsync(cancellationToken);

    public override void Flush() => connection.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) connection.Dispose();
        base.Dispose(disposing);
    }

    private void Wrote(ReadOnlySpan<byte> bytes)
    {
        recording = WireRecording.Current;
        recording?.Wrote(this, bytes);
    }

    private void Read(ReadOnlySpan<byte> bytes)
    {
        // A connection that waits for its next request must not hold on to the last one's.
        if (recording?.Read(bytes) == true) recording = null;
    }
}
