using Dibao.Capture;
using Dibao.Keep;

namespace Dibao.Tests.Keep.Faults;

/// <summary>Captures made ready once and kept in many archives: what a fault test repeats is the writing, not the reading.</summary>
internal sealed class PreparedPages
{
    private readonly List<ReadyCapture> pages;
    private int taken = -1;

    private PreparedPages(List<ReadyCapture> pages) => this.pages = pages;

    /// <summary>The next page that was not taken yet; null when none is left.</summary>
    public int? Next() => Interlocked.Increment(ref taken) is var n && n < pages.Count ? n : null;

    /// <summary>All may be taken again, in another archive.</summary>
    public void Rewind() => taken = -1;

    public static async Task<PreparedPages> MakeAsync(int count)
    {
        await using var archive = TestArchive.New();
        var made = new List<ReadyCapture>();
        for (var n = 0; n < count; n++)
        {
            // Every eighth is one seen before: a revisit.
            var page = TestArchive.Page(n % 8 == 7 ? n - 1 : n, minutes: n);
            var ready = archive.Archive.Keeper.Prepare(page);
            made.Add(ready);
            await (await archive.Archive.Keeper.EnqueueAsync(ready, CancellationToken.None));
        }
        return new(made);
    }

    public ReadyCapture Ready(int n) => new(pages[n].Bundle, pages[n].Reading, pages[n].Capture);

    public CaptureBundle Bundle(int n) => pages[n].Bundle;

    public string Manifest(int n) => pages[n].Capture.Manifest.ToHex();
}
