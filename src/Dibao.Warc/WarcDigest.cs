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
        return AlgorithmOf(label) is { } algorithm ? Match(label, CryptographicOperations.HashData(algorithm, bytes)) : DigestMatch.Unknown;
    }

    /// <summary>How a label stands to a hash of its own algorithm.</summary>
    internal static DigestMatch Match(string label, byte[] hash)
    {
        var written = label[(label.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        return string.Equals(written, Convert.ToHexString(hash), StringComparison.OrdinalIgnoreCase)
            || string.Equals(written.TrimEnd('='), Base32(hash), StringComparison.OrdinalIgnoreCase)
            ? DigestMatch.Agrees
            : DigestMatch.Contradicts;
    }

    /// <summary>What a label's hash is made with; null when it is none that is known.</summary>
    /// <remarks>SHA-1 and MD5 only to check what foreign files claim, never to prove anything.</remarks>
    internal static HashAlgorithmName? AlgorithmOf(string label)
    {
        var colon = label.IndexOf(':', StringComparison.Ordinal);
        return (colon < 0 ? "" : label[..colon].Trim().ToLowerInvariant()) switch
        {
            "sha256" or "sha-256" => HashAlgorithmName.SHA256,
            "sha1" or "sha-1" => HashAlgorithmName.SHA1,
            "sha512" or "sha-512" => HashAlgorithmName.SHA512,
            "md5" => HashAlgorithmName.MD5,
            _ => null,
        };
    }

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
