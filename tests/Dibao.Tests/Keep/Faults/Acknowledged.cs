using Dapper;
using Dibao.Keep;
using Dibao.Warc;
using Shouldly;

namespace Dibao.Tests.Keep.Faults;

/// <summary>What an archive said that it keeps, or has taken down; and whether it does.</summary>
internal sealed class Acknowledged
{
    private readonly Lock adding = new();
    private readonly HashSet<string> manifests = [];
    private readonly HashSet<string> removed = [];

    public int Count
    {
        get { lock (adding) return manifests.Count; }
    }

    /// <param name="manifest">SHA-256 of a capture's manifest record, hexadecimal.</param>
    public void Add(string manifest)
    {
        lock (adding) manifests.Add(manifest);
    }

    public bool Holds(string manifest)
    {
        lock (adding) return manifests.Contains(manifest);
    }

    /// <param name="url">Of an article whose takedown was carried out.</param>
    public void Remove(string url)
    {
        lock (adding) removed.Add(url);
    }

    /// <summary>Acknowledged captures that are not there any more.</summary>
    public int LostIn(Archive archive)
    {
        var kept = archive.Reader.Database.Read(connection => connection.Query<byte[]>("SELECT manifest FROM captures").Select(Convert.ToHexStringLower).ToHashSet());
        lock (adding) return manifests.Count(manifest => !kept.Contains(manifest));
    }

    /// <summary>Nothing is lost, every byte is as it was kept, and what was taken down is nowhere.</summary>
    public void ShouldHoldIn(Archive archive, string when)
    {
        LostIn(archive).ShouldBe(0, when);
        var faults = new List<Fault>();
        var report = new Verification(archive.Reader.Store, archive.Reader.Database).Run(faults.Add, null, CancellationToken.None);
        report.Unsealed.ShouldBe(0, when);
        // An index of a segment is the one thing that a fault may cost: it is not needed, and made again by a rebuild.
        faults.Where(fault => !fault.File.EndsWith(".idx", StringComparison.Ordinal)).ShouldBeEmpty(when);
        archive.Log.Fault.ShouldBeNull(when);
        archive.Recovery.Unfinished.ShouldBeNull(when);
        lock (adding)
        {
            foreach (var url in removed) archive.Reader.Catalogue.Article(url)!.State.ShouldBe(ArticleState.TakenDown, when);
        }
        var ordered = archive.Reader.Database.Read(connection => connection.Query<string>("SELECT url FROM articles WHERE takedown_id IS NOT NULL").ToList());
        if (ordered.Count > 0) WordsOf(archive, ordered).ShouldBeEmpty(when);
    }

    private static List<string> WordsOf(Archive archive, List<string> urls) =>
        [.. archive.Reader.Store.Segments().SelectMany(segment =>
        {
            using var file = new FileStream(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return new WarcReader(file).ReadAll().Where(entry => entry.Record?.Type is "response" && urls.Contains(entry.Record.TargetUri!)).Select(entry => entry.Record!.TargetUri!).ToList();
        })];
}
