using System.Security.Cryptography;
using System.Text;

namespace Dibao.Prove.Stamps;

/// <summary>An OpenTimestamps proof of a file: its hash, and the ways from there to attestations.</summary>
/// <remarks>Source: the OpenTimestamps proof format, version 1; extension <c>.ots</c>.</remarks>
public sealed class OtsProof
{
    private const int Version = 1;
    private const int MaxBytes = 256 << 10;

    private readonly byte[] digest;
    private readonly OtsTimestamp timestamp;

    private OtsProof(byte[] digest, OtsTimestamp timestamp)
    {
        this.digest = digest;
        this.timestamp = timestamp;
    }

    private static ReadOnlySpan<byte> Magic => "\0OpenTimestamps\0\0Proof\0"u8;
    private static ReadOnlySpan<byte> MagicEnd => [0xbf, 0x89, 0xe2, 0xe8, 0x84, 0xe8, 0x92, 0x94];

    /// <summary>Puts together what several calendars answered about the same hash.</summary>
    /// <param name="digest">SHA-256 of the file.</param>
    /// <param name="answers">As the calendars sent them.</param>
    /// <exception cref="InvalidDataException">One of them is no timestamp.</exception>
    public static OtsProof Of(byte[] digest, IEnumerable<byte[]> answers) => new(digest, new([.. answers.SelectMany(answer => ReadTimestamp(answer).Branches)]));

    /// <exception cref="InvalidDataException">It is no proof; the message says what is wrong.</exception>
    public static OtsProof Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes) throw new InvalidDataException($"it has {bytes.Length} bytes, and a proof has at most {MaxBytes}");
        var reader = new OtsReader(bytes);
        if (!reader.Take(Math.Min(bytes.Length, Magic.Length)).AsSpan().SequenceEqual(Magic) || !reader.Take(MagicEnd.Length).AsSpan().SequenceEqual(MagicEnd))
        {
            throw new InvalidDataException("it is no OpenTimestamps proof");
        }
        if (reader.Number() is var version and not Version) throw new InvalidDataException($"its version is {version}, and this dibao knows {Version}");
        if (reader.Byte() != OtsTimestamp.Sha256) throw new InvalidDataException("it is not over a SHA-256");
        var digest = reader.Take(SHA256.HashSizeInBytes);
        var timestamp = OtsTimestamp.Read(ref reader);
        return reader.AtEnd ? new(digest, timestamp) : throw new InvalidDataException("something stands behind its end");
    }

    /// <summary>True when it is over this file.</summary>
    public bool IsOver(ReadOnlySpan<byte> content) => SHA256.HashData(content).AsSpan().SequenceEqual(digest);

    public IReadOnlyList<TimeAttestation> Attestations() => [.. timestamp.Ends(digest).Select(end => Read(end.Message, end.End))];

    /// <summary>Asks calendars for what they promised, and takes it in the place of the promise.</summary>
    /// <param name="complete">The answer of a calendar about a message; null while it has none.</param>
    /// <returns>The completed proof; this one when nothing came.</returns>
    public async Task<OtsProof> CompleteAsync(Func<string, byte[], Task<byte[]?>> complete)
    {
        var answers = new Dictionary<string, OtsTimestamp>();
        foreach (var (message, end) in timestamp.Ends(digest).ToList())
        {
            if (Read(message, end) is not TimeAttestation.Pending pending || await complete(pending.Calendar, message) is not { } answer) continue;
            answers[Key(message, end)] = ReadTimestamp(answer);
        }
        return answers.Count == 0 ? this : new(digest, timestamp.Replace(digest, (message, end) => answers.GetValueOrDefault(Key(message, end))));
    }

    public byte[] ToBytes()
    {
        var writer = new OtsWriter();
        writer.Raw(Magic);
        writer.Raw(MagicEnd);
        writer.Number(Version);
        writer.Byte(OtsTimestamp.Sha256);
        writer.Raw(digest);
        timestamp.Write(writer);
        return writer.ToArray();
    }

    private static OtsTimestamp ReadTimestamp(byte[] bytes)
    {
        var reader = new OtsReader(bytes);
        var read = OtsTimestamp.Read(ref reader);
        return reader.AtEnd ? read : throw new InvalidDataException("something stands behind its end");
    }

    private static string Key(byte[] message, OtsBranch.End end) => Convert.ToHexString([.. message, .. end.Tag, .. end.Payload]);

    private static TimeAttestation Read(byte[] message, OtsBranch.End end)
    {
        var reader = new OtsReader(end.Payload);
        if (end.Tag.AsSpan().SequenceEqual(OtsTimestamp.PendingTag)) return new TimeAttestation.Pending(Encoding.UTF8.GetString(reader.Bytes()));
        return end.Tag.AsSpan().SequenceEqual(OtsTimestamp.BitcoinTag)
            ? new TimeAttestation.NeedsBlockHeader(reader.Number(), Convert.ToHexStringLower([.. message.Reverse()]))
            : new TimeAttestation.Unknown(Convert.ToHexStringLower(end.Tag));
    }
}
