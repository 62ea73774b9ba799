namespace Dibao.Warc;

/// <summary>Holds each revisit against the record that it refers to, which may come later or in another file of the set.</summary>
/// <remarks>Source: WARC 1.1 §6.7.</remarks>
internal sealed class RevisitCheck
{
    // By record id, and by address and date: the digest that the original gives its payload ("" where it gives none).
    private readonly Dictionary<UInt128, string> originals = [];
    private readonly List<Waiting> waiting = [];

    public IEnumerable<string> Add(string file, long offset, WarcRecord record)
    {
        if (record.Type is "response" or "resource") Remember(record);
        if (record.Type != "revisit") yield break;
        var profile = record.Headers["WARC-Profile"];
        if (profile is null) { yield return "a revisit has no WARC-Profile"; yield break; }
        // That nothing had changed is said of a resource, not of a record; it may stand alone.
        if (profile.EndsWith("/server-not-modified", StringComparison.Ordinal)) yield break;
        var digest = record.Headers["WARC-Payload-Digest"];
        if (digest is null) { yield return "a revisit of an identical payload has no WARC-Payload-Digest"; yield break; }
        var revisit = new Waiting(file, offset, digest, [.. KeysOf(record)]);
        if (Verdict(revisit, isLast: false) is { } fault) yield return fault;
    }

    public IEnumerable<WarcFault> Unresolved() => waiting.ToList()
        .Select(revisit => (revisit, Fault: Verdict(revisit, isLast: true)))
        .Where(pair => pair.Fault is not null)
        .Select(pair => new WarcFault(pair.revisit.File, pair.revisit.Offset, pair.Fault!, "Check it together with the file that holds the original"));

    private string? Verdict(Waiting revisit, bool isLast)
    {
        foreach (var key in revisit.Keys)
        {
            if (!originals.TryGetValue(key, out var original)) continue;
            return original.Length == 0 || original.Equals(revisit.Digest, StringComparison.OrdinalIgnoreCase)
                ? null
                : "a revisit refers to a record with another payload";
        }
        if (isLast) return "a revisit refers to a record that is in none of the files";
        waiting.Add(revisit);
        return null;
    }

    private void Remember(WarcRecord record)
    {
        var digest = record.Headers["WARC-Payload-Digest"] ?? "";
        originals[WarcCheck.Short(record.Id)] = digest;
        originals.TryAdd(Place(record.TargetUri, record.Headers["WARC-Date"]), digest);
        if (digest.Length > 0) originals.TryAdd(WarcCheck.Short(digest.ToUpperInvariant()), digest);
    }

    // What is said most exactly comes first; a revisit that names nothing is found by its digest.
    private static IEnumerable<UInt128> KeysOf(WarcRecord revisit)
    {
        if (revisit.Headers["WARC-Refers-To"] is { } id) { yield return WarcCheck.Short(id); yield break; }
        if (revisit.Headers["WARC-Refers-To-Target-URI"] is { } url)
        {
            yield return Place(url.Trim('<', '>'), revisit.Headers["WARC-Refers-To-Date"]);
            yield break;
        }
        if (revisit.Headers["WARC-Payload-Digest"] is { } digest) yield return WarcCheck.Short(digest.ToUpperInvariant());
    }

    private static UInt128 Place(string? url, string? date) => WarcCheck.Short($"{date} {url}");

    private sealed record Waiting(string File, long Offset, string Digest, UInt128[] Keys);
}
