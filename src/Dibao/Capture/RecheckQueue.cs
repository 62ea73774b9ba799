namespace Dibao.Capture;

/// <summary>Articles that are due, a few of each host at a time, so that one slow outlet does not hold back the others' articles. Used by one thread.</summary>
internal sealed class RecheckQueue(Rechecks rechecks, TimeProvider time)
{
    public const int UnderWayAtMost = 64;

    private const int Drawn = 1024;
    private const int UnderWayAtOneHost = 2;
    private static readonly TimeSpan DrawsAgain = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Queue<RecheckTarget>> byHost = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> atHost = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<long> underWay = [];
    private long? drawn;
    private bool more;

    /// <summary>Takes what may start now; each is under way until <see cref="End"/>.</summary>
    public IReadOnlyList<RecheckTarget> Take()
    {
        Draw();
        var taken = new List<RecheckTarget>();
        foreach (var (host, waiting) in byHost)
        {
            while (underWay.Count < UnderWayAtMost && atHost.GetValueOrDefault(host) < UnderWayAtOneHost && waiting.TryDequeue(out var target))
            {
                if (!underWay.Add(target.ArticleId)) continue;
                atHost[host] = atHost.GetValueOrDefault(host) + 1;
                taken.Add(target);
            }
        }
        return taken;
    }

    public void End(RecheckTarget target)
    {
        underWay.Remove(target.ArticleId);
        var host = HostOf(target);
        if (--atHost[host] == 0) atHost.Remove(host);
    }

    // When what was drawn is old, or all of it is started and there was more.
    private void Draw()
    {
        if (underWay.Count >= UnderWayAtMost) return;
        if (drawn is { } last && time.GetElapsedTime(last) < DrawsAgain && !(more && byHost.Values.All(waiting => waiting.Count == 0))) return;
        drawn = time.GetTimestamp();
        byHost.Clear();
        var due = rechecks.Due(time.GetUtcNow(), Drawn);
        more = due.Count == Drawn;
        foreach (var target in due)
        {
            if (underWay.Contains(target.ArticleId)) continue;
            var host = HostOf(target);
            if (!byHost.TryGetValue(host, out var waiting)) byHost[host] = waiting = new();
            waiting.Enqueue(target);
        }
    }

    private static string HostOf(RecheckTarget target) => ArticleUrl.Host(target.Url);
}
