using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>What the page gives as its title, in all the places where it does, and its authors: to know them when they are repeated around the text.</summary>
internal sealed class PageHead
{
    private const int MaxLength = 400;
    private const int LeastPart = 12;

    // Of letters and digits: some programs give the beginning of the text as its headline.
    private const int MaxTitle = 200;

    private readonly List<string> _prints;

    private const int LeastName = 5;

    private readonly List<string> _authors;

    public PageHead(IEnumerable<string> authors, params ReadOnlySpan<string?> titles)
    {
        _authors = [.. authors.Where(name => name.Length >= LeastName && name.Contains(' ', StringComparison.Ordinal))];
        _prints = [];
        foreach (var title in titles)
            if (MarkupText.Fingerprint(title) is { Length: > 0 and <= MaxTitle } print && !_prints.Contains(print)) _prints.Add(print);
    }

    /// <summary>The title itself, or with a kicker before or a site's name behind it.</summary>
    public bool SaysTitle(string text)
    {
        if (text.Length >= MaxLength) return false;
        var print = MarkupText.Fingerprint(text);
        return print.Length > 0 && _prints.Exists(title => title == print || Holds(title, print) || Holds(print, title));
    }

    /// <summary>Whether a line names one of the authors and says little else.</summary>
    /// <param name="rest">Characters beside the name.</param>
    public bool NamesAuthor(string text, int rest)
    {
        foreach (var name in _authors)
            if (text.Length <= name.Length + rest && text.Contains(name, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static bool Holds(string longer, string shorter) =>
        shorter.Length >= LeastPart && shorter.Length * 3 >= longer.Length * 2 && longer.Contains(shorter, StringComparison.Ordinal);
}
