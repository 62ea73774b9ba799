namespace Dibao.Warc;

/// <summary>What <c>datapackage.json</c> says about the whole.</summary>
/// <remarks>Source: WACZ 1.1.1 §5.3.</remarks>
public sealed record WaczDescription
{
    public required string Title { get; init; }
    public string? Description { get; init; }

    /// <summary>Name and version of what writes it: <c>Dibao/0.1</c>.</summary>
    public required string Software { get; init; }

    public required DateTimeOffset Created { get; init; }
}
