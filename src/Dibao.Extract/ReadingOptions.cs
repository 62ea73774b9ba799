using Dibao.Extract.Metadata;
using Dibao.Extract.Sites;

namespace Dibao.Extract;

/// <summary>What is known beside the page itself. All of it may be absent.</summary>
public sealed record ReadingOptions
{
    public ArticleHints Hints { get; init; } = new();

    /// <summary>The operator's rules; that of the page's host is used while it holds.</summary>
    public SiteRules? Rules { get; init; }

    /// <summary>What recurs on the outlet's pages, and is left out of this one.</summary>
    public SiteTemplate? Template { get; init; }

    /// <summary>When the page was fetched: what "2 hours ago" and a rule's last day are counted from. Without it neither is used.</summary>
    public DateTimeOffset? Fetched { get; init; }

    /// <summary>Told of what was chosen between, and by which facts: what their worth is learned from.</summary>
    internal Action<Ballot>? Tell { get; init; }
}
