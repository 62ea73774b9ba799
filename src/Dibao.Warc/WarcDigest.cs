using System.Security.Cryptography;

namespace Dibao.Warc;

/// <summary>Labelled digests as WARC headers carry them.</summary>
/// <remarks>Source: WARC 1.1 §5.8. Written as <c>sha256:</c> + hexadecimal; read also as SHA-1, SHA-512, MD5 and base32.</remarks>
public static class WarcDigest
{
    public static string Of(ReadOnlySpan<byte> bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>How a label stands to the bytes that it is said to be of.</summary>
    public static DigestMatch Match(string? label, ReadOnlySpan<byte> bytes)
    {
        if (label is null) return DigestMatch.NotGiven;
        var colon = label.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || Hash(label[..colon].Trim(), bytes) is not { } hash) return DigestMatch.Unknown;
        var written = label[(colon + 1)..].Trim();
        return string.Equals(written, Convert.ToHexString(hash), StringComparison.OrdinalIgnoreCase)
            || string.Equals(written.TrimEnd('='), Base32(hash), StringComparison.OrdinalIgnoreCase)
            ? DigestMatch.Agrees
            : DigestMatch.Contradicts;
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

/// <summary>How a digest stands to the bytes that it is said to be of.</summary>
public enum DigestMatch
{
    NotGiven = 0,
    Agrees = 1,
    Contradicts = 2,

    /// <summary>Its algorithm is none that is known, so that nobody can tell.</summary>
    Unknown = 3,
}
