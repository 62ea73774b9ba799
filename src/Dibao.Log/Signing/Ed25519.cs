using System.Numerics;
using System.Security.Cryptography;

namespace Dibao.Log;

/// <summary>Checks Ed25519 signatures, without any library but the runtime's own: an auditor needs nothing else.</summary>
/// <remarks>Source: RFC 8032 §5.1.7. As strict as OpenSSL and Go: the signature's point is compared as it is encoded, and a
/// number beyond the group's order is refused, so that no second signature can be made from a first.</remarks>
public static class Ed25519
{
    public const int PublicKeySize = 32;
    public const int SignatureSize = 64;

    // 2^252 + 27742317777372353535851937790883648493
    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", null);

    /// <param name="publicKey">32 bytes.</param>
    /// <param name="signature">64 bytes; anything else is no signature.</param>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != PublicKeySize || signature.Length != SignatureSize) return false;
        var s = signature[32..];
        if (new BigInteger(s, isUnsigned: true) >= Order) return false;
        if (EdwardsPoint.Read(publicKey) is not { } key) return false;
        Span<byte> k = stackalloc byte[32], encoded = stackalloc byte[32];
        Challenge(signature[..32], publicKey, message, k);
        EdwardsPoint.Combine(s, EdwardsPoint.Base, k, -key).Write(encoded);
        return encoded.SequenceEqual(signature[..32]);
    }

    private static void Challenge(ReadOnlySpan<byte> point, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, Span<byte> k)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        sha.AppendData(point);
        sha.AppendData(publicKey);
        sha.AppendData(message);
        Span<byte> hash = stackalloc byte[64];
        sha.GetHashAndReset(hash);
        k.Clear();
        (new BigInteger(hash, isUnsigned: true) % Order).TryWriteBytes(k, out _, isUnsigned: true);
    }
}
