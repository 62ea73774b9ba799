using System.Security.Cryptography;

namespace Dibao.Warc;

/// <summary>Labelled digests as WARC headers carry them.</summary>
/// <remarks>Source: WARC 1.1 §5.8. Written as <c>sha256:</c> + hexadecimal; read also as SHA-1, SHA-512, MD5 and base32.</remarks>
public static class WarcDigest
{
    public static string Of(ReadOnlySpan<byte> bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>True only when the label is understood and says something else than the bytes do.</summary>
    internal static bool Contradicts(string? label, ReadOnlySpan<byte> bytes)
    {
        if (label is null) return false;
        var colon = label.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return false;
        var hash = Hash(label[..colon], bytes);
        if (hash is null) return false;
        var written = label[(colon + 1)..];
        return !string.Equals(written, Convert.ToHexString(hash), StringComparison.OrdinalIgnoreCase)
            && !string.Equals(written.TrimEnd('='), Base32(hash), StringComparison.OrdinalIgnoreCase);
    }

    // SHA-1 and MD5 only to check what foreign files claim, never to prove anything.
#pragma warning disable CA5350, CA5351
    private static byte[]? Hash(string algorithm, ReadOnlySpan<byte> bytes) => algorithm.ToLowerInvariant() switch
    {
        "sha256" or "sha-256" => SHA256.HashData(bytes),
        "sha1" or "sha-1" => SHA1.HashData(bytes),
        "sha512" or "sha-512" => SHA512.HashData(bytes),
        "md5" => MD5.HashData(bytes),
        _ => null,
    };
#pragma warning restore CA5350, CA5351

    private static string Base32(byte[] hash)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var text = new char[((hash.Length * 8) + 4) / 5];
        for (var i = 0; i < text.Length; i++)
        {
            var bit = i * 5;
            var pair = (hash[bit / 8] << 8) | (bit / 8 + 1 < hash.Length ? hash[(bit / 8) + 1] : 0);
            text[i] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
        }
        return new(text);
    }
}
