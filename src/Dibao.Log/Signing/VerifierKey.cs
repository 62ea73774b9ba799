using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dibao.Log;

/// <summary>What a key signs: the number stands in its text form.</summary>
public enum SignatureType : byte
{
    /// <summary>The note's text.</summary>
    Ed25519 = 1,

    /// <summary>The note's text with a time before it (cosignature/v1): what witnesses do.</summary>
    TimestampedEd25519 = 4,
}

/// <summary>A public key with its name.</summary>
/// <remarks>Source: C2SP signed-note. Text form: <c>name+hash+base64(type || key)</c>.</remarks>
public sealed record VerifierKey
{
    private const int MaxNameBytes = 255;

    private readonly TreeHash key;

    /// <param name="key">32 bytes.</param>
    /// <exception cref="FormatException">The name is empty, longer than 255 bytes, or holds spaces, plus signs or control characters.</exception>
    public VerifierKey(string name, SignatureType type, ReadOnlySpan<byte> key)
    {
        if (!IsName(name)) throw new FormatException($"\"{name}\" is no name for a key: 1 to {MaxNameBytes} bytes without spaces and plus signs.");
        if (key.Length != Ed25519.PublicKeySize) throw new ArgumentException("An Ed25519 key has 32 bytes.", nameof(key));
        Name = name;
        Type = type;
        this.key = TreeHash.FromBytes(key);
        Id = IdOf(name, type, key);
    }

    public string Name { get; }

    public SignatureType Type { get; }

    /// <summary>32 bytes.</summary>
    public ReadOnlySpan<byte> Key => key.ToBytes();

    /// <summary>What signature lines carry; an identifier, not a check.</summary>
    public uint Id { get; }

    public static bool IsName(string name) =>
        name.Length > 0 && Encoding.UTF8.GetByteCount(name) <= MaxNameBytes && !name.Any(c => char.IsWhiteSpace(c) || c is < ' ' or '+');

    /// <exception cref="FormatException">It is no key; the message says what is wrong.</exception>
    public static VerifierKey Parse(string text) => TryParse(text, out var key, out var problem) ? key : throw new FormatException(problem);

    public static bool TryParse(string text, out VerifierKey key, out string problem)
    {
        key = null!;
        problem = "it is no verifier key: name+hash+base64";
        var parts = text.Trim().Split('+', 3);
        if (parts.Length != 3 || !IsName(parts[0]) || !uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)) return false;
        var bytes = new byte[1 + Ed25519.PublicKeySize];
        if (!Convert.TryFromBase64String(parts[2], bytes, out var written) || written != bytes.Length) return false;
        problem = $"its signature type is {bytes[0]}, and this dibao knows 1 (Ed25519) and 4 (witness cosignatures)";
        if (bytes[0] is not ((byte)SignatureType.Ed25519 or (byte)SignatureType.TimestampedEd25519)) return false;
        key = new(parts[0], (SignatureType)bytes[0], bytes.AsSpan(1));
        problem = $"its hash is {id:x8}, and {key.Id:x8} would belong to that name and key: a character is wrong";
        return key.Id == id && key.ToString() == text.Trim();
    }

    public override string ToString() => $"{Name}+{Id:x8}+{Convert.ToBase64String([(byte)Type, .. Key])}";

    private static uint IdOf(string name, SignatureType type, ReadOnlySpan<byte> key)
    {
        var hash = SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)type, .. key]);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash);
    }
}
