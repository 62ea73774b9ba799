using Dibao.Extract;
using Markdig;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

public sealed class MarkdownWriterTests
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras().Build();

    [Theory]
    [InlineData("<p>One <strong>bold </strong>and <em>slanted</em> word.</p>", "One **bold** and *slanted* word.")]
    [InlineData("<ul><li>One</li><li>Two<ul><li>Inner</li></ul></li></ul>", "- One\n- Two\n\n  - Inner")]
    [InlineData("<ol start=3><li>Three</li><li>Four</li></ol>", "3. Three\n4. Four")]
    [InlineData("<blockquote><p>Said.</p><p>Again.</p></blockquote>", "> Said.\n>\n> Again.\n>")]
    [InlineData("<p>1. not a list</p><p># not a heading</p>", "1\\. not a list\n\n\\# not a heading")]
    [InlineData("<p>雨，<br>水。</p>", "雨，\\\n水。")]
    [InlineData("<p><a href='https://news.example/a_(b)'>Link</a></p>", "[Link](https://news.example/a_%28b%29)")]
    public void Html_is_written_as_markdown(string html, string markdown) => MarkdownWriter.Write(html).ShouldBe(markdown);

    [Theory]
    [InlineData("<p>5 * 3 &lt; 16 and _this_ [is] `plain` &amp;amp; ~~text~~ | here</p>")]
    [InlineData("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")]
    [InlineData("<p>- dash</p><p>+ plus</p><p>12) twelve</p>")]
    public void Text_survives_the_way_through_markdown(string html)
    {
        var back = Markdown.ToHtml(MarkdownWriter.Write(html), Pipeline);

        HtmlSanitizer.Sanitize(back, null).ShouldBe(HtmlSanitizer.Sanitize(html, null));
    }
}
