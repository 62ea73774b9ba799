using Dibao.Capture.Fetch;

namespace Dibao.Capture.Sources;

/// <summary>A source with its outlet as the catalogue holds them.</summary>
internal sealed class SourceRow
{
    public long Id { get; init; }
    public long OutletId { get; init; }
    public string Url { get; init; } = "";
    public string? Title { get; init; }
    public long State { get; init; }
    public long Kind { get; init; }
    public string? Selector { get; init; }
    public long LastFailure { get; init; }
    public string? ETag { get; init; }
    public string? LastModified { get; init; }
    public byte[]? Payload { get; init; }
    public long? LastAttempt { get; init; }
    public long? LastSuccess { get; init; }
    public string? LastError { get; init; }
    public long Failures { get; init; }
    public long? NextPoll { get; init; }
    public string Slug { get; init; } = "";
    public string Name { get; init; } = "";
    public string? HomeUrl { get; init; }
    public string? Language { get; init; }

    public PollTarget ToTarget() => new()
    {
        Source = ToSource(),
        Outlet = new(Slug, Name, HomeUrl, Language),
        ETag = ETag,
        LastModified = LastModified,
        Payload = Payload is null ? null : Digest.FromBytes(Payload),
    };

    public SourceHealth ToHealth() => new()
    {
        Source = ToSource(),
        Outlet = new() { Id = OutletId, Slug = Slug, Name = Name, HomeUrl = HomeUrl, Language = Language },
        LastAttempt = Moment(LastAttempt),
        LastSuccess = Moment(LastSuccess),
        LastError = LastError,
        Failure = (FailureKind)LastFailure,
        Failures = (int)Failures,
        NextPoll = State == (long)SourceState.Active ? Moment(NextPoll) : null,
    };

    private Source ToSource() =>
        new() { Id = Id, OutletId = OutletId, Url = Url, Title = Title, State = (SourceState)State, Kind = (SourceKind)Kind, Selector = Selector };

    private static DateTimeOffset? Moment(long? milliseconds) =>
        milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
