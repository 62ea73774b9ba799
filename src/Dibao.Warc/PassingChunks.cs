using System.Security.Cryptography;

namespace Dibao.Warc;

/// <summary>What the chunks of a long body hold, hashed as they pass by: the same verdict as <see cref="ChunkedBody.TryDecode"/>, in no memory.</summary>
/// <remarks>Source: RFC 9112 §7.1.</remarks>
internal sealed class PassingChunks(HashAlgorithmName algorithm) : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(algorithm);
    private readonly byte[] line = new byte[ChunkedBody.LongestSizeLine];
    private State state = State.Size;
    private int lineLength;
    private long left;
    private bool isFirst = true;

    private ReadOnlySpan<byte> Line => line.AsSpan(0, lineLength);

    private enum State
    {
        Size,
        Content,
        LineEnd,
        Done,
        Broken,
    }

    /// <summary>Takes the bytes that follow.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0 && state is not (State.Done or State.Broken))
        {
            bytes = bytes[(state == State.Content ? TakeContent(bytes) : TakeOctet(bytes[0]))..];
        }
    }

    /// <summary>Of what the chunks hold; null when there are none, or they are broken.</summary>
    public byte[]? Hash() => state == State.Done ? hash.GetCurrentHash() : null;

    public void Dispose() => hash.Dispose();

    private int TakeContent(ReadOnlySpan<byte> bytes)
    {
        var part = (int)Math.Min(bytes.Length, left);
        hash.AppendData(bytes[..part]);
        left -= part;
        if (left == 0) (state, lineLength) = (State.LineEnd, 0);
        return part;
    }

    private int TakeOctet(byte octet)
    {
        if (lineLength == line.Length) { state = State.Broken; return 1; }
        line[lineLength++] = octet;
        if (state == State.LineEnd) EndContent();
        else if (Line.EndsWith("\r\n"u8)) BeginContent();
        return 1;
    }

    private void EndContent()
    {
        if (Line.SequenceEqual("\r\n"u8)) (state, lineLength) = (State.Size, 0);
        // A body whose first chunk ends otherwise is in no chunks; of later ones the line end may be left out.
        else if (!Line.SequenceEqual("\r"u8)) state = isFirst ? State.Broken : State.Size;
        if (lineLength == 0) isFirst = false;
    }

    private void BeginContent()
    {
        if (!ChunkedBody.TryReadSize(Line, out var size, out _)) { state = State.Broken; return; }
        (left, lineLength) = (size, 0);
        state = size == 0 ? State.Done : State.Content;
    }
}
