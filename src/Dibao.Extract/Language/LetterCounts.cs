namespace Dibao.Extract.Language;

/// <summary>How often each letter of one script stands in a text: languages that share it differ by a few letters of their own.</summary>
internal sealed class LetterCounts
{
    private readonly char _first;
    private readonly int[] _counts;
    private readonly int _all;

    public LetterCounts(ReadOnlySpan<char> text, char first, char last)
    {
        (_first, _counts) = (first, new int[last - first + 1]);
        foreach (var c in text)
        {
            if (c < first || c > last || !char.IsLetter(c)) continue;
            _counts[c - first]++;
            _all++;
        }
    }

    /// <summary>Whether so many of a thousand letters are one of these.</summary>
    public bool Has(int perMille, string letters) => Of(letters) * 1000 >= perMille * Math.Max(_all, 1);

    public bool Has(string letters) => Of(letters) > 0;

    private int Of(string letters)
    {
        var of = 0;
        foreach (var letter in letters) of += _counts[letter - _first];
        return of;
    }
}
