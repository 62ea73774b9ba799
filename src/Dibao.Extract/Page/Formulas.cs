using System.Text;
using Dibao.Extract.Markup;

namespace Dibao.Extract.Page;

/// <summary>A formula in MathML as a line of text: its source in TeX where the page has it, else its signs in reading order, with a^b, a_b, a/b and √a.</summary>
/// <remarks>MathML Core; alttext and annotation as LaTeXML, KaTeX, MathJax and MediaWiki write them.</remarks>
internal static class Formulas
{
    private const int MaxLength = 2000;
    private const int MaxDepth = 32;
    private const string Displayed = @"{\displaystyle";

    /// <param name="math">The row of a <c>math</c> element.</param>
    public static string Of(MarkupTree markup, int math)
    {
        var source = (Annotation(markup, math) ?? markup.ElementOf(math).GetAttribute("alttext"))?.Trim();
        if (string.IsNullOrEmpty(source)) return Signs(markup, math, 0);
        if (source.StartsWith(Displayed, StringComparison.Ordinal) && source[^1] == '}') source = source[Displayed.Length..^1].Trim();
        return source.Length > MaxLength ? source[..MaxLength] : source;
    }

    // <semantics>…<annotation encoding="application/x-tex">
    private static string? Annotation(MarkupTree markup, int math)
    {
        foreach (var part in markup.ElementOf(math).Children)
        {
            if (part.LocalName != "semantics") continue;
            foreach (var note in part.Children)
                if (note.LocalName == "annotation" && note.GetAttribute("encoding")?.Contains("tex", StringComparison.OrdinalIgnoreCase) == true) return note.TextContent;
        }

        return null;
    }

    // Each part's signs, joined by what its element means.
    private static string Signs(MarkupTree markup, int row, int depth)
    {
        if (depth > MaxDepth) return "";
        var (element, parts, length) = (markup.ElementOf(row), new List<string>(), 0);
        for (var child = markup[row].First; child >= 0 && length < MaxLength; child = markup[child].Next)
        {
            if (markup[child].Kind == RowKind.Text) parts.Add(Shown(markup.TextOf(child)));
            else if (markup[child].Kind == RowKind.Element && markup.ElementOf(child).LocalName is not ("annotation" or "annotation-xml")) parts.Add(Signs(markup, child, depth + 1));
            else continue;
            length += parts[^1].Length;
        }

        if (element.LocalName is not "mtext") parts.RemoveAll(part => part.Length == 0);
        return Joined(element.GetAttribute("linethickness") is ['0', ..] ? "binomial" : element.LocalName, parts);
    }

    private static string Joined(string name, List<string> parts) => (name, parts) switch
    {
        ("msup" or "mover", [var a, var b]) => a + "^" + Whole(b),
        ("msub" or "munder", [var a, var b]) => a + "_" + Whole(b),
        ("msubsup" or "munderover", [var a, var b, var c]) => a + "_" + Whole(b) + "^" + Whole(c),
        ("binomial", [var a, var b]) => a + " " + b,
        ("mfrac", [var a, var b]) => Whole(a) + "/" + Whole(b),
        ("mtr", _) => string.Join(' ', parts),
        ("mtable", _) => string.Join("; ", parts),
        ("msqrt", _) => "√" + Whole(string.Concat(parts)),
        _ => string.Concat(parts),
    };

    private static string Whole(string part) => part.Length > 1 ? "(" + part + ")" : part;

    // White space means nothing there, and neither do the signs that are heard and not seen (U+2061 to U+2064).
    private static string Shown(string text)
    {
        var shown = new StringBuilder();
        foreach (var c in text.AsSpan().Trim())
            if (c is < '\u2061' or > '\u2064') shown.Append(c);
        return shown.ToString();
    }
}
