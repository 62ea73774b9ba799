using System.Globalization;
using Dibao.Bench.Find;
using Dibao.Capture;

namespace Dibao.Bench.Serve;

/// <summary>An archive of made-up articles, Chinese and English, some with a second version.</summary>
internal static class ServedArchive
{
    private const int Outlets = 20;
    private const int InFlight = 512;

    // Any fixed day: the same archive each time.
    private static readonly DateTimeOffset Start = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Every 5th article is English; every 10th has a second version.</summary>
    /// <param name="count">Articles.</param>
    public static async Task MakeAsync(string folder, int count, CancellationToken cancel)
    {
        await using var archive = Archive.Open(folder, new CaptureOptions(), TimeProvider.System, cancel: cancel);
        var texts = FindCorpus.Load(null, count).Documents;
        var keeping = new Queue<Task<KeepOutcome>>();
        for (var index = 0; index < count; index++)
        {
            var (title, paragraphs) = index % 5 == 4 ? EnglishText.Make(index) : (texts[index].Title, texts[index].Text.Chunk(160).Select(part => new string(part)).ToList());
            await KeepAsync(Bundle(index, title, paragraphs, Start.AddHours(index)));
            if (index % 10 == 0) await KeepAsync(Bundle(index, title, [.. paragraphs, paragraphs[0]], Start.AddHours(index + 5)));
        }
        await Task.WhenAll(keeping);

        async Task KeepAsync(CaptureBundle bundle)
        {
            keeping.Enqueue(await archive.Keeper.EnqueueAsync(archive.Keeper.Prepare(bundle), cancel));
            if (keeping.Count > InFlight) await keeping.Dequeue();
        }
    }

    private static CaptureBundle Bundle(int index, string title, IReadOnlyList<string> paragraphs, DateTimeOffset at)
    {
        var outlet = index % Outlets;
        var entry = new Entry
        {
            Id = index.ToString(CultureInfo.InvariantCulture),
            Link = $"https://outlet-{outlet}.example/{index}.html",
            Title = title,
            Published = at,
            Content = string.Concat(paragraphs.Select(paragraph => $"<p>{paragraph}</p>")),
        };
        return new()
        {
            Kind = CaptureKind.Article,
            Url = entry.Link,
            At = at,
            Outlet = new($"outlet-{outlet}", $"Outlet {outlet}", $"https://outlet-{outlet}.example/", index % 5 == 4 ? "en" : "zh-Hans"),
            Entry = entry,
        };
    }
}
