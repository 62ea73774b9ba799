using System.Collections.Frozen;
using Dibao.Extract.Sites;

namespace Dibao.Capture.FullText;

/// <summary>The operator's site rules with their texts, read once at start. Immutable.</summary>
public sealed class SiteRuleShelf
{
    private readonly SiteRules rules;
    private readonly FrozenDictionary<string, KeptSiteRule> texts;

    private SiteRuleShelf(SiteRules rules, FrozenDictionary<string, KeptSiteRule> texts) => (this.rules, this.texts) = (rules, texts);

    /// <summary>No rules at all.</summary>
    public static SiteRuleShelf Empty { get; } = new(new([]), FrozenDictionary<string, KeptSiteRule>.Empty);

    /// <summary>Rules, one a host.</summary>
    public int Count => texts.Count;

    /// <summary>Lines that were passed over, for the operator to see.</summary>
    public IReadOnlyList<SiteRuleProblem> Problems => rules.Problems;

    /// <param name="folder">Null has none.</param>
    /// <exception cref="IOException">The folder is not there, or a file cannot be read.</exception>
    public static SiteRuleShelf Load(string? folder)
    {
        if (folder is null) return Empty;
        var rules = SiteRules.Load(folder);
        var texts = Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal)
            .Select(path => (Host: Path.GetFileNameWithoutExtension(path), Path: path))
            .Where(file => file.Host.Contains('.', StringComparison.Ordinal) && rules.For(file.Host.TrimStart('.')) is not null)
            .GroupBy(file => file.Host, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(same => same.Key, same => new KeptSiteRule(same.Key.ToLowerInvariant(), File.ReadAllText(same.Last().Path)), StringComparer.OrdinalIgnoreCase);
        return new(rules, texts);
    }

    /// <summary>The rule for a page; null for most.</summary>
    public KeptSiteRule? For(string url) => rules.For(ArticleUrl.Host(url)) is { } rule && texts.TryGetValue(rule.Host, out var text) ? text : null;
}
