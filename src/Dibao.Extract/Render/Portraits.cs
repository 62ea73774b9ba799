using Dibao.Extract.Page;

namespace Dibao.Extract.Render;

/// <summary>Takes the author's portrait out of the body: a picture beside the byline, which is no longer there.</summary>
internal static class Portraits
{
    // Beside the name, in letters: its house, "portrait of". A longer text tells of what is to be seen.
    private const int MaxBeside = 12;

    public static void Remove(SafeNode body, IReadOnlyList<string> authors)
    {
        if (authors.Count == 0) return;
        var names = authors.Select(MarkupText.Fingerprint).Where(name => name.Length > 1).ToList();
        body.Children.RemoveAll(block => LeadImages.Only(block)?.Attribute("alt") is { Length: > 0 } alt && Names(MarkupText.Fingerprint(alt), names));
    }

    private static bool Names(string alt, List<string> names) =>
        names.Exists(name => alt.Contains(name, StringComparison.Ordinal) && alt.Length - name.Length <= Math.Min(MaxBeside, 2 * name.Length));
}
