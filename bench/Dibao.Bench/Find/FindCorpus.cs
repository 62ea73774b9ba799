using System.Formats.Tar;
using System.IO.Compression;
using Dibao.Find;

namespace Dibao.Bench.Find;

/// <summary>Documents to index: a real news programme's items where the corpus is, else made-up ones of the same size.</summary>
internal static class FindCorpus
{
    private const int MinCharacters = 200;

    public static (string Name, List<SearchDocument> Documents) Load(string? archive, int count)
    {
        var items = archive is not null && File.Exists(archive) ? ReadItems(archive) : [];
        var name = items.Count > 0 ? Path.GetFileName(archive)! : "made up";
        if (items.Count == 0) items = MakeItems();
        return (name, [.. Fill(items, count).Select(Document)]);
    }

    private static SearchDocument Document((string Title, string Text) item, int index) => new()
    {
        ArticleId = index + 1,
        VersionId = index + 1,
        OutletId = 1 + (index % 20),
        OutletSlug = $"outlet-{1 + (index % 20)}",
        Newest = new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(index * 47L),
        Title = item.Title,
        Text = item.Text,
        Language = "zh-Hans",
    };

    // More than there are: sentences of real items, shuffled, so that the words keep their frequencies.
    private static IEnumerable<(string Title, string Text)> Fill(List<(string Title, string Text)> items, int count)
    {
        foreach (var item in items.Take(count)) yield return item;
        var random = new Random(17);
        var sentences = items.SelectMany(item => item.Text.Split('。')).Where(sentence => sentence.Length > 4).ToArray();
        for (var made = items.Count; made < count; made++)
        {
            var like = items[random.Next(items.Count)];
            var length = like.Text.Length;
            var text = new List<string>();
            while (length > 0)
            {
                var sentence = sentences[random.Next(sentences.Length)];
                text.Add(sentence);
                length -= sentence.Length + 1;
            }
            yield return (like.Title, string.Join('。', text));
        }
    }

    private static List<(string Title, string Text)> ReadItems(string archive)
    {
        var items = new List<(string Title, string Text)>();
        using var unzipped = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        using var tar = new TarReader(unzipped);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null) continue;
            using var reader = new StreamReader(entry.DataStream);
            items.AddRange(reader.ReadToEnd().Split("\n### ").Skip(1).Select(Item).Where(item => item.Text.Length >= MinCharacters));
        }
        return items;
    }

    private static (string Title, string Text) Item(string section)
    {
        var end = section.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? (section, "") : (section[..end], WithoutTags(section[(end + 1)..]));
    }

    private static string WithoutTags(string html)
    {
        var text = new System.Text.StringBuilder(html.Length);
        var inTag = false;
        foreach (var c in html)
        {
            if (c == '<') inTag = true;
            else if (c == '>') inTag = false;
            else if (!inTag) text.Append(c);
        }
        return text.ToString();
    }

    private static List<(string Title, string Text)> MakeItems()
    {
        var random = new Random(5);
        var words = Enumerable.Range(0, 20_000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => (char)(0x4E00 + (int)(3000 * Math.Pow(random.NextDouble(), 2)))))).ToArray();
        string Sentence() => string.Concat(Enumerable.Range(0, 16).Select(_ => words[(int)(words.Length * Math.Pow(random.NextDouble(), 4))])) + "。";
        return [.. Enumerable.Range(0, 5000).Select(_ => (Sentence(), string.Concat(Enumerable.Range(0, 30).Select(_ => Sentence()))))];
    }
}
