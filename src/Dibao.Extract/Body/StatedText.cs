using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>
/// The article's text as the page's structured data states it (schema.org articleBody): a witness to where the article begins and
/// ends and what interrupts it, and no more. Templates leave headings, lists and quotations out of it, and some cut it short.
/// </summary>
internal sealed class StatedText
{
    private const int Window = 12;
    private const double Ending = 0.97;
    private const int MinLetters = 300;
    private const int MaxLetters = 200_000;

    // With the last place where each stands.
    private readonly Dictionary<ulong, int> _windows = [];
    private readonly int _length;

    private StatedText(string print)
    {
        _length = print.Length;
        var at = 0;
        foreach (var window in WindowsOf(print, step: 1)) _windows[window] = at++;
    }

    /// <summary>Null where nothing is stated, or too little to tell anything by.</summary>
    public static StatedText? Of(string? stated)
    {
        if (stated is null || stated.Length is < MinLetters or > MaxLetters) return null;
        var print = MarkupText.Fingerprint(MarkupText.Plain(stated));
        return print.Length < MinLetters ? null : new StatedText(print);
    }

    /// <summary>How much of a line the stated text says, 0 to 1; null where the line is too short to tell.</summary>
    /// <param name="print">A fingerprint.</param>
    public double? ShareOf(string print)
    {
        var (held, all) = (0, 0);
        foreach (var window in WindowsOf(print, step: 3))
        {
            all++;
            if (_windows.ContainsKey(window)) held++;
        }

        return all == 0 ? null : held / (double)all;
    }

    /// <summary>Whether the stated text comes to its end with this line, or a few words later.</summary>
    /// <param name="print">A fingerprint.</param>
    public bool EndsIn(string print)
    {
        if (print.Length < Window) return false;
        foreach (var window in WindowsOf(print[^Window..], step: 1))
            return _windows.TryGetValue(window, out var at) && at + Window >= _length * Ending;
        return false;
    }

    private static IEnumerable<ulong> WindowsOf(string print, int step)
    {
        for (var at = 0; at + Window <= print.Length; at += step)
        {
            var hash = 14695981039346656037;
            for (var i = at; i < at + Window; i++) hash = (hash ^ print[i]) * 1099511628211;
            yield return hash;
        }
    }
}
