using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Dibao.Extract;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

public sealed class HtmlSanitizerTests
{
    private static readonly string[] Pieces =
    [
        "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<script>", "</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>", "<a href=\"java\tscript:x\">", "</a>",
        "<svg/onload=alert(1)>", "<math><mtext>", "<style>", "</style>", "<iframe src=//evil.example>", "<table><tr><td>", "</table>", "<!--", "-->", "<![CDATA[", "]]>", "<br><br>", "\"", "'", "<", ">", "&lt;script&gt;",
        "&#x3c;", "文字，", "text. ", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<form action=x><input>", "<template>", "<ul><li>", "</li>", "<blockquote>", "<pre>\n", "</pre>", "<select><option>",
        "<p style='background:url(javascript:x)' onclick=x>", "<base href='javascript:/'>", "<link rel=stylesheet href=x>", "<meta http-equiv=refresh content='0;url=x'>", "<object data=x>", "<textarea>", "</title>", "\0",
        "<h1>", "</h2>", "<figure><figcaption>", "<img src='data:text/html,x'>", "<xmp>", "<plaintext>", "<time datetime='2024-01-01'>", "<a href='https://www.facebook.com/sharer?u=x'>", "<img srcset='a 1w, b 2w'>",
    ];

    [Theory]
    [InlineData("<p onclick=alert(1)>Text</p>", "<p>Text</p>")]
    [InlineData("<p>Text<script>alert(1)</script></p>", "<p>Text</p>")]
    [InlineData("<a href='javascript:alert(1)'>Text</a>", "<p>Text</p>")]
    [InlineData("<a href=' jav&#x09;ascript:alert(1)'>Text</a>", "<p>Text</p>")]
    [InlineData("<a href='data:text/html,x'>Text</a>", "<p>Text</p>")]
    [InlineData("<p><img src='data:image/png;base64,AA'>Text</p>", "<p>Text</p>")]
    [InlineData("<p><img src='https://t.example/p.gif' width=1 height=1>Text</p>", "<p>Text</p>")]
    [InlineData("<p>Text<iframe src='https://t.example/'></iframe><object></object></p>", "<p>Text</p>")]
    [InlineData("<p style='x' class='y' id='z'>Text</p>", "<p>Text</p>")]
    [InlineData("<form action=x><p>Text</p><input value=secret></form>", "<p>Text</p>")]
    [InlineData("<p>1 &lt; 2 &amp;lt;b&amp;gt;</p>", "<p>1 &lt; 2 &amp;lt;b&amp;gt;</p>")]
    [InlineData("line one<br><br>line two", "<p>line one</p>\n<p>line two</p>")]
    public void What_is_not_allowed_is_left_out_and_its_text_kept(string html, string safe) =>
        HtmlSanitizer.Sanitize(html, null).ShouldBe(safe);

    [Fact]
    public void Output_is_safe_whatever_the_input()
    {
        var inputs = Gen.ArrayOf(Gen.Elements(Pieces)).Select(parts => string.Concat(parts));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(inputs.ToArbitrary(), html =>
        {
            AssertSafe(HtmlSanitizer.Sanitize(html, "https://news.example/a"));
            AssertSafe(ArticleReader.Read(html, "https://news.example/a").Html);
            AssertSafe(ArticleReader.ReadFragment(html, null).Html);
        }));
    }

    [Fact]
    public void Sanitizing_twice_changes_nothing_more()
    {
        foreach (var html in new[] { Fixtures.EnglishPage, Fixtures.TraditionalPage, Fixtures.SimplifiedFragment })
        {
            var once = HtmlSanitizer.Sanitize(html, "https://news.example/a");
            HtmlSanitizer.Sanitize(once, null).ShouldBe(once);
        }
    }

    [Fact]
    public void Any_text_can_be_read()
    {
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll<string>(text =>
        {
            AssertSafe(ArticleReader.Read(text ?? "", text).Html);
            _ = MarkdownWriter.Write(text ?? "");
            _ = LanguageOfText.Detect(text ?? "");
        }));
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b>")]
    [InlineData("<x>")]
    [InlineData("<form>")]
    [InlineData("<form><div></form>")]
    [InlineData("<x><div></x></div>")]
    [InlineData("<blockquote>")]
    [InlineData("<ul><li>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<p><a href=x>")]
    [InlineData("<svg><g>")]
    [InlineData("<option><optgroup>")]
    [InlineData("<ruby><rt>")]
    [InlineData("<!--")]
    [InlineData("<a title=\"")]
    [InlineData("<font size=1><p>")]
    [InlineData("<svg ")]
    public void A_hundred_thousand_nested_elements_are_read(string bomb)
    {
        var html = string.Concat(Enumerable.Repeat(bomb, 100_000)) + "Text";

        var reading = ArticleReader.Read(html, null);

        AssertSafe(reading.Html);
        AssertSafe(HtmlSanitizer.Sanitize(html, null));
    }

    [Fact]
    public void A_page_beyond_the_limit_is_cut_and_says_so()
    {
        var reading = ArticleReader.Read("<p>Start.</p>" + new string('x', 8_000_000), null);

        reading.Warnings.ShouldContain(w => w.Contains("left out", StringComparison.Ordinal));
    }

    internal static void AssertSafe(string html)
    {
        var document = new HtmlParser().ParseDocument("<!DOCTYPE html><body>" + html);
        document.Head!.ChildElementCount.ShouldBe(0);
        foreach (var element in document.Body!.QuerySelectorAll("*"))
        {
            AllowedTags.ShouldContain(element.LocalName);
            foreach (var attribute in element.Attributes) AssertSafe(element, attribute);
            if (element.LocalName == "a") element.GetAttribute("rel").ShouldBe("nofollow noopener noreferrer");
        }
    }

    private static void AssertSafe(IElement element, IAttr attribute)
    {
        AllowedAttributes.ShouldContain(attribute.Name);
        if (attribute.Name == "src") attribute.Value.ShouldMatch("^https?://");
        if (attribute.Name == "href") attribute.Value.ShouldMatch("^(https?://|mailto:)", element.OuterHtml);
    }

    private static readonly HashSet<string> AllowedTags =
    [
        .. ("p h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre figure figcaption table thead tbody tfoot tr td th caption details summary a strong b em i u s del ins sub sup small mark "
            + "code kbd samp var abbr time q cite ruby rt rp rb bdi bdo dfn br hr img").Split(' '),
    ];

    private static readonly HashSet<string> AllowedAttributes =
        [.. "href rel src alt title width height colspan rowspan start reversed value datetime dir lang".Split(' ')];
}
