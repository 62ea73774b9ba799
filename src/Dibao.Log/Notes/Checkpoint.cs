using System.Globalization;

namespace Dibao.Log;

/// <summary>How large a log was, and the root over it: what a log signs.</summary>
/// <remarks>Source: C2SP tlog-checkpoint.</remarks>
/// <param name="Origin">The log's name, for ever.</param>
/// <param name="Size">Leaves.</param>
public sealed record Checkpoint(string Origin, long Size, TreeHash Root)
{
    /// <summary>The text that is signed.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n");

    /// <summary>Reads a note's text. Lines after the third are allowed and say nothing to us.</summary>
    /// <exception cref="FormatException">It is no checkpoint; the message says what is wrong.</exception>
    public static Checkpoint Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length < 4 || lines[^1].Length > 0) throw new FormatException("a checkpoint has three lines: origin, size, root");
        if (lines[..^1].Any(line => line.Length == 0)) throw new FormatException("a checkpoint has no empty line");
        if (!long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size.ToString(CultureInfo.InvariantCulture) != lines[1])
        {
            throw new FormatException($"its second line is no size: {Shown(lines[1])}");
        }
        return TreeHash.TryParseBase64(lines[2], out var root)
            ? new(lines[0], size, root)
            : throw new FormatException($"its third line is no root: {Shown(lines[2])}");
    }

    private static string Shown(string line) => line.Length <= 60 ? line : line[..60] + "…";
}

/// <summary>A checkpoint with the signatures under it.</summary>
/// <param name="Note">As it was read, every signature with it.</param>
public sealed record SignedCheckpoint(Checkpoint Checkpoint, SignedNote Note)
{
    public static SignedCheckpoint Sign(Checkpoint checkpoint, SigningKey key) => new(checkpoint, SignedNote.Sign(checkpoint.ToText(), key));

    /// <summary>Reads a checkpoint without asking who signed it: for a log's own files, and to find out whose it claims to be.</summary>
    /// <exception cref="FormatException">It is no signed checkpoint.</exception>
    public static SignedCheckpoint Parse(ReadOnlySpan<byte> bytes)
    {
        var note = SignedNote.Parse(bytes);
        return new(Checkpoint.Parse(note.Text), note);
    }

    /// <summary>Reads a checkpoint that the key must have signed.</summary>
    /// <exception cref="FormatException">It is another log's, or the signature is not right; the message names both.</exception>
    public static SignedCheckpoint Open(ReadOnlySpan<byte> bytes, VerifierKey key)
    {
        var signed = Parse(bytes);
        signed.RequireFrom(key);
        return signed;
    }

    /// <inheritdoc cref="Open"/>
    public void RequireFrom(VerifierKey key)
    {
        if (Checkpoint.Origin != key.Name) throw new FormatException($"it is a checkpoint of the log {Checkpoint.Origin}, and the key is of {key.Name}");
        if (!Note.IsSignedBy(key)) throw new FormatException($"the signature of {key.Name} (key {key.Id:x8}) under it is missing or wrong");
    }
}
