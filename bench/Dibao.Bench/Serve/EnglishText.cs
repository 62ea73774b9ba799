namespace Dibao.Bench.Serve;

/// <summary>Made-up English of an article's size, with words as unevenly frequent as words are.</summary>
internal static class EnglishText
{
    private static readonly string[] Syllables = ["ba", "cor", "den", "fi", "gar", "hol", "in", "ker", "lo", "mar", "nes", "or", "pel", "qui", "ran", "sto", "ter", "un", "ver", "wes"];
    private static readonly string[] Words = MakeWords(8000);

    public static (string Title, List<string> Paragraphs) Make(int seed)
    {
        var random = new Random(seed);
        return (Sentence(random, 7), [.. Enumerable.Range(0, 8).Select(_ => string.Join(' ', Enumerable.Range(0, 4).Select(_ => Sentence(random, 14) + ".")))]);
    }

    /// <summary>The <paramref name="rank"/>-th word, 0 the most frequent.</summary>
    public static string Word(int rank) => Words[rank];

    private static string Sentence(Random random, int words)
    {
        var text = string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[(int)(Words.Length * Math.Pow(random.NextDouble(), 4))]));
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static string[] MakeWords(int count)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, count).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => Syllables[random.Next(Syllables.Length)])))];
    }
}
