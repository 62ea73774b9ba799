using System.Buffers;
using System.Collections.Frozen;
using Dibao.Extract.Markup;

namespace Dibao.Extract.Page;

/// <summary>
/// One linear pass before AngleSharp parses: takes out scripts, styles and comments (most bytes of a news page), and bounds what the
/// tree builder may be made to do, whose cost grows with depth × elements.
/// </summary>
/// <remarks>Not a safety filter: the sanitizer works on the parsed tree.</remarks>
internal sealed class MarkupFilter
{
    public const int MaxChars = 8_000_000;

    /// <summary>The attribute of a div that the page has as a form.</summary>
    public const string FormMark = "data-form";

    private const int MaxDepth = 240;
    private const int MaxOpenFormatting = 24;
    private const int MaxElements = 400_000;
    private const int MaxAttributes = 256;
    private const int MaxFrames = 200;

    private static readonly SearchValues<char> NameEnd = SearchValues.Create(" \t\r\n\f/>");

    private static readonly FrozenSet<string> Void = Set(
        "area base br col embed hr img input link meta param source track wbr");

    // Closed by their next sibling or their parent, so that an open one does not mean depth.
    private static readonly FrozenSet<string> EndOptional = Set(
        "p li td th tr tbody thead tfoot dt dd colgroup caption html body head a button nobr h1 h2 h3 h4 h5 h6");

    private static readonly FrozenSet<string> Formatting = Set("b big code em font i s small strike strong tt u");

    private static readonly FrozenSet<string> RawText = Set("script style textarea title xmp iframe noembed noframes svg math template");

    // Stops the tree builder's search for the element that an end tag of another name closes (HTML §13.2.4.2, "special").
    private static readonly FrozenSet<string> Special = Set(
        "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form header hgroup " +
        "main marquee menu nav object ol pre search section select summary table template ul applet");

    // Nothing outside of these is closed from within.
    private static readonly FrozenSet<string> Scope = Set("table object applet marquee template select");

    // So that a common element costs no string.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Names =
        Set("div span section article ul ol header footer figure figcaption main aside nav label picture form table svg blockquote dl pre time").GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly string _html;
    private char[] _kept; // of the pool: half a megabyte a page is not for the collector
    private int _length;
    private readonly List<string> _open = [];
    private readonly HashSet<string> _neverClosed = new(StringComparer.OrdinalIgnoreCase);
    private int _formatting;
    private bool _inLink;
    private int _elements;
    private int _frames;

    private MarkupFilter(string html)
    {
        _html = html;
        _kept = ArrayPool<char>.Shared.Rent(html.Length + 64);
    }

    /// <summary>Whether anything but scripts, styles and comments was left out.</summary>
    public bool Cut { get; private set; }

    private static FrozenSet<string> Set(string names) =>
        names.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static string Apply(string html, out bool cut)
    {
        cut = html.Length > MaxChars;
        var filter = new MarkupFilter(WellFormed.Of(cut ? html[..MaxChars] : html));
        try
        {
            filter.Run();
            cut |= filter.Cut;
            return new string(filter._kept, 0, filter._length);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(filter._kept);
        }
    }

    private void Run()
    {
        var at = 0;
        while (at < _html.Length)
        {
            var open = _html.IndexOf('<', at);
            if (open < 0 || _elements > MaxElements) break;
            Keep(_html.AsSpan(at, open - at));
            at = Markup(open);
        }

        if (_elements > MaxElements) Cut = true;
        else if (at < _html.Length) Keep(_html.AsSpan(at));
    }

    private void Keep(ReadOnlySpan<char> markup)
    {
        if (markup.Length > _kept.Length - _length)
        {
            var larger = ArrayPool<char>.Shared.Rent(Math.Max(_kept.Length * 2, _length + markup.Length));
            _kept.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<char>.Shared.Return(_kept);
            _kept = larger;
        }

        markup.CopyTo(_kept.AsSpan(_length));
        _length += markup.Length;
    }

    private void KeepEndTag(ReadOnlySpan<char> name)
    {
        Keep("</");
        Keep(name);
        Keep(">");
    }

    // Returns where to go on.
    private int Markup(int open)
    {
        var rest = _html.AsSpan(open);
        if (rest.StartsWith("<!--", StringComparison.Ordinal)) return Comment(open);
        if (rest.Length < 2) { Keep("<"); return open + 1; }
        if (char.IsAsciiLetter(rest[1])) return StartTag(open);
        if (rest[1] == '/' && rest.Length > 2 && char.IsAsciiLetter(rest[2])) return EndTag(open);
        if (rest[1] is '!' or '?' or '/')
        {
            var end = _html.IndexOf('>', open);
            return end < 0 ? _html.Length : end + 1;
        }

        Keep("&lt;");
        return open + 1;
    }

    private int Comment(int open)
    {
        if (_html.AsSpan(open + 4).StartsWith(">", StringComparison.Ordinal)) return open + 5;
        var end = FindFrom("-->", open + 4);
        if (end >= 0) return end + 3;
        end = _html.IndexOf('>', open);
        return end < 0 ? _html.Length : end + 1;
    }

    // A search that failed once fails for the rest of the page: remembered, or many openings would each scan to the end.
    private int FindFrom(string wanted, int from)
    {
        if (_neverClosed.Contains(wanted)) return -1;
        // By its first character, which has no case: with invariant globalization, IndexOf that ignores case is many times slower.
        for (var at = _html.IndexOf(wanted[0], from); at >= 0; at = _html.IndexOf(wanted[0], at + 1))
            if (_html.AsSpan(at).StartsWith(wanted, StringComparison.OrdinalIgnoreCase)) return at;
        _neverClosed.Add(wanted);
        return -1;
    }

    private int StartTag(int open)
    {
        var name = NameAt(open + 1);
        var end = TagEnd(open + 1 + name.Length, out var attributes);
        if (end < 0) return _html.Length;
        var tag = _html.AsSpan(open, end - open);
        if (Holds(RawText, name)) return RawElement(tag, name, end);
        if (attributes > MaxAttributes) { Cut = true; return end; }
        if (!Count(Is(name, "form") ? "div" : name)) { Cut = true; return end; }

        // A form's end tag takes only the form off the stack of open elements: as a div it nests like everything else.
        CloseLink(name);
        if (Is(name, "form")) Keep("<div " + FormMark);
        Keep(Is(name, "form") ? tag[(1 + name.Length)..] : tag);
        return end;
    }

    // A link inside a link closes it, by a search whose cost grows with the page: better said outright.
    private void CloseLink(ReadOnlySpan<char> name)
    {
        if (!Is(name, "a")) return;
        if (_inLink) Keep("</a>");
        _inLink = true;
    }

    // False when the tag would nest too deep.
    private bool Count(ReadOnlySpan<char> name)
    {
        _elements++;
        if (Holds(Void, name)) return true;
        if (Holds(Formatting, name)) return ++_formatting <= MaxOpenFormatting || --_formatting < 0;
        if (Holds(EndOptional, name))
        {
            _elements += _formatting; // the tree builder opens them anew in each
            return true;
        }

        if (_open.Count >= MaxDepth) return false;
        _open.Add(Names.TryGetValue(name, out var known) ? known : name.ToString().ToLowerInvariant());
        return true;
    }

    private int EndTag(int open)
    {
        var name = NameAt(open + 2);
        var end = _html.IndexOf('>', open);
        if (end < 0) return _html.Length;
        if (Is(name, "form")) name = "div";
        if (Is(name, "a")) _inLink = false;
        if (Holds(Formatting, name)) _formatting = Math.Max(0, _formatting - 1);
        else if (!Holds(EndOptional, name)) Close(name);
        KeepEndTag(name);
        return end + 1;
    }

    private void Close(ReadOnlySpan<char> name)
    {
        var special = Holds(Special, name);
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (Is(name, _open[i]))
            {
                _open.RemoveRange(i, _open.Count - i);
                return;
            }

            if (special ? Scope.Contains(_open[i]) : Special.Contains(_open[i])) return;
        }
    }

    // Scripts, styles and drawings go with what they hold; a title and structured data stay.
    private int RawElement(ReadOnlySpan<char> tag, ReadOnlySpan<char> name, int end)
    {
        var close = FindFrom(string.Concat("</", name), end);
        var closeEnd = close < 0 ? -1 : _html.IndexOf('>', close);
        if (Is(name, "title") || (Is(name, "script") && tag.Contains("ld+json", StringComparison.OrdinalIgnoreCase)))
        {
            _elements++;
            Keep(tag);
            Keep(_html.AsSpan(end, (close < 0 ? _html.Length : close) - end));
            KeepEndTag(name);
        }
        else if (Is(name, "iframe") && ++_frames <= MaxFrames)
        {
            _elements++;
            Keep(tag);
            KeepEndTag(name);
        }

        if (Is(name, "svg") && (close < 0 || tag.EndsWith("/>", StringComparison.Ordinal))) return end;
        return closeEnd < 0 ? _html.Length : closeEnd + 1;
    }

    private ReadOnlySpan<char> NameAt(int start)
    {
        var rest = _html.AsSpan(start, Math.Min(64, _html.Length - start));
        var length = rest.IndexOfAny(NameEnd);
        return length < 0 ? rest : rest[..length];
    }

    private int TagEnd(int at, out int attributes)
    {
        attributes = 0;
        while (at < _html.Length)
        {
            var c = _html[at];
            if (c == '>') return at + 1;
            if (c is '"' or '\'' && BeforeIsEquals(at))
            {
                at = _html.IndexOf(c, at + 1);
                if (at < 0) return -1;
            }
            else if (char.IsWhiteSpace(c))
            {
                attributes++;
                while (at + 1 < _html.Length && char.IsWhiteSpace(_html[at + 1])) at++;
            }

            at++;
        }

        return -1;
    }

    private bool BeforeIsEquals(int at)
    {
        at--;
        while (at > 0 && char.IsWhiteSpace(_html[at])) at--;
        return _html[at] == '=';
    }

    private static bool Is(ReadOnlySpan<char> name, string tag) => name.Equals(tag, StringComparison.OrdinalIgnoreCase);

    private static bool Holds(FrozenSet<string> names, ReadOnlySpan<char> name) =>
        names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
}
