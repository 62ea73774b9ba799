using System.Globalization;
using Dibao.Extract;
using Dibao.Tests.Extract;

namespace Dibao.Bench.Extract;

/// <summary>The pages that lose most, with the blocks that were wrongly kept (+) and wrongly dropped (-).</summary>
internal static class ExtractWorst
{
    private const int Shown = 160;
    private const int MostLines = 12;

    public static void Print(List<(GoldPage Page, ArticleReading Reading, GoldScore Score)> pages, int count)
    {
        foreach (var (page, reading, score) in pages.OrderBy(p => p.Score.Quality).ThenBy(p => p.Page.Id, StringComparer.Ordinal).Take(count))
        {
            Head(page, score);
            Snippets(page, reading);
            foreach (var side in Differences(page, reading).GroupBy(difference => difference.Sign))
            {
                foreach (var (sign, block) in side.Take(MostLines)) Console.WriteLine($"    {sign} {Short(block, Shown)}");
                if (side.Count() > MostLines) Console.WriteLine($"    {side.Key} … {side.Count() - MostLines} more");
            }
        }
    }

    public static void Show(List<(GoldPage Page, ArticleReading Reading, GoldScore Score)> pages)
    {
        foreach (var (page, reading, score) in pages)
        {
            Head(page, score);
            Console.WriteLine($"title: {reading.Title}\nkind: {reading.Kind} {string.Join(" | ", reading.Warnings)}\nstandfirst: {reading.Standfirst}");
            foreach (var block in Blocks(GoldPage.Shown(reading))) Console.WriteLine("    " + block);
            foreach (var (sign, block) in Differences(page, reading)) Console.WriteLine($"  {sign} {block}");
            Snippets(page, reading);
        }
    }

    private static void Head(GoldPage page, GoldScore score) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n== {page.Id}  {score.Quality:F3}  P {score.Shingles?.Precision:F3} R {score.Shingles?.Recall:F3}  {page.Url}"));

    private static void Snippets(GoldPage page, ArticleReading reading)
    {
        if (page.ExpectedHtml is not null || page.Text is not null) return;
        var folded = GoldScore.Folded(GoldPage.Shown(reading));
        foreach (var missed in page.With.Where(w => !folded.Contains(GoldScore.Folded(w), StringComparison.Ordinal))) Console.WriteLine($"    -- {Short(missed, Shown)}");
        foreach (var kept in page.Without.Where(w => folded.Contains(GoldScore.Folded(w), StringComparison.Ordinal))) Console.WriteLine($"    ++ {Short(kept, Shown)}");
    }

    private static IEnumerable<(char Sign, string Block)> Differences(GoldPage page, ArticleReading reading)
    {
        var gold = Gold(page);
        if (gold.Length == 0) yield break;
        var read = page.ExpectedHtml is null ? GoldPage.Shown(reading) : GoldPage.TextOf(reading.Html) + "\n" + reading.Standfirst;
        var kept = ExtractionScores.Unmatched(Blocks(read), gold);
        foreach (var (at, block) in kept) yield return ('+', string.Create(CultureInfo.InvariantCulture, $"[{at}] {block}"));
        foreach (var (_, block) in ExtractionScores.Unmatched(Blocks(gold), read)) yield return ('-', block);
    }

    private static string Gold(GoldPage page) => page.Text ?? (page.ExpectedHtml is { } html ? GoldPage.TextOf(html) : "");

    private static string[] Blocks(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Short(string text, int length)
    {
        var folded = GoldScore.Folded(text);
        return folded.Length <= length ? folded : folded[..length] + $"… ({folded.Length})";
    }
}
