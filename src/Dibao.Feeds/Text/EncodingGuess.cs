namespace Dibao.Feeds.Text;

/// <summary>Weighs encodings by what the bytes would say in them: frequent characters speak for one, rare ones and gaps against it.</summary>
internal static class EncodingGuess
{
    private const int Sample = 256 << 10;

    // A declaration is true more often than statistics are right about a short text. Western is what programs declare without knowing;
    // whoever writes iso-8859-2 means it. What no text contradicts is what most documents without a declaration are in.
    private const double TrustInHttp = 0.45;
    private const double TrustInDocument = 0.4;
    private const double TrustInChoice = 0.55;
    private const double TrustInWholeDoubleByte = 0.1;
    private const double TrustInWestern = 0.25;

    private static readonly KnownEncoding Western = KnownEncoding.Get("windows-1252");

    private static readonly KnownEncoding[] Undeclared =
    [
        .. ((string[])["gb18030", "big5", "shift-jis", "euc-jp", "euc-kr", "windows-1252", "windows-1251", "koi8-r", "windows-1253",
            "windows-1255", "windows-1256", "windows-874"]).Select(KnownEncoding.Get),
    ];

    /// <param name="declared">Most trusted first.</param>
    public static KnownEncoding Best(ReadOnlySpan<byte> bytes, List<KnownEncoding> declared, Utf8Evidence utf8)
    {
        var first = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
        // One byte of context before the first: whether a letter stands there matters.
        var sample = bytes[Math.Max(0, first - 1)..];
        sample = sample[..Math.Min(sample.Length, Sample)];
        var best = KnownEncoding.Utf8;
        var bestScore = Utf8Score(utf8, isDeclaredOther: declared.Exists(d => d != KnownEncoding.Utf8));
        KnownEncoding? wholeDoubleByte = null;
        foreach (var candidate in declared)
            if (wholeDoubleByte is null && candidate.IsDoubleByte && DoubleByteProfile.IsValid(candidate, sample))
                wholeDoubleByte = candidate;
        foreach (var candidate in declared.Where(d => d != KnownEncoding.Utf8).Concat(Undeclared))
        {
            // Letters of one byte do not fall into valid pairs of a declared encoding by chance.
            if (wholeDoubleByte is not null && !candidate.IsDoubleByte)
                continue;
            var score = Score(candidate, sample) + Trust(candidate, declared, wholeDoubleByte);
            if (score > bestScore)
                (best, bestScore) = (candidate, score);
        }

        // Read as UTF-8 its foreign bytes are Western all the same, and its sequences are not torn.
        return best == Western && !declared.Contains(Western) && utf8.Pairs + utf8.Longer > 0 ? KnownEncoding.Utf8 : best;
    }

    private static double Trust(KnownEncoding candidate, List<KnownEncoding> declared, KnownEncoding? wholeDoubleByte)
    {
        var trust = declared.IndexOf(candidate) switch { 0 => TrustInHttp, > 0 => TrustInDocument, _ => 0 };
        if (candidate == Western)
            return trust + TrustInWestern;
        if (trust > 0 && !candidate.IsDoubleByte)
            return trust + TrustInChoice;
        return candidate == wholeDoubleByte ? trust + TrustInWholeDoubleByte : trust;
    }

    /// <returns>From -2 (all invalid) to 1 (all frequent characters).</returns>
    public static double Score(KnownEncoding encoding, ReadOnlySpan<byte> bytes) =>
        encoding.IsDoubleByte ? DoubleByteProfile.Score(encoding, bytes) : SingleByteProfile.Score(encoding, bytes);

    // Errors are slips, or the text of another encoding: the more so where another is declared.
    private static double Utf8Score(Utf8Evidence utf8, bool isDeclaredOther)
    {
        double good = utf8.Pairs + 2 * utf8.Longer;
        return (good - (isDeclaredOther ? 20 : 2) * utf8.Errors) / Math.Max(1, good + utf8.Errors);
    }
}
