using System.Globalization;
using System.Text;

namespace Dibao.Log;

/// <summary>That an entry is in a log: its index, the way up to the root, and the checkpoint over it. One file, checked offline.</summary>
/// <remarks>Source: C2SP tlog-proof.</remarks>
public sealed record TlogProof
{
    /// <summary>Of the file.</summary>
    public const string Extension = ".tlog-proof";

    private const string FirstLine = "c2sp.org/tlog-proof@v1";
    private const string ExtraWord = "extra ";
    private const string IndexWord = "index ";
    private const int MaxExtraCharacters = 1 << 16;

    /// <summary>From 0.</summary>
    public required long Index { get; init; }

    /// <summary>From the leaf's neighbour up to the root's child.</summary>
    public required IReadOnlyList<TreeHash> Hashes { get; init; }

    public required SignedCheckpoint Checkpoint { get; init; }

    /// <summary>Not covered by the proof until its hash is compared: Dibao puts the leaf there.</summary>
    public ReadOnlyMemory<byte> Extra { get; init; }

    /// <exception cref="FormatException">It is no proof; the message says what is wrong.</exception>
    public static TlogProof Parse(ReadOnlySpan<byte> bytes)
    {
        var split = bytes.IndexOf("\n\n"u8);
        if (split < 0 || split > SignedNote.MaxBytes) throw new FormatException("no empty line divides the proof from its checkpoint");
        var lines = Encoding.UTF8.GetString(bytes[..split]).Split('\n');
        if (lines[0] != FirstLine) throw new FormatException($"its first line is not {FirstLine}");
        var at = 1;
        var extra = at < lines.Length && lines[at].StartsWith(ExtraWord, StringComparison.Ordinal) ? ParseExtra(lines[at++][ExtraWord.Length..]) : [];
        if (at >= lines.Length || !lines[at].StartsWith(IndexWord, StringComparison.Ordinal)) throw new FormatException("it has no index line");
        return new()
        {
            Extra = extra,
            Index = ParseIndex(lines[at][IndexWord.Length..]),
            Hashes = ParseHashes(lines.AsSpan(at + 1)),
            Checkpoint = SignedCheckpoint.Parse(bytes[(split + 2)..]),
        };
    }

    /// <summary>True when the entry stands at the index of the tree that the checkpoint has the root of. Who signed that, ask the checkpoint.</summary>
    public bool Proves(ReadOnlySpan<byte> entry) =>
        MerkleProof.VerifyInclusion(TreeHash.OfLeaf(entry), Index, Checkpoint.Checkpoint.Size, Hashes, Checkpoint.Checkpoint.Root);

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    public override string ToString()
    {
        var text = new StringBuilder(FirstLine).Append('\n');
        if (!Extra.IsEmpty) text.Append(ExtraWord).Append(Convert.ToBase64String(Extra.Span)).Append('\n');
        text.Append(IndexWord).Append(Index.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (var hash in Hashes) text.Append(hash).Append('\n');
        return text.Append('\n').Append(Checkpoint.Note).ToString();
    }

    private static byte[] ParseExtra(string base64)
    {
        var bytes = new byte[base64.Length];
        return base64.Length <= MaxExtraCharacters && Convert.TryFromBase64String(base64, bytes, out var written) && Convert.ToBase64String(bytes, 0, written) == base64
            ? bytes[..written]
            : throw new FormatException("its extra line is not base64");
    }

    private static long ParseIndex(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index.ToString(CultureInfo.InvariantCulture) == text
            ? index
            : throw new FormatException("its index is no number");

    private static List<TreeHash> ParseHashes(ReadOnlySpan<string> lines)
    {
        if (lines.Length > MerkleProof.MaxHashes) throw new FormatException($"it has {lines.Length} hashes, and a proof has at most {MerkleProof.MaxHashes}");
        var hashes = new List<TreeHash>(lines.Length);
        foreach (var line in lines) hashes.Add(TreeHash.TryParseBase64(line, out var hash) ? hash : throw new FormatException("one of its lines is no hash"));
        return hashes;
    }
}
