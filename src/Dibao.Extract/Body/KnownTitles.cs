using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>What the page gives as its title, in all the places where it does: to know it when it is repeated above the text.</summary>
internal sealed class KnownTitles
{
    private const int MaxLength = 400;
    private const int LeastPart = 12;

    private readonly List<string> _prints;

    public KnownTitles(params ReadOnlySpan<string?> titles)
    {
        _prints = [];
        foreach (var title in titles)
            if (MarkupText.Fingerprint(title) is { Length: > 0 } print && !_prints.Contains(print)) _prints.Add(print);
    }

    /// <summary>The title itself, or with a kicker before or a site's name behind it.</summary>
    public bool Says(string text)
    {
        if (text.Length >= MaxLength) return false;
        var print = MarkupText.Fingerprint(text);
        return print.Length > 0 && _prints.Exists(title => title == print || Holds(title, print) || Holds(print, title));
    }

    private static bool Holds(string longer, string shorter) =>
        shorter.Length >= LeastPart && shorter.Length * 3 >= longer.Length * 2 && longer.Contains(shorter, StringComparison.Ordinal);
}
