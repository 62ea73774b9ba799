using System.Security.Cryptography;

namespace Dibao.Log;

/// <summary>A private key with its name. Never printed, never logged.</summary>
/// <remarks>Text form as of Go's sumdb/note: <c>PRIVATE+KEY+name+hash+base64(01 || seed)</c>.</remarks>
public sealed class SigningKey
{
    private const string Prefix = "PRIVATE+KEY+";
    private const int SeedSize = 32;

    private readonly byte[] seed;

    private SigningKey(string name, byte[] seed, SignatureType type)
    {
        this.seed = seed;
        Verifier = new(name, type, LibCrypto.PublicKey(seed));
    }

    /// <summary>The public half.</summary>
    public VerifierKey Verifier { get; }

    /// <exception cref="SigningUnavailableException">There is no libcrypto.</exception>
    public static SigningKey Generate(string name, SignatureType type = SignatureType.Ed25519) => new(name, RandomNumberGenerator.GetBytes(SeedSize), type);

    /// <param name="seed">32 bytes.</param>
    /// <inheritdoc cref="Generate"/>
    public static SigningKey FromSeed(string name, ReadOnlySpan<byte> seed, SignatureType type = SignatureType.Ed25519) =>
        seed.Length == SeedSize ? new(name, seed.ToArray(), type) : throw new ArgumentException("A seed has 32 bytes.", nameof(seed));

    /// <exception cref="FormatException">It is no private key. The message never holds the text.</exception>
    /// <exception cref="SigningUnavailableException">There is no libcrypto.</exception>
    public static SigningKey Parse(string text)
    {
        var trimmed = text.Trim();
        var parts = trimmed.StartsWith(Prefix, StringComparison.Ordinal) ? trimmed[Prefix.Length..].Split('+', 3) : [];
        var bytes = new byte[1 + SeedSize];
        if (parts.Length != 3 || !VerifierKey.IsName(parts[0])
            || !Convert.TryFromBase64String(parts[2], bytes, out var written) || written != bytes.Length
            || bytes[0] is not ((byte)SignatureType.Ed25519 or (byte)SignatureType.TimestampedEd25519))
        {
            throw new FormatException("it is no private key: PRIVATE+KEY+name+hash+base64");
        }
        var key = new SigningKey(parts[0], bytes[1..], (SignatureType)bytes[0]);
        return key.Verifier.Id.ToString("x8", null) == parts[1] ? key : throw new FormatException("its hash does not belong to its name and key: a character is wrong");
    }

    /// <summary>64 bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message) => LibCrypto.Sign(seed, message);

    /// <summary>The text that goes into a file that nobody else may read.</summary>
    public string ToSecretText() => $"{Prefix}{Verifier.Name}+{Verifier.Id:x8}+{Convert.ToBase64String([(byte)Verifier.Type, .. seed])}";
}
