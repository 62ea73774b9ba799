using System.Globalization;
using Dibao.Extract;
using Dibao.Tests.Extract;

namespace Dibao.Bench.Extract;

/// <summary>What reading is worth on gold data: the table of issue C, and the pages that lose most.</summary>
internal static class ExtractBench
{
    /// <param name="args"><c>[--set NAME] [--worst N] [--show ID] [--half dev|held] [--scores FILE]</c>.</param>
    public static void Run(string[] args)
    {
        var only = Option(args, "--set");
        var worst = Option(args, "--worst") is { } count ? int.Parse(count, CultureInfo.InvariantCulture) : 0;
        var half = Option(args, "--half");
        Console.WriteLine($"{"set",-12} {"half",-5} {"pages",5}  {"F1",6} {"P",6} {"R",6} {"acc",5} {"lean",6}   {"snip",6} {"word",6} {"html",6}   {"title",5} {"auth",5} {"day",5}  {"0auth",5} {"0day",5}");
        foreach (var set in GoldSets.Names.Where(name => only is null || name.StartsWith(only, StringComparison.Ordinal)))
        {
            if (!GoldSets.Has(set)) { Console.WriteLine($"{set,-12} is not beside this checkout"); continue; }
            var pages = GoldSets.Read(set);
            if (Option(args, "--show") is { } id) { ExtractWorst.Show(pages.FindAll(p => p.Page.Id.Contains(id, StringComparison.Ordinal))); continue; }
            // Texts and metadata were worked on by different halves; each is told by its own.
            var said = pages.ConvertAll(p => p.Score.Metadata);
            Row(set, "all", pages, said);
            Row(set, "dev", pages.FindAll(p => GoldSets.IsDev(p.Page.Id)), said.FindAll(s => !s.IsHeld));
            Row(set, "held", pages.FindAll(p => !GoldSets.IsDev(p.Page.Id)), said.FindAll(s => s.IsHeld));
            if (Option(args, "--scores") is { } file) File.AppendAllLines(file, pages.OrderBy(p => p.Page.Id, StringComparer.Ordinal).Select(p => Line(set, p.Page.Id, p.Score)));
            if (worst > 0) ExtractWorst.Print(half is null ? pages : pages.FindAll(p => GoldSets.IsDev(p.Page.Id) == (half == "dev")), worst);
        }
    }

    private static void Row(string set, string half, List<(GoldPage Page, ArticleReading Reading, GoldScore Score)> pages, List<MetadataScore> said)
    {
        var scores = pages.ConvertAll(p => p.Score);
        var shingles = scores.Select(s => s.Shingles).OfType<PageShingles>().ToList();
        var (f1, precision, recall) = shingles.Count > 0 ? ExtractionScores.Set(shingles) : default;
        var lean = shingles.Count > 0 ? ExtractionScores.Set(pages.ConvertAll(p => ExtractionScores.Shingles(p.Page.Text!, p.Reading.Text))).F1 : 0;
        double?[] figures =
        [
            f1, precision, recall, Share(shingles.Select(s => (bool?)s.Exact)), lean,
            scores.Exists(s => s.WithFound > 0) ? ExtractionScores.SnippetF1(scores) : null,
            Mean(scores.Select(s => s.WordF1)), Mean(scores.Select(s => s.HtmlF1)),
            Share(said.Select(s => s.Title)), Share(said.Select(s => s.Authors)), Share(said.Select(s => s.Day)),
            Share(said.Select(s => s.HonestAuthors)), Share(said.Select(s => s.HonestDay)),
        ];
        var cells = figures.Select((figure, at) => (at is 5 or 8 or 11 ? "  " : "") + Cell(figure, at is 3 or >= 8 ? 5 : 6));
        Console.WriteLine($"{set,-12} {half,-5} {pages.Count,5}  {string.Join(' ', cells)}");
    }

    // A page a line, to see which pages a change made better and which worse.
    private static string Line(string set, string id, GoldScore score) => string.Create(CultureInfo.InvariantCulture,
        $"{set}\t{(GoldSets.IsDev(id) ? "dev" : "held")}\t{score.Quality:F4}\t{score.Shingles?.Precision:F4}\t{score.Shingles?.Recall:F4}\t{score.Shingles?.Exact}\t{score.WithFound}\t{score.WithMissed}\t{score.WithoutFound}\t{id}");

    private static string Cell(double? figure, int width) =>
        (figure is null or 0 ? "·" : figure.Value.ToString(width == 5 ? "F3" : "F4", CultureInfo.InvariantCulture)).PadLeft(width);

    private static double? Mean(IEnumerable<double?> values) => values.OfType<double>().Select(v => (double?)v).DefaultIfEmpty(null).Average();

    private static double? Share(IEnumerable<bool?> holds) => Mean(holds.Select(h => h is { } held ? held ? 1.0 : 0.0 : (double?)null));

    private static string? Option(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
