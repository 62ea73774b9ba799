using System.Buffers;

namespace Dibao.Server.Commands;

/// <summary>Lines of bytes, without their ends. One that is longer than the limit is cut there, and the rest of it passed over.</summary>
internal sealed class LineReader(Stream input, int maxBytes)
{
    private readonly byte[] chunk = new byte[1 << 16];
    private int at;
    private int end;

    /// <summary>Null at the end.</summary>
    public async ValueTask<byte[]?> NextAsync(CancellationToken cancel)
    {
        var line = new ArrayBufferWriter<byte>(1 << 12);
        while (true)
        {
            if (at == end)
            {
                (at, end) = (0, await input.ReadAsync(chunk, cancel));
                if (end == 0) return line.WrittenCount == 0 ? null : line.WrittenSpan.ToArray();
            }

            var length = chunk.AsSpan(at, end - at).IndexOf((byte)'\n');
            var part = chunk.AsSpan(at, length < 0 ? end - at : length);
            line.Write(part[..Math.Min(part.Length, maxBytes - line.WrittenCount)]);
            at += part.Length + (length < 0 ? 0 : 1);
            if (length >= 0) return line.WrittenSpan.ToArray();
        }
    }
}
