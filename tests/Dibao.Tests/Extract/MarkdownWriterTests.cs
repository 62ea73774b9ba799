using Dibao.Extract;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

public sealed class MarkdownWriterTests
{
    [Theory]
    [InlineData("<p>One <strong>bold </strong>and <em>slanted</em> word.</p>", "One **bold** and *slanted* word.")]
    [InlineData("<ul><li>One</li><li>Two<ul><li>Inner</li></ul></li></ul>", "- One\n- Two\n\n  - Inner")]
    [InlineData("<ol start=3><li>Three</li><li>Four</li></ol>", "3. Three\n4. Four")]
    [InlineData("<blockquote><p>Said.</p><p>Again.</p></blockquote>", "> Said.\n>\n> Again.")]
    [InlineData("<p>1. not a list</p><p># not a heading</p>", "1\\. not a list\n\n\\# not a heading")]
    [InlineData("<p>雨，<br>水。</p>", "雨，\\\n水。")]
    [InlineData("<p><a href='https://news.example/a_(b)'>Link</a></p>", "[Link](https://news.example/a_%28b%29)")]
    [InlineData("<blockquote><p>One.</p></blockquote><blockquote><p>Another.</p></blockquote>", "> One.\n\n> Another.")]
    [InlineData("<ul><li>One</li></ul><ul><li>Other</li></ul><ul><li>Third</li></ul>", "- One\n\n* Other\n\n- Third")]
    [InlineData("<p><b>Name:<br></b>Ida Lund</p>", "**Name:**\\\nIda Lund")]
    [InlineData("<p><b>H</b><b>eading</b></p>", "**Heading**")]
    [InlineData("<p><b><strong>Heading</strong></b></p>", "**Heading**")]
    [InlineData("<p><strong>“引用”</strong>他说</p>", "<strong>“引用”</strong>他说")]
    [InlineData("<p>他说<strong>引用</strong>。</p>", "他说**引用**。")]
    [InlineData("<p>One<br># two<br>3. three</p>", "One\\\n\\# two\\\n3\\. three")]
    [InlineData("<h2>One<br>heading</h2><h2>C #</h2>", "## One heading\n\n## C \\#")]
    [InlineData("<p>Read!<a href='https://news.example/a'>More</a></p>", "Read\\![More](https://news.example/a)")]
    [InlineData("<p>Fish &amp; ships, &amp;amp; more</p>", "Fish & ships, &amp;amp; more")]
    [InlineData("<p><code>one</code><code>two</code></p>", "`one`<code>two</code>")]
    [InlineData("<pre>a ```` b</pre>", "`````\na ```` b\n`````")]
    [InlineData("<table><caption>Tides</caption><tr><th>Port</th></tr><tr><td><p>Halden</p><p>Sound</p></td><td>3 m</td></tr></table>", "Tides\n\n| Port |  |\n| --- | --- |\n| Halden Sound | 3 m |")]
    [InlineData("<table><tr><td><h2>Tides</h2><p>High.</p></td><td><ul><li>One</li></ul></td></tr></table>", "## Tides\n\nHigh.\n\n- One")]
    public void Html_is_written_as_markdown(string html, string markdown) => MarkdownWriter.Write(html).ShouldBe(markdown);

    [Theory]
    [InlineData("<p>5 * 3 &lt; 16 and _this_ [is] `plain` &amp;amp; ~~text~~ | here</p>")]
    [InlineData("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")]
    [InlineData("<p>- dash</p><p>+ plus</p><p>12) twelve</p>")]
    public void Text_survives_the_way_through_markdown(string html)
    {
        var back = ReadBack.Html(MarkdownWriter.Write(html));

        HtmlSanitizer.Sanitize(back, null).ShouldBe(HtmlSanitizer.Sanitize(html, null));
    }

    // The writer makes its lines with noncharacters of its own.
    [Fact]
    public void No_character_of_a_page_is_taken_for_a_mark()
    {
        for (var mark = '\uFDD0'; mark <= '\uFDEF'; mark++)
        {
            var html = $"<p>a{mark}b<code>c{mark}d</code> <b>{mark}</b> <a href='https://news.example/{mark}'>{mark}e</a> <img alt='{mark}' src='https://news.example/i.png?{mark}'></p><table><tr><th>f{mark}</th><td><code>{mark}g</code></td></tr></table>";
            var markdown = MarkdownWriter.Write(html);
            ReadBack.Letters(ReadBack.Html(markdown)).Where(char.IsAsciiLetter).ShouldBe("abcdefg", markdown);
            if (mark <= '\uFDD6') markdown.ShouldNotContain(mark);
        }
    }

    // Emphasis of all kinds begins and ends anywhere: beside letters of any script, punctuation, spaces, line breaks, other emphasis, links and code.
    [Fact]
    public void No_mark_of_emphasis_is_shown_whatever_stands_beside_it()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 5000; round++)
        {
            var html = $"<p>{Inlines(random, 3)}</p>";
            var markdown = MarkdownWriter.Write(html);
            ReadBack.Letters(ReadBack.Html(markdown)).ShouldBe(ReadBack.Letters(HtmlSanitizer.Sanitize(html, null)), $"{html}\n{markdown}");
        }
    }

    private static readonly string[] Pieces = ["word", "字", "。", "“", "”", "$", "€", "!", "*", "_", "1", " ", " ", ", ", "(", "：", "`", "<br>", "<code>c</code>", "<a href='https://news.example/'>link</a>", "&amp;", "#", "- "];

    private static string Inlines(Random random, int depth)
    {
        var text = "";
        for (var n = random.Next(1, 5); n > 0; n--)
        {
            var name = random.Next(4) switch { 0 => "b", 1 => "em", 2 => "s", _ => null };
            text += name is null || depth == 0 ? Pieces[random.Next(Pieces.Length)] : $"<{name}>{Inlines(random, depth - 1)}</{name}>";
        }

        return text;
    }
}
