using System.Security.Cryptography;

namespace Dibao.Warc;

/// <summary>Writes through to an entry of a package and keeps its digest and length.</summary>
internal sealed class HashedEntry(string path, Stream entry) : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long length;
    private WaczResource? resource;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => length;
    public override long Position { get => length; set => throw new NotSupportedException(); }

    /// <summary>Ends the entry.</summary>
    public WaczResource Finish()
    {
        if (resource is not null) return resource;
        entry.Dispose();
        return resource = new(path, "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset()), length);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        entry.Write(buffer);
        hash.AppendData(buffer);
        length += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
    public override void Flush() => entry.Flush();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Finish();
            hash.Dispose();
        }
        base.Dispose(disposing);
    }
}

/// <summary>A file of a package, as <c>datapackage.json</c> lists it.</summary>
/// <param name="Hash"><c>sha256:</c> + 64 hexadecimal digits.</param>
/// <param name="Bytes">Length of the file.</param>
public sealed record WaczResource(string Path, string Hash, long Bytes);
