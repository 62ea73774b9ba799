using System.Text;

namespace Dibao.Tests.Extract.Markup;

/// <summary>Tags in any order: what no author writes on purpose, and every rule of tree construction is about.</summary>
/// <remarks>
/// Left out is what AngleSharp 1.10 reads otherwise than html5lib's tests and the standard do; specs/html-trees.md has it: choices, templates,
/// framesets, th beside td, pre and title in odd places, &lt;/&gt;, CDATA, a less-than sign in a table, names of HTML's in drawings.
/// </remarks>
internal static class TagSoup
{
    private const int MaxPieces = 40;

    private static readonly string[] Pieces =
    [
        .. ("p div b i a em code u small strong big tt nobr font span address blockquote section main article h1 h2 ul li dl dd dt table tr td tbody thead tfoot caption colgroup form button " +
            "option optgroup ruby rt rp rb rtc applet marquee object html body head noscript script style textarea iframe noembed xmp x-y center figure " +
            "summary details nav").Split(' ').SelectMany(name => new[] { $"<{name}>", $"</{name}>" }),
        .. "br hr img image input col link meta base embed source track wbr area param keygen frame".Split(' ').Select(name => $"<{name}>"),
        "<a href=x>", "<font color=red>", "<font size=1>", "<p class=\"a b\">", "<body class=x>", "<html lang=en>", "<input type=hidden>", "<b class=1>", "<b class=2>", "<div/>", "</br>", "</p>",
        "<svg/>", "<svg viewbox=x><g>x</g><path d=a /></svg>", "<svg><desc><p>x</desc></svg>", "<svg><g><p>", "<math><mi>x</mi><mo>=</mo></math>", "<math><annotation-xml encoding=text/html><p>x</annotation-xml></math>", "<td align=left id='a'>", "<!--c-->", "<!---->", "<!doctype html>", "<?pi>", "</ x>", "<!x>", "text", "x", " ", " ", "\n", "\r\n", "\t",
        "&amp;", "&lt;", "&notit;", "&not", "&#65;", "&#x26", "&#0;", "&#128;", "&NotEqualTilde;", "&nbsp", "&", ">", "=", "\"", "'", "é", "中", "<p title='&amp=&copy=1&copy'>", "<p a=1 a=2 A=3>", "<p =x>", "<p a = b/>",
    ];

    public static string Next(Random random)
    {
        var soup = new StringBuilder(random.Next(2) == 0 ? "<!doctype html>" : "");
        for (var left = random.Next(1, MaxPieces); left > 0; left--) soup.Append(Pieces[random.Next(Pieces.Length)]);
        return soup.ToString();
    }
}
