namespace Dibao.Feeds.Text;

/// <summary>Weighs encodings by what the bytes would say in them: frequent characters speak for one, rare ones and gaps against it.</summary>
internal static class EncodingGuess
{
    private const int Sample = 256 << 10;

    // A declaration is true more often than statistics are right about a short text.
    private const double TrustInHttp = 0.45;
    private const double TrustInDocument = 0.4;

    private static readonly KnownEncoding[] Undeclared =
    [
        .. ((string[])["gb18030", "big5", "shift-jis", "euc-jp", "euc-kr", "windows-1252", "windows-1251", "koi8-r", "windows-1253",
            "windows-1255", "windows-874"]).Select(KnownEncoding.Get),
    ];

    /// <param name="declared">Most trusted first.</param>
    public static KnownEncoding Best(ReadOnlySpan<byte> bytes, List<KnownEncoding> declared, Utf8Evidence utf8)
    {
        var first = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
        // One byte of context before the first: whether a letter stands there matters.
        var sample = bytes[Math.Max(0, first - 1)..];
        sample = sample[..Math.Min(sample.Length, Sample)];
        var best = KnownEncoding.Utf8;
        var bestScore = Utf8Score(utf8);
        foreach (var candidate in declared.Where(d => d != KnownEncoding.Utf8).Concat(Undeclared))
        {
            var trust = declared.IndexOf(candidate) switch { 0 => TrustInHttp, > 0 => TrustInDocument, _ => 0 };
            var score = Score(candidate, sample) + trust;
            if (score > bestScore)
                (best, bestScore) = (candidate, score);
        }

        return best;
    }

    /// <returns>From -2 (all invalid) to 1 (all frequent characters).</returns>
    public static double Score(KnownEncoding encoding, ReadOnlySpan<byte> bytes) =>
        encoding.IsDoubleByte ? DoubleByteProfile.Score(encoding, bytes) : SingleByteProfile.Score(encoding, bytes);

    private static double Utf8Score(Utf8Evidence utf8)
    {
        double good = utf8.Pairs + 2 * utf8.Longer;
        return (good - 2 * utf8.Errors) / Math.Max(1, good + utf8.Errors);
    }
}
