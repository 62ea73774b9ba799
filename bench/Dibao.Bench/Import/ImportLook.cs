using Dibao.Capture.Import;
using Dibao.Keep;

namespace Dibao.Bench.Import;

/// <summary>For eyes: what some articles of a corpus are read as, spread over it. Prints other people's words; keep them out of the repository.</summary>
internal static class ImportLook
{
    private const int Wanted = 20;
    private const int Shown = 70;

    public static void Run(string path)
    {
        var bundles = new ImportReader(path, new ImportOptions(), TimeProvider.System)
            .Read(CancellationToken.None).OfType<ImportItem.Ready>().Select(item => item.Bundle).Where(bundle => bundle.File is not null).ToList();
        var empty = 0;
        foreach (var (index, bundle) in bundles.Index())
        {
            var draft = BundleReading.Of(bundle).Draft;
            if (draft is null || draft.Text.Length == 0) { empty++; Console.WriteLine($"empty: {bundle.File!.Path}"); continue; }
            if (index % Math.Max(1, bundles.Count / Wanted) != 0) continue;
            var whole = ArticleFile.Read(bundle.File!) is ArticleFileReading.Parsed { WholePage: true } ? "page" : "fragment";
            Console.WriteLine($"{index} {bundle.File!.Path}\n  {whole}, {bundle.File.Bytes.Length} bytes, {draft.Text.Length} characters, {draft.Language}, {draft.Published:yyyy-MM-dd}");
            Console.WriteLine($"  title: {draft.Title}\n  first: {OneLine(draft.Text[..Math.Min(Shown, draft.Text.Length)])}\n  last:  {OneLine(draft.Text[Math.Max(0, draft.Text.Length - Shown)..])}");
        }
        Console.WriteLine($"{bundles.Count} articles, {empty} without text");
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ¶ ");
}
