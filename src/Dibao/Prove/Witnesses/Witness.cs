using Dibao.Log;

namespace Dibao.Prove.Witnesses;

/// <summary>Somebody who looks at every checkpoint and signs that the log only grew.</summary>
/// <param name="Key">Of type 4.</param>
/// <param name="Address">Submission prefix.</param>
public sealed record Witness(VerifierKey Key, Uri Address)
{
    /// <summary>Reads <c>name+hash+base64 https://witness.example</c>.</summary>
    public static bool TryParse(string text, out Witness witness)
    {
        witness = null!;
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2 || !VerifierKey.TryParse(parts[0], out var key, out _) || key.Type != SignatureType.TimestampedEd25519) return false;
        if (!Uri.TryCreate(parts[1], UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) return false;
        witness = new(key, address);
        return true;
    }
}
