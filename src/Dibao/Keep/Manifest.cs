using System.Text.Json;
using System.Text.Json.Serialization;
using Dibao.Capture;
using Dibao.Capture.Fetch;
using Dibao.Capture.FullText;
using Dibao.Log;

namespace Dibao.Keep;

/// <summary>The last record of every capture: what belongs to it. Without its manifest a capture was never acknowledged.</summary>
internal sealed record Manifest
{
    public const string ContentType = "application/vnd.dibao.manifest+json";

    /// <summary>Field of a <c>conversion</c> record: the browser that drew it.</summary>
    public const string RenderedBy = "Dibao-Rendered-By";

    public const string EntryContentType = "application/vnd.dibao.entry+json";
    public const int CurrentFormat = 1;

    [JsonPropertyName("dibao-manifest")]
    public required int Format { get; init; }

    public required CaptureKind Kind { get; init; }
    public required string Url { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>Null for what is the archive's own. Before there were seals, a key of the log had its first outlet here.</summary>
    public OutletName? Outlet { get; init; }

    public string? Source { get; init; }
    public string? PageError { get; init; }
    public SourceChange? Change { get; init; }
    public ManifestFile? File { get; init; }
    public TextPreference? Prefer { get; init; }
    public KeptSiteRule? Rule { get; init; }
    public string? Template { get; init; }
    public Takedown? Takedown { get; init; }
    public LogKeyChange? LogKey { get; init; }
    public SegmentSeal? Seal { get; init; }

    /// <summary>The capture's other records, in order.</summary>
    public required IReadOnlyList<ManifestRecord> Records { get; init; }

    /// <summary>Digest of title, standfirst and text as read at capture; null where there was no article.</summary>
    public string? Wording { get; init; }

    /// <summary>Which revision of the extractor read it.</summary>
    public string? Extractor { get; init; }

    /// <summary>128 random bits, hexadecimal: once the capture is taken down, its leaf tells nothing of what it held.</summary>
    public required string Salt { get; init; }
}

/// <summary>The one leaf that each capture has in the log.</summary>
internal static class CaptureLeaf
{
    /// <param name="manifest">SHA-256 of the uncompressed manifest record: 32 bytes.</param>
    public static Leaf Of(CaptureKind kind, DateTimeOffset at, ReadOnlySpan<byte> manifest) => new(KindOf(kind), at.ToUnixTimeMilliseconds(), manifest);

    private static LeafKind KindOf(CaptureKind kind) => kind switch
    {
        CaptureKind.File or CaptureKind.Known => LeafKind.Import,
        CaptureKind.Takedown => LeafKind.Tombstone,
        CaptureKind.LogKey => LeafKind.Key,
        CaptureKind.Seal => LeafKind.Seal,
        _ => LeafKind.Capture,
    };
}

/// <param name="Sha256">Of the uncompressed record, hexadecimal: a later change of compression keeps every proof.</param>
/// <param name="Role">Null for the page itself.</param>
internal sealed record ManifestRecord(string Id, string Type, string Sha256, ExchangeRole? Role = null);

internal sealed record ManifestFile(string Path, string ContentType, FileDialect Dialect);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(Tombstone))]
[JsonSerializable(typeof(Entry))]
[JsonSerializable(typeof(List<string>))]
internal sealed partial class KeepJson : JsonSerializerContext
{
    private static KeepJson? readable;

    /// <summary>As the default, with Han characters as themselves.</summary>
    // Made on first use: static initializers of the generated half may run after those of this one.
    public static KeepJson Readable => readable ??= new(new JsonSerializerOptions(Default.Options)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
