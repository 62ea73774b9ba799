using Dapper;
using Dibao.Capture.Identity;

namespace Dibao.Capture.Coverage;

/// <summary>The coverage ledger as readers ask it: what was seen, what is kept, what is missing, and why. Thread-safe; reads only.</summary>
public sealed class CoverageLedger(Database database)
{
    /// <summary>Days that one question may cover.</summary>
    public const int MaxDays = 400;

    private const string MissedColumns = """
        SELECT g.source_id AS SourceId, g.entry_id AS EntryId, g.url, g.title, g.first_seen AS FirstSeen, g.last_seen AS LastSeen,
               g.state, g.failure, g.why, g.attempts FROM sightings g JOIN sources s ON s.id = g.source_id AND s.state <> 2
        """;

    /// <summary>The days of a source, the newest first.</summary>
    /// <param name="days">1 to <see cref="MaxDays"/>.</param>
    /// <param name="now">In the time zone of the days.</param>
    public IReadOnlyList<CoverageDay> Days(long source, int days, DateTimeOffset now) => Days([source], days, now)[source];

    /// <summary>As <see cref="Days(long,int,DateTimeOffset)"/>, for several sources at once.</summary>
    public IReadOnlyDictionary<long, IReadOnlyList<CoverageDay>> Days(IReadOnlyCollection<long> sources, int days, DateTimeOffset now)
    {
        var span = DaySpan.Until(now, Math.Clamp(days, 1, MaxDays));
        var counts = Counts(sources, span);
        var troubles = Troubles(sources, span.Start).ToLookup(trouble => trouble.SourceId, trouble => (trouble.Began, trouble.Ended ?? now));
        var (gaps, since) = (Gaps(span.Start, now), FirstLife());
        return sources.Distinct().ToDictionary(source => source, source => (IReadOnlyList<CoverageDay>)[.. span.Days().Select(day => new CoverageDay
        {
            Day = day,
            Counts = counts[(source, day)].ToDictionary(count => count.State, count => count.Count),
            Down = span.Overlap(day, gaps.Select(gap => (gap.Began, gap.Ended))),
            Failing = span.Overlap(day, troubles[source]),
            Unwatched = since is null || span.EndOf(day) <= since,
        })]);
    }

    /// <summary>What a source could not be read for, the newest first.</summary>
    public IReadOnlyList<SourceTrouble> Troubles(long source, int limit) => database.Read(connection => connection.Query<TroubleRow>(
        $"SELECT {TroubleRow.Columns} FROM troubles WHERE source_id = @source ORDER BY began DESC LIMIT @limit",
        new { source, limit }).Select(row => row.ToTrouble()).ToList());

    /// <summary>Troubles of all sources that are watched, the newest first.</summary>
    public IReadOnlyList<SourceTrouble> Troubles(int limit) => database.Read(connection => connection.Query<TroubleRow>(
        $"SELECT {TroubleRow.Columns} FROM troubles WHERE source_id IN (SELECT id FROM sources WHERE state <> 2) ORDER BY IFNULL(ended, last) DESC LIMIT @limit",
        new { limit }).Select(row => row.ToTrouble()).ToList());

    /// <summary>What a source announced and the archive does not hold, the newest first.</summary>
    public IReadOnlyList<MissedEntry> Missed(long source, int limit) => database.Read(connection => connection.Query<MissedRow>(
        $"{MissedColumns} WHERE g.source_id = @source AND g.state IN (1, 2, 3, 4) ORDER BY g.first_seen DESC LIMIT @limit",
        new { source, limit }).Select(row => row.ToEntry()).ToList());

    /// <summary>Entries of all sources of which nothing is kept though they were tried, the newest first.</summary>
    public IReadOnlyList<MissedEntry> Missed(int limit) => database.Read(connection => connection.Query<MissedRow>(
        $"{MissedColumns} WHERE g.state IN (3, 4) ORDER BY g.first_seen DESC LIMIT @limit",
        new { limit }).Select(row => row.ToEntry()).ToList());

    /// <summary>Which sources of its outlet announced an article, the first first.</summary>
    public IReadOnlyList<Sighting> Sightings(long outlet, string articleUrl) => database.Read(connection => connection.Query<(long Source, string Url, string? Title, string Entry, long First)>(
            """
            SELECT s.id, s.url, s.title, g.entry_id, g.first_seen FROM sightings g JOIN sources s ON s.id = g.source_id
            WHERE g.key = @key AND s.outlet_id = @outlet ORDER BY g.first_seen, s.id
            """, new { outlet, key = ArticleKey.Of(articleUrl) })
        .Select(row => new Sighting(row.Source, row.Url, row.Title, row.Entry, Time(row.First))).ToList());

    /// <summary>When the archive itself was not capturing, the newest first; the one that goes on now, if any, ends now.</summary>
    public IReadOnlyList<ArchiveGap> Gaps(DateTimeOffset from, DateTimeOffset now)
    {
        var runs = database.Read(connection => connection.Query<(long Began, long Last)>(
            "SELECT began, last FROM uptime WHERE last >= IFNULL((SELECT MAX(last) FROM uptime WHERE last < @from), 0) ORDER BY began",
            new { from = from.ToUnixTimeMilliseconds() }).ToList());
        var gaps = new List<ArchiveGap>();
        for (var i = 0; i < runs.Count; i++)
        {
            var (began, ended) = (Time(runs[i].Last), i + 1 < runs.Count ? Time(runs[i + 1].Began) : now);
            if (ended - began >= Uptime.LeastGap && ended > from) gaps.Add(new(began, ended));
        }
        gaps.Reverse();
        return gaps;
    }

    private DateTimeOffset? FirstLife() => database.Read(connection => connection.QuerySingle<long?>(
        "SELECT MIN(at) FROM (SELECT MIN(began) AS at FROM uptime UNION ALL SELECT MIN(first_seen) FROM sightings)")) is { } at ? Time(at) : null;

    private ILookup<(long Source, DateOnly Day), (CoverageState State, int Count)> Counts(IReadOnlyCollection<long> sources, DaySpan span) =>
        database.Read(connection => connection.Query<(long Source, long Day, long State, long Count)>(
                """
                SELECT source_id, (first_seen - @start) / 86400000 AS day, state, COUNT(*) FROM sightings
                WHERE source_id IN @sources AND first_seen >= @start AND first_seen < @end GROUP BY 1, 2, 3
                """, new { sources, start = span.Start.ToUnixTimeMilliseconds(), end = span.End.ToUnixTimeMilliseconds() }).ToList())
            .ToLookup(row => (row.Source, span.First.AddDays((int)row.Day)), row => ((CoverageState)row.State, (int)row.Count));

    private List<SourceTrouble> Troubles(IReadOnlyCollection<long> sources, DateTimeOffset from) => database.Read(connection => connection.Query<TroubleRow>(
        $"SELECT {TroubleRow.Columns} FROM troubles WHERE source_id IN @sources AND (ended IS NULL OR ended > @from) ORDER BY began",
        new { sources, from = from.ToUnixTimeMilliseconds() }).Select(row => row.ToTrouble()).ToList());

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private sealed class TroubleRow
    {
        public const string Columns = "id, source_id AS SourceId, began, last, ended, attempts, failure, words";

        public long Id { get; init; }
        public long SourceId { get; init; }
        public long Began { get; init; }
        public long Last { get; init; }
        public long? Ended { get; init; }
        public long Attempts { get; init; }
        public long Failure { get; init; }
        public string Words { get; init; } = "";

        public SourceTrouble ToTrouble() => new()
        {
            Id = Id,
            SourceId = SourceId,
            Began = Time(Began),
            Last = Time(Last),
            Ended = Ended is { } at ? Time(at) : null,
            Attempts = (int)Attempts,
            Failure = (FailureKind)Failure,
            Words = Words,
        };
    }

    private sealed class MissedRow
    {
        public long SourceId { get; init; }
        public string EntryId { get; init; } = "";
        public string Url { get; init; } = "";
        public string? Title { get; init; }
        public long FirstSeen { get; init; }
        public long LastSeen { get; init; }
        public long State { get; init; }
        public long Failure { get; init; }
        public string? Why { get; init; }
        public long Attempts { get; init; }

        public MissedEntry ToEntry() => new()
        {
            SourceId = SourceId,
            EntryId = EntryId,
            Url = Url,
            Title = Title,
            FirstSeen = Time(FirstSeen),
            LastSeen = Time(LastSeen),
            State = (CoverageState)State,
            Failure = (FailureKind)Failure,
            Why = Why,
            Attempts = (int)Attempts,
        };
    }
}
