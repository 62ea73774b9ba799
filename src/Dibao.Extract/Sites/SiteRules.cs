using System.Collections.Frozen;
using System.Text;

namespace Dibao.Extract.Sites;

/// <summary>The operator's rules, a file a host: <c>news.example.txt</c>, or <c>.news.example.txt</c> for all hosts below it too.</summary>
/// <remarks>Immutable, and safe for use by many threads.</remarks>
public sealed class SiteRules
{
    private const int MaxFiles = 20_000;
    private const int MaxFileBytes = 256 << 10;

    private readonly FrozenDictionary<string, SiteRule> _byHost;

    /// <param name="rules">Of several for one host, the last.</param>
    public SiteRules(IEnumerable<SiteRule> rules, IReadOnlyList<SiteRuleProblem>? problems = null)
    {
        var byHost = new Dictionary<string, SiteRule>(StringComparer.OrdinalIgnoreCase);
        foreach (var rule in rules) byHost[rule.Host] = rule;
        _byHost = byHost.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        Problems = problems ?? [];
    }

    public int Count => _byHost.Count;

    /// <summary>Lines that were passed over, for the operator to see; the rest of their files is used.</summary>
    public IReadOnlyList<SiteRuleProblem> Problems { get; }

    /// <summary>Reads every <c>.txt</c> of a folder, in the order of their names; folders inside are not read.</summary>
    /// <exception cref="IOException">The folder is not there, or a file cannot be read.</exception>
    public static SiteRules Load(string folder)
    {
        var problems = new List<SiteRuleProblem>();
        var rules = new List<SiteRule>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal).Take(MaxFiles))
        {
            var host = Path.GetFileNameWithoutExtension(path);
            if (!host.Contains('.', StringComparison.Ordinal) || host.StartsWith("LICENSE", StringComparison.OrdinalIgnoreCase)) continue;
            if (new FileInfo(path).Length > MaxFileBytes) problems.Add(new(Path.GetFileName(path), 0, $"is larger than {MaxFileBytes >> 10} KiB; no rule is"));
            else rules.Add(SiteRuleText.Parse(host, File.ReadAllText(path, Encoding.UTF8), problems));
        }

        return new SiteRules(rules, problems);
    }

    /// <summary>The rule of a host: its own, that of it without www, or the nearest of a domain above it. Null for none.</summary>
    public SiteRule? For(string? host)
    {
        if (string.IsNullOrEmpty(host)) return null;
        var name = host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;
        if (_byHost.TryGetValue(name, out var own)) return own;
        for (var at = 0; at >= 0; at = name.IndexOf('.', at + 1))
            if (_byHost.TryGetValue(at == 0 ? "." + name : name[at..], out var above)) return above;
        return null;
    }
}

/// <param name="Line">From 1; 0 for the whole file.</param>
public sealed record SiteRuleProblem(string File, int Line, string Reason)
{
    public override string ToString() => Line == 0 ? $"{File} {Reason}." : $"{File}, line {Line}: {Reason}.";
}
