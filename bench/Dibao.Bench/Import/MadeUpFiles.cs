using System.Globalization;
using Dibao.Bench.Find;

namespace Dibao.Bench.Import;

/// <summary>Dialect C in made-up words, for machines without the corpus: every third file with a page's template around it.</summary>
internal static class MadeUpFiles
{
    /// <returns>The folder.</returns>
    public static string Write(string folder, int count)
    {
        var (_, documents) = FindCorpus.Load(null, count);
        foreach (var (index, document) in documents.Index())
        {
            var body = string.Concat(document.Text.Split('。').Select(sentence => $"<p style=\"margin:0\"><span>{sentence}。</span></p>\n"));
            var page = index % 3 == 0 ? $"<nav><ul><li><a href=\"/\">首页</a></li></ul></nav><section id=\"content\">{body}</section><footer>关于我们</footer>" : body;
            var date = new DateTime(2015, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(index).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            File.WriteAllText(Path.Combine(folder, $"{date}-{index}.md"),
                $"---\nlayout: post\ntitle: {document.Title}\ndate: {date}\nfrom: https://bench.example/{index}.html\n---\n\n{page}\n");
        }
        return folder;
    }
}
