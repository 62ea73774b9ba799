using System.Security.Cryptography;
using System.Text;

namespace Dibao.Prove.Stamps;

/// <summary>One way on from a message: an operation with what follows it, or an attestation that ends the way.</summary>
internal abstract record OtsBranch
{
    private OtsBranch() { }

    public sealed record Step(byte Operation, byte[] Argument, OtsTimestamp Next) : OtsBranch;

    public sealed record End(byte[] Tag, byte[] Payload) : OtsBranch;
}

/// <summary>Ways from one message to attestations of when it existed.</summary>
/// <remarks>Source: the OpenTimestamps proof format, version 1. Every bound here is that of its reference client, or tighter.</remarks>
internal sealed record OtsTimestamp(IReadOnlyList<OtsBranch> Branches)
{
    public const byte Sha256 = 0x08;
    private const byte Append = 0xf0, Prepend = 0xf1, Reverse = 0xf2, Hexlify = 0xf3, Sha1 = 0x02, Ripemd160 = 0x03, Keccak256 = 0x67;
    private const byte Fork = 0xff, Attestation = 0x00;
    private const int TagBytes = 8;

    public static ReadOnlySpan<byte> PendingTag => [0x83, 0xdf, 0xe3, 0x0d, 0x2e, 0xf9, 0x0c, 0x8e];
    public static ReadOnlySpan<byte> BitcoinTag => [0x05, 0x88, 0x96, 0x0d, 0x73, 0xd7, 0x19, 0x01];

    /// <exception cref="InvalidDataException">It is no timestamp, or one too deep or too long.</exception>
    public static OtsTimestamp Read(ref OtsReader reader, int depth = 0)
    {
        if (depth > OtsReader.MaxDepth) throw new InvalidDataException($"it is deeper than {OtsReader.MaxDepth} steps");
        var branches = new List<OtsBranch>();
        var tag = reader.Byte();
        while (tag == Fork)
        {
            branches.Add(ReadBranch(ref reader, reader.Byte(), depth));
            tag = reader.Byte();
        }
        branches.Add(ReadBranch(ref reader, tag, depth));
        return new(branches);
    }

    public void Write(OtsWriter writer)
    {
        for (var i = 0; i < Branches.Count; i++)
        {
            if (i < Branches.Count - 1) writer.Byte(Fork);
            switch (Branches[i])
            {
                case OtsBranch.Step step:
                    writer.Byte(step.Operation);
                    if (step.Operation is Append or Prepend) writer.Bytes(step.Argument);
                    step.Next.Write(writer);
                    break;
                case OtsBranch.End end:
                    writer.Byte(Attestation);
                    writer.Raw(end.Tag);
                    writer.Bytes(end.Payload);
                    break;
            }
        }
    }

    /// <summary>Every attestation with the message that it is about.</summary>
    public IEnumerable<(byte[] Message, OtsBranch.End End)> Ends(byte[] message) => Branches.SelectMany(branch => branch switch
    {
        OtsBranch.End end => [(message, end)],
        OtsBranch.Step step when Apply(step, message) is { } next => step.Next.Ends(next),
        // By a hash that this dibao cannot compute: what comes after it says nothing to us.
        _ => [],
    });

    /// <summary>The same ways, with what <paramref name="better"/> gives in the place of an attestation.</summary>
    /// <param name="better">Null leaves it as it is.</param>
    public OtsTimestamp Replace(byte[] message, Func<byte[], OtsBranch.End, OtsTimestamp?> better) => new([.. Branches.SelectMany(branch => branch switch
    {
        OtsBranch.End end => better(message, end)?.Branches ?? [end],
        OtsBranch.Step step when Apply(step, message) is { } next => [step with { Next = step.Next.Replace(next, better) }],
        _ => new[] { branch },
    })]);

    private static OtsBranch ReadBranch(ref OtsReader reader, byte tag, int depth)
    {
        if (tag == Attestation) return new OtsBranch.End(reader.Take(TagBytes), reader.Bytes());
        if (tag is not (Append or Prepend or Reverse or Hexlify or Sha256 or Sha1 or Ripemd160 or Keccak256)) throw new InvalidDataException($"it has an operation {tag:x2}, which there is not");
        var argument = tag is Append or Prepend ? reader.Bytes() : [];
        return new OtsBranch.Step(tag, argument, Read(ref reader, depth + 1));
    }

    private static byte[]? Apply(OtsBranch.Step step, byte[] message)
    {
        byte[]? result = step.Operation switch
        {
            Append => [.. message, .. step.Argument],
            Prepend => [.. step.Argument, .. message],
            Reverse => [.. message.Reverse()],
            Hexlify => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(message)),
            Sha256 => SHA256.HashData(message),
#pragma warning disable CA5350 // the format has it: older ways go through it
            Sha1 => SHA1.HashData(message),
#pragma warning restore CA5350
            _ => null,
        };
        return result is { Length: <= OtsReader.MaxArgument } ? result : null;
    }
}

/// <summary>Reads the primitives of the format, within bounds.</summary>
internal ref struct OtsReader(ReadOnlySpan<byte> bytes)
{
    public const int MaxArgument = 4096;
    public const int MaxDepth = 256;

    private ReadOnlySpan<byte> rest = bytes;

    public readonly bool AtEnd => rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    /// <summary>A number in groups of seven bits, the lowest first.</summary>
    public long Number()
    {
        var number = 0L;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var group = Byte();
            number |= (long)(group & 0x7f) << shift;
            if ((group & 0x80) == 0) return number;
        }
        throw new InvalidDataException("it has a number that is too large");
    }

    /// <summary>Bytes with their number before them.</summary>
    public byte[] Bytes()
    {
        var length = Number();
        return length <= MaxArgument ? Take((int)length) : throw new InvalidDataException($"it has an argument of {length} bytes");
    }

    public byte[] Take(int count)
    {
        if (count > rest.Length) throw new InvalidDataException("it ends too early");
        var taken = rest[..count].ToArray();
        rest = rest[count..];
        return taken;
    }
}

/// <summary>Writes the primitives of the format.</summary>
internal sealed class OtsWriter
{
    private readonly List<byte> bytes = [];

    public void Byte(byte value) => bytes.Add(value);

    public void Raw(ReadOnlySpan<byte> value) => bytes.AddRange(value);

    public void Number(long value)
    {
        for (; value > 0x7f; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number(value.Length);
        bytes.AddRange(value);
    }

    public byte[] ToArray() => [.. bytes];
}
