using System.Security.Cryptography;
using System.Text;

namespace Dibao.Capture.Push;

/// <summary>What a hub signs its messages with.</summary>
/// <remarks>Source: WebSub §7.1: <c>X-Hub-Signature: sha256=hex</c>, HMAC (RFC 2104) over the body.</remarks>
internal static class HubSignature
{
    /// <param name="signature">The header; null when there is none.</param>
    /// <param name="secret">As it was given to the hub, in UTF-8.</param>
    public static bool Holds(string? signature, string secret, ReadOnlySpan<byte> body)
    {
        if (signature?.Split('=', 2) is not [var method, var hex]) return false;
        var key = Encoding.UTF8.GetBytes(secret);
#pragma warning disable CA5350 // WebSub hubs still sign with HMAC-SHA-1, whose strength does not rest on collisions
        var expected = method.Trim().ToLowerInvariant() switch
        {
            "sha1" => HMACSHA1.HashData(key, body),
            "sha256" => HMACSHA256.HashData(key, body),
            "sha384" => HMACSHA384.HashData(key, body),
            "sha512" => HMACSHA512.HashData(key, body),
            _ => null,
        };
#pragma warning restore CA5350
        if (expected is null || hex.Trim().Length != expected.Length * 2) return false;
        var given = new byte[expected.Length];
        return Convert.FromHexString(hex.AsSpan().Trim(), given, out _, out _) is System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given, expected);
    }
}
