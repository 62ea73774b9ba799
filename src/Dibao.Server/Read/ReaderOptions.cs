namespace Dibao.Server.Read;

/// <summary>How the reader presents the archive.</summary>
public sealed record ReaderOptions
{
    /// <summary>The nameplate on every page.</summary>
    public string Title { get; init; } = "邸报";

    /// <summary>Where days begin and clock times are shown; UTC+8 unless told otherwise, as in the article files' lists.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.CreateCustomTimeZone("UTC+8", TimeSpan.FromHours(8), "UTC+8", "UTC+8");

    /// <summary>What adding a source asks for. Null on loopback only: then only requests to a loopback host name may add.</summary>
    public string? AddToken { get; init; }

    /// <summary>Scheme, host and path under which readers reach the archive, for the absolute URLs in feeds; null: as each request says.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Whether scripts of archived pages run in the replay's sandbox.</summary>
    public bool ReplayScripts { get; init; }

    /// <summary>Articles on one page of a list.</summary>
    public int PageSize { get; init; } = 40;
}

/// <summary>How a source comes to be watched; absent from the container when the archive is open for reading only.</summary>
/// <param name="AddAsync">Takes what a person typed: a feed's address, or a page that points to feeds.</param>
public sealed record SourceAdding(Func<string, CancellationToken, Task<AddOutcome>> AddAsync);

/// <summary>How a source's past is fetched; absent from the container as <see cref="SourceAdding"/> is, and asks for the same right.</summary>
/// <param name="Start">Takes the source's number, the oldest day wanted, and how many articles a day at the most.</param>
/// <param name="Stop">Takes the source's number.</param>
public sealed record Backfilling(Action<long, DateTimeOffset, int> Start, Action<long> Stop)
{
    public const int DefaultPerDay = 200;
    public const int MostPerDay = 100_000;

    /// <summary>Before it there was no Web.</summary>
    public static readonly DateOnly Earliest = new(1990, 1, 1);

    /// <summary>A day as in 2024-01-31, not before <see cref="Earliest"/> and not to come; days begin in UTC.</summary>
    public static bool TrySince(string? text, DateTimeOffset now, out DateTimeOffset since)
    {
        var isDay = DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day);
        since = new(day, TimeOnly.MinValue, TimeSpan.Zero);
        return isDay && day >= Earliest && since <= now;
    }
}

/// <summary>What adding a source came to.</summary>
public abstract record AddOutcome
{
    private AddOutcome() { }

    /// <param name="Url">The feed that is polled from now on.</param>
    public sealed record Added(string Url, string? Title, string OutletSlug, string OutletName) : AddOutcome;

    public sealed record AlreadyThere(string Url, string OutletSlug, string OutletName) : AddOutcome;

    /// <param name="Message">The thing, the cause and the remedy.</param>
    public sealed record Refused(string Message) : AddOutcome;
}
