using System.Buffers.Binary;
using System.Text;

namespace Dibao.Log;

/// <summary>A witness's signature over a checkpoint and the time when it saw it.</summary>
/// <remarks>Source: C2SP tlog-cosignature. Bytes: seconds since 1970 (u64, big-endian) and 64 of Ed25519.</remarks>
public static class Cosignature
{
    private const int TimeBytes = 8;
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <param name="witness">A key of type 4.</param>
    public static NoteSignature Sign(string checkpoint, SigningKey witness, DateTimeOffset at)
    {
        var seconds = at.ToUnixTimeSeconds();
        var signature = new byte[TimeBytes + Ed25519.SignatureSize];
        BinaryPrimitives.WriteInt64BigEndian(signature, seconds);
        witness.Sign(Message(checkpoint, seconds)).CopyTo(signature, TimeBytes);
        return new(witness.Verifier.Name, witness.Verifier.Id, signature);
    }

    /// <returns>When it was signed; null when it was not.</returns>
    internal static DateTimeOffset? Verify(string checkpoint, ReadOnlySpan<byte> signature, VerifierKey witness)
    {
        if (signature.Length != TimeBytes + Ed25519.SignatureSize) return null;
        var seconds = BinaryPrimitives.ReadInt64BigEndian(signature);
        if (seconds < 0 || seconds > LastSecond) return null;
        return Ed25519.Verify(witness.Key, Message(checkpoint, seconds), signature[TimeBytes..]) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
    }

    private static byte[] Message(string checkpoint, long seconds) => Encoding.UTF8.GetBytes($"cosignature/v1\ntime {seconds}\n{checkpoint}");
}
