using System.Buffers.Binary;
using System.Text;

namespace Dibao.Log;

/// <summary>One signature line of a note: whose it claims to be, and its bytes.</summary>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature)
{
    /// <summary>The line with its line feed.</summary>
    public string ToLine()
    {
        var bytes = new byte[4 + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Signature.Span.CopyTo(bytes.AsSpan(4));
        return $"{SignedNote.Dash}{Name} {Convert.ToBase64String(bytes)}\n";
    }
}

/// <summary>A text and who signed it. What it says counts only once a signature was verified.</summary>
/// <remarks>Source: C2SP signed-note.</remarks>
public sealed class SignedNote
{
    /// <summary>Longer notes are refused.</summary>
    public const int MaxBytes = 1 << 20;

    internal const string Dash = "\u2014 ";
    private const int MaxSignatures = 100;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <param name="text">Ends with a line feed.</param>
    public SignedNote(string text, IReadOnlyList<NoteSignature> signatures)
    {
        if (!text.EndsWith('\n')) throw new ArgumentException("A note's text ends with a line feed.", nameof(text));
        Text = text;
        Signatures = signatures;
    }

    /// <summary>What was signed, up to and with the last line feed before the empty line.</summary>
    public string Text { get; }

    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <exception cref="FormatException">It is no signed note; the message says what is wrong.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> note)
    {
        if (note.Length > MaxBytes) throw new FormatException($"it has {note.Length} bytes, and a note has at most {MaxBytes}");
        string all;
        try { all = StrictUtf8.GetString(note); }
        catch (DecoderFallbackException bad) { throw new FormatException("it is not UTF-8", bad); }
        if (all.Any(c => c < ' ' && c != '\n')) throw new FormatException("it holds control characters");
        var end = all.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0) throw new FormatException("no empty line divides its text from its signatures");
        var lines = all[(end + 2)..];
        if (!lines.EndsWith('\n')) throw new FormatException("its last line has no line feed");
        return new(all[..(end + 1)], ParseSignatures(lines));
    }

    /// <summary>Reads signature lines alone, as witnesses answer them.</summary>
    /// <exception cref="FormatException">One of them is none.</exception>
    public static IReadOnlyList<NoteSignature> ParseSignatures(string lines)
    {
        var signatures = new List<NoteSignature>();
        foreach (var line in lines.Split('\n')[..^1])
        {
            if (signatures.Count == MaxSignatures) throw new FormatException($"it has more than {MaxSignatures} signatures");
            signatures.Add(ParseLine(line));
        }
        return signatures.Count > 0 ? signatures : throw new FormatException("it has no signature");
    }

    /// <summary>A note with one signature.</summary>
    public static SignedNote Sign(string text, SigningKey key) => new(text, [new(key.Verifier.Name, key.Verifier.Id, key.Sign(Encoding.UTF8.GetBytes(text)))]);

    /// <summary>The same text with more signatures; those it has already are left out.</summary>
    public SignedNote With(IEnumerable<NoteSignature> more) => new(Text,
        [.. Signatures, .. more.Where(signature => !Signatures.Any(known => known.ToLine() == signature.ToLine())).DistinctBy(signature => signature.ToLine())]);

    /// <summary>True when a signature of that key is there, and every one of that key is right.</summary>
    public bool IsSignedBy(VerifierKey key)
    {
        if (key.Type != SignatureType.Ed25519) return CosignedAt(key) is not null;
        var own = Of(key).ToList();
        return own.Count > 0 && own.All(signature => Ed25519.Verify(key.Key, Encoding.UTF8.GetBytes(Text), signature.Signature.Span));
    }

    /// <summary>When a witness says that it saw the text; null when it did not, or one of its signatures is wrong.</summary>
    /// <remarks>Source: C2SP tlog-cosignature, cosignature/v1. With several, the earliest.</remarks>
    /// <param name="witness">A key of type 4.</param>
    public DateTimeOffset? CosignedAt(VerifierKey witness)
    {
        if (witness.Type != SignatureType.TimestampedEd25519) return null;
        DateTimeOffset? earliest = null;
        foreach (var signature in Of(witness))
        {
            if (Cosignature.Verify(Text, signature.Signature.Span, witness) is not { } at) return null;
            if (earliest is null || at < earliest) earliest = at;
        }
        return earliest;
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    public override string ToString() => $"{Text}\n{string.Concat(Signatures.Select(signature => signature.ToLine()))}";

    // Both together name a key; either alone does not.
    private IEnumerable<NoteSignature> Of(VerifierKey key) => Signatures.Where(signature => signature.Name == key.Name && signature.KeyId == key.Id);

    private static NoteSignature ParseLine(string line)
    {
        var space = line.LastIndexOf(' ');
        if (!line.StartsWith(Dash, StringComparison.Ordinal) || space <= Dash.Length) throw new FormatException("a signature line is not \"\u2014 name base64\"");
        var (name, base64) = (line[Dash.Length..space], line[(space + 1)..]);
        var bytes = new byte[base64.Length];
        if (!VerifierKey.IsName(name) || !Convert.TryFromBase64String(base64, bytes, out var written) || written < 5 || Convert.ToBase64String(bytes, 0, written) != base64)
        {
            throw new FormatException("a signature line is not \"\u2014 name base64\"");
        }
        return new(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(4, written - 4));
    }
}
