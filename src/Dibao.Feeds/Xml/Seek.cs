namespace Dibao.Feeds.Xml;

/// <summary>
/// Finds the next occurrence of a delimiter and remembers what was searched, so that asking again, from further on or after more text
/// came, never searches the same characters twice.
/// </summary>
internal sealed class Seek(string what)
{
    // Counted from the start of the document. Between the two there is none, but for one at "to" when it was found.
    private long from = -1;
    private long to = -1;
    private bool found;

    /// <summary>Position in the window at or after <paramref name="start"/>, or -1.</summary>
    public int From(TextWindow window, int start)
    {
        var absolute = window.Released + start;
        var known = from >= 0 && absolute >= from && absolute <= to;
        if (known && found)
            return (int)(to - window.Released);
        var begin = known ? Math.Max(start, (int)(to - window.Released)) : start;
        var at = begin >= window.Length ? -1 : window.Text[begin..].IndexOf(what, StringComparison.Ordinal);
        from = known ? from : absolute;
        found = at >= 0;
        // A delimiter that is only half there may be completed by what comes.
        to = found ? window.Released + begin + at : Math.Max(absolute, window.Released + window.Length - (what.Length - 1));
        return found ? begin + at : -1;
    }
}
