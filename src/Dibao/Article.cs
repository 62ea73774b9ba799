using Dibao.Capture.Fetch;

namespace Dibao;

/// <summary>One article of an outlet, through all its versions.</summary>
public sealed record Article
{
    public required long Id { get; init; }
    public required Outlet Outlet { get; init; }

    /// <summary>The article's URL as first captured, serialised as the WHATWG URL standard does.</summary>
    public required string Url { get; init; }

    public required ArticleState State { get; init; }

    /// <summary>Since when <see cref="State"/> holds.</summary>
    public required DateTimeOffset StateSince { get; init; }

    public required DateTimeOffset FirstCaptured { get; init; }
    public required DateTimeOffset LastCaptured { get; init; }

    /// <summary>Its place in lists: when it was published, or else first captured.</summary>
    public required DateTimeOffset Newest { get; init; }

    /// <summary>Name of its article file: counts down from 0xFFFFF (1048575) within the outlet.</summary>
    public required int Number { get; init; }

    /// <summary>How many versions are kept; 0 when the URL is known but was never captured.</summary>
    public required int VersionCount { get; init; }

    /// <summary>The newest version; empty when it was taken down.</summary>
    public required ArticleVersion Current { get; init; }

    /// <summary>Why nothing of it is left; null while it is kept.</summary>
    public Removal? Removal { get; init; }
}

/// <summary>What the outlet's server last said about an article. The numbers stand in catalogues.</summary>
public enum ArticleState
{
    /// <summary>There, in the words it was first captured with.</summary>
    Live = 0,

    /// <summary>404, 410 or 451 at the last check.</summary>
    Gone = 1,

    /// <summary>Known from a list, never captured.</summary>
    Known = 2,

    /// <summary>Imported from a file; the outlet itself was not asked.</summary>
    Imported = 3,

    /// <summary>There, in other words than at first.</summary>
    Changed = 4,

    /// <summary>Its address leads elsewhere than it did when it was first captured.</summary>
    Redirected = 5,

    /// <summary>It was gone or led elsewhere, and is there again.</summary>
    Back = 6,

    /// <summary>Removed from this archive (<see cref="Takedown"/>); the outlet is not asked any more.</summary>
    TakenDown = 7,
}

/// <summary>One wording of an article. A change makes a new one, never an overwrite.</summary>
public sealed record ArticleVersion
{
    /// <summary>UTF-16 units of a lead.</summary>
    public const int MaxLead = 400;

    /// <summary>Bytes of a lead in UTF-8: Chinese says in 160 characters what English says in 400.</summary>
    public const int MaxLeadBytes = 480;

    public required long Id { get; init; }
    public required long ArticleId { get; init; }

    /// <summary>1 for the first.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The capture that first held this wording.</summary>
    public required long CaptureId { get; init; }

    public required VersionOrigin Origin { get; init; }
    public required DateTimeOffset Captured { get; init; }
    public required string Title { get; init; }
    public string? Standfirst { get; init; }

    /// <summary>How the text begins, for lists: at most <see cref="MaxLead"/> UTF-16 units and <see cref="MaxLeadBytes"/> bytes.</summary>
    public required string Lead { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];
    public DateTimeOffset? Published { get; init; }
    public DateTimeOffset? Modified { get; init; }

    /// <summary>BCP 47, by the text: <c>zh-Hans</c>.</summary>
    public string? Language { get; init; }

    public string? LeadImage { get; init; }

    /// <summary>What stands under it.</summary>
    public string? LeadCaption { get; init; }

    public IReadOnlyList<string> Sections { get; init; } = [];

    /// <summary>Of title, standfirst and text: two versions differ when this does.</summary>
    public required Digest Wording { get; init; }

    /// <summary>The standfirst, to be shown before the text; null where the text says it too: some are its beginning, taken from a feed or the page's description.</summary>
    public string? StandfirstOver(ArticleBody body) =>
        Standfirst?.Trim() is { Length: > 0 } standfirst && !body.Text.Contains(standfirst.TrimEnd('…', '.', '。', ' '), StringComparison.Ordinal) ? standfirst : null;
}

/// <summary>Which of a capture's records a version was read from.</summary>
public enum VersionOrigin
{
    Page = 0,
    Feed = 1,
    File = 2,
}

/// <summary>The words of one version, loaded only where they are shown.</summary>
/// <param name="Html">Through the allow-list sanitizer: safe to show.</param>
/// <param name="Text">Paragraphs divided by empty lines.</param>
public sealed record ArticleBody(string Html, string Text);

/// <summary>One kept capture: where its records lie and what they answered.</summary>
public sealed record KeptCapture
{
    public required long Id { get; init; }
    public required Capture.CaptureKind Kind { get; init; }
    public required string Url { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>HTTP status of the final answer; null where nothing was fetched.</summary>
    public int? Status { get; init; }

    /// <summary>Position in the transparency log, from 0: one leaf a capture.</summary>
    public required long Leaf { get; init; }

    public required IReadOnlyList<KeptRecord> Records { get; init; }
}

/// <summary>One WARC record on disk.</summary>
/// <param name="Type">WARC-Type: <c>request</c>, <c>response</c>, <c>revisit</c>, <c>resource</c>, <c>conversion</c>, <c>metadata</c>.</param>
/// <param name="Segment">File name of the segment.</param>
/// <param name="Offset">Of its gzip member, bytes.</param>
/// <param name="Length">Of its gzip member, bytes.</param>
/// <param name="Payload">Digest of the payload, where it has one.</param>
public sealed record KeptRecord(string Type, string Segment, long Offset, long Length, Digest? Payload);
