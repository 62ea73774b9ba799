using System.Text;
using AngleSharp.Html.Parser;
using Dibao.Extract;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

/// <summary>A hundred thousand small pages a run: pieces of our own fixtures, cut, doubled, swapped and sown with markup.</summary>
public sealed class ReaderFuzzTests
{
    private const int Inputs = 100_000;
    private const int MaxPiece = 360;
    private const int CheckedOneIn = 16;

    private static readonly string[] Sources = [Fixtures.EnglishPage, Fixtures.TraditionalPage, Fixtures.SimplifiedFragment];

    private static readonly string[] Seeds =
    [
        "<p>", "</p>", "<div class=\"related\">", "</div>", "<article>", "</article>", "<figure><figcaption>", "</figure>", "<table><tr><td>", "<ul><li>", "</ul>", "<h1>", "<h2>", "<br><br>",
        "<blockquote>", "<pre>", "<a href=\"javascript:alert(1)\">", "<a href=/x>", "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "<svg onload=alert(1)>", "<style>", "<!--", "-->", "<![CDATA[",
        "<iframe src=//x.example>", "<template>", "<select><option>", "<math><mi>", "<base href=javascript:>", "&#x0;", "&lt;script&gt;", "\0", "\ud800", "\\ud800", "\u202e", "<p style=\"display:none\">", "<time datetime=x>",
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleBody\":\"", "\"}</script>", "<div class=\"image caption\"><img src=/i.jpg>", "<noscript>", "<b><i><u>", "<meta property=og:title content=\"", "<textarea>", "<plaintext>",
        "<code>", "</code>", "<code>&#xFDD1;", "&#xFDD3;", "<img src=/i.jpg alt=\"&#xFDD6;\">",
    ];

    private static readonly HashSet<string> Allowed =
    [
        "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "figure", "figcaption", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "details", "summary",
        "a", "strong", "b", "em", "i", "u", "s", "del", "ins", "sub", "sup", "small", "mark", "code", "kbd", "samp", "var", "abbr", "time", "q", "cite", "ruby", "rt", "rp", "rb", "bdi", "bdo", "dfn", "br", "hr", "img",
    ];

    [Fact]
    public void No_input_breaks_the_reader_and_none_gets_through_it()
    {
        var random = new Random(20240305);
        var parser = new HtmlParser();
        for (var at = 0; at < Inputs; at++)
        {
            var html = Mutated(random);
            var reading = at % 2 == 0 ? ArticleReader.Read(html, "https://news.example/a") : ArticleReader.ReadFragment(html, null);
            if (at % CheckedOneIn == 0) ShouldBeSafe(reading, parser, html);
        }
    }

    private static void ShouldBeSafe(ArticleReading reading, HtmlParser parser, string html)
    {
        using var document = parser.ParseDocument(reading.Html);
        foreach (var element in document.Body!.QuerySelectorAll("*"))
        {
            Allowed.ShouldContain(element.LocalName, html);
            foreach (var attribute in element.Attributes)
            {
                attribute.Name.StartsWith("on", StringComparison.Ordinal).ShouldBeFalse(html);
                if (attribute.Name is "href" or "src") attribute.Value.StartsWith("javascript", StringComparison.OrdinalIgnoreCase).ShouldBeFalse(html);
            }
        }
    }

    private static string Mutated(Random random)
    {
        var source = Sources[random.Next(Sources.Length)];
        var length = random.Next(20, MaxPiece);
        var from = random.Next(0, Math.Max(1, source.Length - length));
        var text = new StringBuilder(source, from, Math.Min(length, source.Length - from), 2 * MaxPiece);
        for (var changes = random.Next(1, 7); changes > 0; changes--) Change(text, random);
        return text.ToString();
    }

    private static void Change(StringBuilder text, Random random)
    {
        if (text.Length < 4) { text.Append(Seeds[random.Next(Seeds.Length)]); return; }
        var at = random.Next(text.Length);
        var length = Math.Min(random.Next(1, 40), text.Length - at);
        switch (random.Next(6))
        {
            case 0: text.Remove(at, length); break;
            case 1: text.Insert(random.Next(text.Length), text.ToString(at, length)); break;
            case 2: text[at] = (char)random.Next(1, 0x3000); break;
            case 3: text[at] = "<>\"'=/&;! "[random.Next(10)]; break;
            default: text.Insert(at, Seeds[random.Next(Seeds.Length)]); break;
        }
    }
}
