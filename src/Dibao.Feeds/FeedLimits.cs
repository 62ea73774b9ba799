using System.ComponentModel.DataAnnotations;

namespace Dibao.Feeds;

/// <summary>Bounds that keep reading a hostile feed cheap. Time grows linearly with the bytes, memory with the largest entry.</summary>
public sealed record FeedLimits
{
    /// <summary>Bytes, before decoding and after unpacking gzip. Larger input is refused, unread where its length is known.</summary>
    [Range(1, int.MaxValue)]
    public long MaxBytes { get; init; } = 32L << 20;

    /// <summary>Entries kept, from the front; what follows is dropped with a warning.</summary>
    [Range(1, 1_000_000)]
    public int MaxEntries { get; init; } = 10_000;

    /// <summary>Characters of one entry, markup included. Reading stops there with a warning.</summary>
    [Range(1 << 16, 64 << 20)]
    public int MaxEntryLength { get; init; } = 2 << 20;

    /// <summary>Open elements (XML) or containers (JSON) at once.</summary>
    [Range(8, 1_000)]
    public int MaxDepth { get; init; } = 256;

    /// <summary>Elements, attributes and runs of text of one entry, or of the feed's own head: about 60 bytes each. Reading stops there.</summary>
    [Range(1_000, 10_000_000)]
    public int MaxNodes { get; init; } = 200_000;

    /// <summary>Characters that entities declared in a DTD may add to the text.</summary>
    [Range(0, 16 << 20)]
    public int MaxEntityExpansion { get; init; } = 1 << 20;
}
