using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dibao.Capture.Fetch;
using Dibao.Warc;

namespace Dibao.Keep;

/// <summary>Under which address, and when, a record was captured.</summary>
/// <param name="Key">The first 63 bits of the SHA-256 of the URL's <see cref="Surt"/>; 0 for what nobody asks for by an address.
/// Short, so that it costs a few bytes a record; whoever reads the record sees whether it is the one that was meant.</param>
/// <param name="At">Unix milliseconds.</param>
/// <param name="Url">The record's own WARC-Target-URI: what a later revisit of it refers to. Null where it has none.</param>
internal readonly record struct UrlKey(long Key, long At, string? Url = null)
{
    private const int NotModified = 304;

    public static long Of(string url)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(Surt.Of(url)), hash);
        return Math.Max(1, (long)(BinaryPrimitives.ReadUInt64BigEndian(hash) >> 1));
    }

    /// <summary>Of what a server answered, or a page's picture. A 304 says that nothing was sent.</summary>
    public static UrlKey Of(WarcRecord record)
    {
        var at = record.Date?.ToUnixTimeMilliseconds() ?? 0;
        var isAnswer = record.Type is "response" or "revisit" && KeptHead.Status(record.HttpHead.Span) is > 0 and not NotModified;
        return isAnswer && ArticleUrl.TryNormalize(record.TargetUri, out var url) ? new(Of(url), at, record.TargetUri) : new(0, at, record.TargetUri);
    }
}
