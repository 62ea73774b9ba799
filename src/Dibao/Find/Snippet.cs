using System.Text;

namespace Dibao.Find;

/// <param name="Text">As in the source, white space made single spaces.</param>
/// <param name="Match">A term of the query was found here.</param>
public readonly record struct SnippetPart(string Text, bool Match);

/// <summary>Shows where a query was found, under the same folding as the index: 訪 marks 访.</summary>
public static class Snippet
{
    private const string Ellipsis = "…";

    /// <summary>The passage with most of the query's terms, from the beginning of a sentence where one is near;
    /// the beginning of the text where no term occurs.</summary>
    /// <param name="maxCharacters">UTF-16 units, the ellipses included; at least 20.</param>
    public static IReadOnlyList<SnippetPart> Make(string text, SearchQuery query, int maxCharacters = 160)
    {
        var matches = TermMatches.In(text, query);
        var passage = Passage.Choose(text, matches, Math.Max(20, maxCharacters) - (2 * Ellipsis.Length));
        var parts = new List<SnippetPart>();
        if (passage.Start > 0) Add(parts, Ellipsis, match: false);
        AddParts(parts, text, passage, matches);
        if (passage.End < text.AsSpan().TrimEnd().Length) Add(parts, Ellipsis, match: false);
        return parts;
    }

    /// <summary>All of <paramref name="title"/>, its matches marked.</summary>
    public static IReadOnlyList<SnippetPart> Highlight(string title, SearchQuery query)
    {
        var parts = new List<SnippetPart>();
        AddParts(parts, title, new Passage(0, title.Length), TermMatches.In(title, query));
        return parts;
    }

    // Matches may overlap, as 莫斯科 and 斯科特 do in 莫斯科特: what they cover together is marked once.
    private static void AddParts(List<SnippetPart> parts, string text, Passage passage, List<TermMatch> matches)
    {
        var at = passage.Start;
        foreach (var match in matches)
        {
            if (match.Start >= passage.End) break;
            var start = Math.Max(match.Start, at);
            var end = Math.Min(match.End, passage.End);
            if (end <= start) continue;
            Add(parts, text.AsSpan(at, start - at), match: false);
            Add(parts, text.AsSpan(start, end - start), match: true);
            at = end;
        }
        Add(parts, text.AsSpan(at, passage.End - at), match: false);
    }

    private static void Add(List<SnippetPart> parts, ReadOnlySpan<char> text, bool match)
    {
        if (text.IsEmpty) return;
        var shown = WithSingleSpaces(text);
        if (parts.Count > 0 && parts[^1].Match == match) parts[^1] = new SnippetPart(parts[^1].Text + shown, match);
        else parts.Add(new SnippetPart(shown, match));
    }

    private static string WithSingleSpaces(ReadOnlySpan<char> text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c)) shown.Append(c);
            else if (shown.Length == 0 || shown[^1] != ' ') shown.Append(' ');
        }
        return shown.ToString();
    }
}
