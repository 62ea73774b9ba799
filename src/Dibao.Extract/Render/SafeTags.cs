using System.Collections.Frozen;

namespace Dibao.Extract.Render;

/// <summary>The allow-list. What is not named here is left out, and what it holds is kept in its place.</summary>
internal static class SafeTags
{
    public static readonly FrozenSet<string> Blocks = Set(
        "p h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre figure figcaption table thead tbody tfoot tr td th caption details summary");

    public static readonly FrozenSet<string> Inlines = Set(
        "a strong b em i u s del ins sub sup small mark code kbd samp var abbr time q cite ruby rt rp rb bdi bdo dfn");

    /// <summary>Blocks whose text stands in them directly; in the others it is given a paragraph.</summary>
    public static readonly FrozenSet<string> TextBlocks = Set("p h2 h3 h4 h5 h6 li td th dt dd figcaption caption summary pre");

    /// <summary>Closed when another block starts inside.</summary>
    public static readonly FrozenSet<string> Paragraphs = Set("p h2 h3 h4 h5 h6 figcaption caption summary");

    private static readonly FrozenDictionary<string, string[]> Plain = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["td"] = ["colspan", "rowspan"], ["th"] = ["colspan", "rowspan"], ["ol"] = ["start", "reversed"], ["li"] = ["value"],
        ["time"] = ["datetime"], ["abbr"] = ["title"], ["img"] = ["alt", "title", "width", "height"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Attributes whose value is kept as it is; URLs have rules of their own.</summary>
    public static IReadOnlyList<string> AttributesOf(string name) => Plain.TryGetValue(name, out var allowed) ? allowed : [];

    /// <summary>The name to write for a tag of the page; null for one that is only looked through.</summary>
    public static string? Translate(string name) => name switch
    {
        "h1" => "h2",
        "strike" => "s",
        "acronym" => "abbr",
        "tt" => "code",
        "dir" or "menu" => "ul",
        _ => Blocks.Contains(name) || Inlines.Contains(name) ? name : null,
    };

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
