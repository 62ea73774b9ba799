using System.Collections.Frozen;
using Dibao.Extract.Page;

namespace Dibao.Extract.Render;

/// <summary>Pictures that stand for a site and not for its article: what a template puts on the card of an article that has none.</summary>
internal static class SiteImages
{
    private const int LeastNumber = 5;

    private static readonly FrozenSet<string> Telling = Set("logo logos icon icons favicon default social share sharing placeholder fallback blank noimage avatar");

    private static readonly FrozenSet<string> Idle = Set(
        "apple touch site web fb facebook twitter og opengraph open graph graphic card cards image images img pic picture png jpg share square wide full large small big print white black dark light color cropped generic no new " +
        "header thumb thumbnail x px copy final version type meta preview media for the");

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the file's name says that it is a site's sign, and nothing beside but the site's name, sizes and versions.</summary>
    public static bool Is(string image, IReadOnlyList<string> siteNames)
    {
        var told = false;
        foreach (var word in WordsOf(image))
        {
            if (Telling.Contains(word)) told = true;
            else if (!Idle.Contains(word) && !IsVersion(word) && !siteNames.Any(name => MarkupText.Fingerprint(name).Contains(word, StringComparison.Ordinal))) return false;
        }

        return told;
    }

    // A size, a year, a checksum; but 2280168 is one picture of many.
    private static bool IsVersion(string word) => word.Any(char.IsAsciiDigit) && (word.Length < LeastNumber || word.Any(char.IsAsciiLetter));

    // Of the file's name, without its ending.
    private static string[] WordsOf(string image)
    {
        var path = SafeUrl.WithoutQuery(image);
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (name.LastIndexOf('.') is > 0 and var dot) name = name[..dot];
        return name.ToString().ToLowerInvariant().Split(['-', '_', '.', '@', '%', '+', ' ', '~'], StringSplitOptions.RemoveEmptyEntries);
    }
}
