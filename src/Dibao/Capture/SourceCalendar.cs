using Dibao.Capture.Sources;

namespace Dibao.Capture;

/// <summary>Which source comes next. In memory, so that ten thousand of them cost a glance and no query.</summary>
/// <remarks>Used by one thread. Several sources of one host take turns: otherwise a slow host would take all places.</remarks>
internal sealed class SourceCalendar
{
    private const int UnderWayAtOneHost = 4;

    private readonly Dictionary<long, Appointment> appointments = [];
    private readonly PriorityQueue<long, long> queue = new();
    private readonly Dictionary<string, Door> doors = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<long> admitted = new();
    private readonly HashSet<long> underWay = [];

    /// <summary>When the next one is due, in Unix milliseconds; null when none is.</summary>
    public long? NextDue => admitted.Count > 0 ? 0 : queue.TryPeek(out _, out var due) ? due : null;

    public int UnderWay => underWay.Count;

    /// <summary>Starts over with what is watched now; what is under way stays so.</summary>
    public void Load(IEnumerable<CalendarEntry> entries)
    {
        appointments.Clear();
        queue.Clear();
        admitted.Clear();
        foreach (var door in doors.Values) door.Waiting.Clear();
        foreach (var entry in entries)
        {
            var due = entry.NextPoll?.ToUnixTimeMilliseconds() ?? 0;
            appointments[entry.SourceId] = new(entry.Host, due);
            if (!underWay.Contains(entry.SourceId)) queue.Enqueue(entry.SourceId, due);
        }
    }

    /// <summary>Another time for a source; passed over for one that is not watched.</summary>
    public void Set(long source, DateTimeOffset due)
    {
        if (!appointments.TryGetValue(source, out var appointment)) return;
        var at = due.ToUnixTimeMilliseconds();
        appointments[source] = appointment with { Due = at };
        if (!underWay.Contains(source)) queue.Enqueue(source, at);
    }

    /// <summary>Takes the source that is due the longest; it is under way until <see cref="End"/>.</summary>
    public bool TryTake(DateTimeOffset now, out long source)
    {
        while (admitted.TryDequeue(out source))
        {
            if (!underWay.Contains(source) && appointments.TryGetValue(source, out var appointment)) return Take(source, appointment);
        }
        var limit = now.ToUnixTimeMilliseconds();
        while (queue.TryPeek(out source, out var due) && due <= limit)
        {
            queue.Dequeue();
            // An older appointment of a source that has another now.
            if (underWay.Contains(source) || !appointments.TryGetValue(source, out var appointment) || appointment.Due != due) continue;
            var door = DoorOf(appointment.Host);
            if (door.UnderWay < UnderWayAtOneHost) return Take(source, appointment);
            door.Waiting.Enqueue(source);
        }
        return false;
    }

    /// <summary>A source is no longer under way.</summary>
    /// <param name="next">Null forgets it: it is polled no more.</param>
    public void End(long source, string host, DateTimeOffset? next)
    {
        underWay.Remove(source);
        var door = DoorOf(host);
        door.UnderWay--;
        if (door.Waiting.TryDequeue(out var waiting)) admitted.Enqueue(waiting);
        else if (door.UnderWay == 0) doors.Remove(host);
        if (next is { } due) Set(source, due);
        else appointments.Remove(source);
    }

    /// <summary>The host by which a source takes its turn; null for one that is not watched.</summary>
    public string? HostOf(long source) => appointments.TryGetValue(source, out var appointment) ? appointment.Host : null;

    private bool Take(long source, Appointment appointment)
    {
        underWay.Add(source);
        DoorOf(appointment.Host).UnderWay++;
        return true;
    }

    private Door DoorOf(string host)
    {
        if (!doors.TryGetValue(host, out var door)) doors[host] = door = new();
        return door;
    }

    private readonly record struct Appointment(string Host, long Due);

    private sealed class Door
    {
        public int UnderWay { get; set; }
        public Queue<long> Waiting { get; } = new();
    }
}
