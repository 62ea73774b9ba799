using Dibao.Warc;

namespace Dibao.Capture.Import;

/// <summary>Where the payloads lie that revisits of a set of foreign WARC files refer to. Remembers places, not bytes.</summary>
/// <remarks>Source: WARC 1.1 §6.7. A revisit names its original by record id, by address and date, or by digest alone.</remarks>
internal sealed class RevisitOriginals
{
    private readonly Dictionary<UInt128, Place> places = [];
    private readonly List<Deferred> deferred = [];

    /// <param name="open">Opens the file anew, at its start; null when it cannot be opened twice.</param>
    public void Remember(WarcRecord record, long offset, Func<Stream>? open)
    {
        if (open is null) return;
        var place = new Place(open, offset);
        places[Key(record.Id)] = place;
        places.TryAdd(Key($"{record.Headers["WARC-Date"]} {record.TargetUri}"), place);
        if (record.Headers["WARC-Payload-Digest"] is { } digest) places.TryAdd(Key(digest.ToUpperInvariant()), place);
    }

    /// <summary>A revisit whose original may stand further on in the set.</summary>
    public void Defer(string path, WarcRecord revisit, WarcRecord? request, long offset) => deferred.Add(new(path, revisit, request, offset));

    public IReadOnlyList<Deferred> TakeDeferred()
    {
        var taken = deferred.ToList();
        deferred.Clear();
        return taken;
    }

    /// <summary>The record that a revisit refers to, read again; null when no file of the set had it, or it is not what it was.</summary>
    public WarcRecord? Find(WarcRecord revisit, CancellationToken cancel)
    {
        foreach (var name in NamesOf(revisit))
        {
            if (!places.TryGetValue(Key(name), out var place)) continue;
            using var file = place.Open();
            Skip(file, place.Offset);
            foreach (var entry in new WarcReader(file).ReadAll(place.Offset, cancel)) return entry.Record is { } record && IsOriginal(record, revisit) ? record : null;
        }
        return null;
    }

    private static bool IsOriginal(WarcRecord record, WarcRecord revisit) => record.Fault() is null
        && WarcDigest.Match(revisit.Headers["WARC-Payload-Digest"], record.Payload.Span) != DigestMatch.Contradicts;

    private static IEnumerable<string> NamesOf(WarcRecord revisit)
    {
        if (revisit.Headers["WARC-Refers-To"] is { } id) yield return id;
        if (revisit.Headers["WARC-Refers-To-Target-URI"] is { } url) yield return $"{revisit.Headers["WARC-Refers-To-Date"]} {url.Trim('<', '>')}";
        if (revisit.Headers["WARC-Payload-Digest"] is { } digest) yield return digest.ToUpperInvariant();
    }

    private static void Skip(Stream file, long bytes)
    {
        if (file.CanSeek) { file.Position = bytes; return; }
        var buffer = new byte[64 << 10];
        for (int read; bytes > 0 && (read = file.Read(buffer, 0, (int)Math.Min(buffer.Length, bytes))) > 0;) bytes -= read;
    }

    private static UInt128 Key(string text) => Digest.OfText(text).High;

    private readonly record struct Place(Func<Stream> Open, long Offset);

    /// <param name="Path">Of the file that it stands in.</param>
    /// <param name="Request">What was asked, where the file has it.</param>
    internal sealed record Deferred(string Path, WarcRecord Revisit, WarcRecord? Request, long Offset);
}
