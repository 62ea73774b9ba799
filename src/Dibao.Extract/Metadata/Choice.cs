namespace Dibao.Extract.Metadata;

/// <summary>
/// Decides between answers, and between these and none, by what is found of each: the odds of an answer are the product of the odds that
/// each of its facts is worth. What a fact is worth was learned from gold pages: <c>dibao-bench extract learn</c>.
/// </summary>
/// <remarks>A conditional logit (McFadden 1974): that facts come together, as plugins fill several places from one field, is in their worth.</remarks>
internal static class Choice
{
    /// <param name="options">The facts of each answer, by their number; each fact is worth its weight times how much of it there is.</param>
    /// <param name="worth">Of each fact, as logarithm of odds.</param>
    /// <returns>The likeliest, of equals the first, and how likely it is.</returns>
    public static (int Best, double Likelihood) Of(IReadOnlyList<double[]> options, ReadOnlySpan<double> worth)
    {
        var best = 0;
        var odds = new double[options.Count];
        for (var i = 0; i < odds.Length; i++)
        {
            odds[i] = Score(options[i], worth);
            if (odds[i] > odds[best]) best = i;
        }

        var top = odds[best];
        return (best, 1 / odds.Sum(odd => Math.Exp(odd - top)));
    }

    public static double Score(double[] facts, ReadOnlySpan<double> worth)
    {
        var score = 0.0;
        for (var i = 0; i < facts.Length; i++) score += facts[i] * worth[i];
        return score;
    }
}
