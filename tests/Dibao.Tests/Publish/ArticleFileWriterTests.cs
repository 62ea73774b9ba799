using System.Text;
using Dibao.Capture;
using Dibao.Capture.Import;
using Dibao.Extract;
using Dibao.Publish;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Publish;

public class ArticleFileWriterTests
{
    private const string Url = "https://hewan.example/%E6%A1%A5?a=1&b=(2)";

    private static readonly DateTimeOffset Published = DateTimeOffset.FromUnixTimeMilliseconds(1_763_625_600_123);

    private static readonly string[] Hostile =
    [
        "](", "](https://elsewhere.example/)", "\n", "\r\n------\r\n", "`", "```", "\u202e", "\u200f", "[", "]", "(", ")", "\\", "<!--1-->", "-->", "---",
        "<script>", "\u2028", "\u0085", "\f", "　", "  ", "日期：", "\ud83d\ude00", "\ufeff", "&amp;", "#", "|", "undefined", "\u001b$B", "charset=gbk",
    ];

    [Fact]
    public void An_article_file_has_the_form_to_the_byte()
    {
        var file = ArticleFileWriter.Write(Published, "河湾的[新]桥", Url, "<p>第一段。</p>\n  <p>第二段。</p>");

        Encoding.UTF8.GetString(file).ShouldBe(
            "<!--1763625600123-->\n[河湾的[新]桥](https://hewan.example/%E6%A1%A5?a=1&b=(2))\n------\n\n<p>第一段。</p><p>第二段。</p>\n");
    }

    [Fact]
    public void What_is_written_is_read_back_whatever_the_title()
    {
        var part = Gen.OneOf(Gen.Elements(Hostile), ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get), Gen.Constant("通车"));
        var titles = Gen.ArrayOf(part).Select(string.Concat);
        Prop.ForAll(titles.ToArbitrary(), title =>
        {
            var read = Read(ArticleFileWriter.Write(Published, title, Url, "<p>河湾的桥今天通车。</p>"));
            read.Dialect.ShouldBe(FileDialect.ArticleFile);
            Words(read.Title).ShouldBe(Words(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(title))));
            Read(ArticleFileWriter.Write(Published, read.Title, Url, "")).Title.ShouldBe(read.Title);
            read.Url.ShouldBe(Url);
            read.Published.ShouldBe(Published);
            read.Html.ShouldBe("<p>河湾的桥今天通车。</p>");
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_title_keeps_its_spaces_and_marks_as_they_are() =>
        Encoding.UTF8.GetString(ArticleFileWriter.Write(Published, " 桥　通车  了\u202e ", Url, "")).Split('\n')[1].ShouldBe($"[桥　通车  了\u202e]({Url})");

    [Fact]
    public void Line_breaks_in_preformatted_text_survive_the_one_line()
    {
        var html = "<p>甲</p>\n<pre>  one\n    two</pre>\n<p>乙</p>";

        var read = Read(ArticleFileWriter.Write(Published, "诗", Url, html));

        read.Html.ShouldBe("<p>甲</p><pre>  one&#10;    two</pre><p>乙</p>");
        HtmlSanitizer.Sanitize(read.Html, null).ShouldBe(HtmlSanitizer.Sanitize(html, null));
    }

    [Fact]
    public void An_address_with_the_links_own_middle_in_it_is_not_cut()
    {
        var read = Read(ArticleFileWriter.Write(Published, "题](目", "https://hewan.example/a](b", "<p>文</p>"));

        read.Title.ShouldBe("题](目");
        read.Url.ShouldBe("https://hewan.example/a%5D(b");
    }

    private static ArticleFileReading.Parsed Read(byte[] file) =>
        ArticleFile.Read(file, "articles/hewan/1048575.md").ShouldBeOfType<ArticleFileReading.Parsed>();

    // White space and control characters divide; what is no text is U+FFFD by now.
    private static string[] Words(string title) =>
        string.Concat(title.Select(c => char.IsControl(c) ? ' ' : c)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
