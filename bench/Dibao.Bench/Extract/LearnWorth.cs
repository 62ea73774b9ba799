using System.Globalization;
using Dibao.Extract;
using Dibao.Extract.Dates;
using Dibao.Extract.Metadata;
using Dibao.Tests.Extract;

namespace Dibao.Bench.Extract;

/// <summary>Learns from the gold pages what each fact is worth, and prints the tables that stand in the source, with how they do on pages that they were not learned from.</summary>
internal static class LearnWorth
{
    private const int Folds = 5;
    private const int Rounds = 1500;
    private const double Step = 0.03;

    // Towards nothing, as if each fact had been seen a few times for and against.
    private const double Restraint = 1.0;

    // A wrong answer is worse than none: what is added to the worth of none.
    private const double Caution = 0.25;

    /// <param name="Right">The number of the right option; 0 for none, -1 where the right answer is not among them.</param>
    private sealed record Case(string Set, string Id, IReadOnlyList<double[]> Options, int Right);

    public static void Run()
    {
        var cases = Days();
        Tell<DayFact>("day", cases, DayWorth.OfFacts.ToArray());
    }

    private static void Tell<T>(string question, List<Case> cases, double[] now)
        where T : struct, Enum
    {
        var (type, names) = (typeof(T).Name, Enum.GetNames<T>());
        var none = Array.IndexOf(names, "None");
        Console.WriteLine($"{question}: {cases.Count} pages");
        Row("as it stands", cases, now, c => now);
        var worths = Enumerable.Range(0, Folds).Select(fold => Learn(cases.FindAll(c => Fold(c) != fold), now.Length, none)).ToList();
        Row("learned, on others", cases, now, c => worths[Fold(c)]);
        var all = Learn(cases, now.Length, none);
        for (var i = 0; i < all.Length; i++) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"        ({type}.{names[i]}, {all[i]:F2}),  // on {cases.Count(c => c.Options.Any(o => o[i] != 0))} pages"));
    }

    private static void Row(string name, List<Case> cases, double[] now, Func<Case, double[]> worth)
    {
        Console.Write($"  {name,-20}");
        foreach (var set in cases.GroupBy(c => c.Set))
        {
            var told = set.Where(c => c.Right != 0).ToList();
            var none = set.Where(c => c.Right == 0).ToList();
            Console.Write(string.Create(CultureInfo.InvariantCulture, $"  {set.Key} {told.Count(c => Choice.Of(c.Options, worth(c)).Best == c.Right) / (double)told.Count:F3} of {told.Count}, none {(none.Count == 0 ? 0 : none.Count(c => Choice.Of(c.Options, worth(c)).Best == 0) / (double)none.Count):F3} of {none.Count};"));
        }

        Console.WriteLine();
    }

    // Pages that two sets have are in one fold: their names there are the same, but for the folder.
    private static int Fold(Case one) => (int)(GoldSets.Fnv(Path.GetFileName(one.Id)) / 2 % Folds);

    // Gradient ascent on the likelihood of the right options, each coordinate at a pace of its own (Adam, Kingma and Ba 2015).
    private static double[] Learn(List<Case> cases, int count, int none)
    {
        var known = cases.FindAll(c => c.Right >= 0 && c.Options.Count > 1);
        var (worth, slope, mean, spread) = (new double[count], new double[count], new double[count], new double[count]);
        for (var round = 1; round <= Rounds; round++)
        {
            for (var i = 0; i < count; i++) slope[i] = -Restraint * worth[i];
            foreach (var one in known) Climb(one, worth, slope);
            for (var i = 0; i < count; i++)
            {
                mean[i] = (0.9 * mean[i]) + (0.1 * slope[i]);
                spread[i] = (0.999 * spread[i]) + (0.001 * slope[i] * slope[i]);
                worth[i] += Step * (mean[i] / (1 - Math.Pow(0.9, round))) / (Math.Sqrt(spread[i] / (1 - Math.Pow(0.999, round))) + 1e-8);
            }
        }

        worth[none] += Caution;
        return worth;
    }

    private static void Climb(Case one, double[] worth, double[] slope)
    {
        var scores = one.Options.Select(o => Choice.Score(o, worth)).ToArray();
        var top = scores.Max();
        var sum = scores.Sum(s => Math.Exp(s - top));
        for (var o = 0; o < scores.Length; o++)
        {
            var pull = (o == one.Right ? 1 : 0) - (Math.Exp(scores[o] - top) / sum);
            var facts = one.Options[o];
            for (var i = 0; i < facts.Length; i++) slope[i] += pull * facts[i];
        }
    }

    // Where Readability's pages say none, Readability found none in the page's head.
    private static List<Case> Days()
    {
        var cases = new List<Case>();
        foreach (var set in (string[])["news", "snippets", "mixed", "dates", "readability"])
        {
            foreach (var page in GoldSets.Pages(set))
            {
                if (page.Said.Date is null && (!page.Said.NoDate || set == "readability")) continue;
                Ballot? ballot = null;
                ArticleReader.Read(page.Html, page.Url, new ReadingOptions { Tell = told => ballot = told });
                if (ballot is null) continue;
                cases.Add(new Case(set, page.Id, ballot.Facts, page.Said.Date is null ? 0 : RightDay(page.Said.Date, ballot.Answers)));
            }
        }

        return cases;
    }

    private static int RightDay(string gold, IReadOnlyList<string> answers)
    {
        if (!DateTimeOffset.TryParse(gold, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day)) return -1;
        for (var i = 0; i < answers.Count; i++)
            if (answers[i].Contains(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal) || answers[i].Contains(day.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal)) return i + 1;
        return -1;
    }
}
