using System.Collections.Frozen;
using Dibao.Extract.Markup;

namespace Dibao.Extract.Page;

/// <summary>How an element takes part in the running text.</summary>
internal enum TagRole : byte
{
    /// <summary>Part of a line of text; also everything unknown without a hyphen, and MathJax's.</summary>
    Inline,

    /// <summary>Starts and ends a line: containers and paragraphs.</summary>
    Block,
    Heading,
    LineBreak,
    Image,

    /// <summary>A frame, film or recording: of what it holds, nothing is read.</summary>
    Embed,

    /// <summary>Never shown: with all that it holds.</summary>
    Never,

    /// <summary>A text node.</summary>
    Text,
}

internal static class Tags
{
    private static readonly FrozenDictionary<string, TagRole> Roles = All().ToFrozenDictionary(StringComparer.Ordinal);

    // Its elements stand in lines.
    private const string MathJax = "mjx-";

    private static readonly TagRole[] Known = [.. Enumerable.Range(0, (int)Tag.Other).Select(tag => RoleOf(TagNames.Of((Tag)tag)))];

    public static TagRole RoleOf(MarkupTree tree, int row) => tree[row].Space != NameSpace.Html ? TagRole.Never : tree[row].Tag < Tag.Other ? Known[(int)tree[row].Tag] : RoleOf(tree.Names[tree[row].Tag]);

    public static TagRole RoleOf(string name) =>
        Roles.TryGetValue(name, out var role) ? role : name.Contains('-', StringComparison.Ordinal) && !IsMathJax(name) ? TagRole.Block : TagRole.Inline;

    /// <summary>Whether a name is of the elements that MathJax 3 lays a formula out in.</summary>
    public static bool IsMathJax(string name) => name.StartsWith(MathJax, StringComparison.Ordinal);

    private static IEnumerable<KeyValuePair<string, TagRole>> All() =>
    [
        .. Of(TagRole.Embed, "iframe video audio"),
        .. Of(TagRole.Block, "address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer form " +
            "header hgroup html legend li main menu nav ol p pre search section summary table tbody td tfoot th thead tr ul caption"),
        .. Of(TagRole.Heading, "h1 h2 h3 h4 h5 h6"),
        .. Of(TagRole.LineBreak, "br hr"),
        .. Of(TagRole.Image, "img amp-img amp-anim"),
        .. Of(TagRole.Never, "applet area base button canvas col colgroup datalist dialog embed frame frameset head input " +
            "link map meta meter noembed noframes noscript object optgroup option param progress script select source style svg math " +
            "template textarea title track xmp amp-ad amp-embed amp-iframe amp-analytics share-button share-modal"),
    ];

    private static IEnumerable<KeyValuePair<string, TagRole>> Of(TagRole role, string names) =>
        names.Split(' ').Select(name => KeyValuePair.Create(name, role));
}
