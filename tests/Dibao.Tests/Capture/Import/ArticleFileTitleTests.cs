using System.Text;
using Dibao.Capture.Import;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Capture.Import;

public class ArticleFileTitleTests
{
    [Theory]
    [InlineData("两个  空格　和全角", "两个  空格　和全角")]
    [InlineData(" 第一行 \n  第二行 ", "第一行 第二行")]
    [InlineData("更正[二](续)\\", "更正[二](续)\\")]
    [InlineData("甲](乙", "甲](乙")]
    [InlineData("", "")]
    public void Spaces_in_a_title_stay_and_line_breaks_become_one(string written, string title) =>
        Read($"<!--NaN-->\n[{written}](https://hewan.example/1)\n------\n\n<p>潮</p>\n").Title.ShouldBe(title);

    [Fact]
    public void No_title_hides_the_address_or_the_text_behind_it() =>
        Prop.ForAll(Titles().ToArbitrary(), title =>
        {
            var read = Read($"<!--1760660999123-->\n[{title}](https://hewan.example/news/1?q=(2))\n------\n\n<p>潮水</p>\n");
            read.Url.ShouldBe("https://hewan.example/news/1?q=(2)");
            read.Html.ShouldBe("<p>潮水</p>");
            read.Published.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(1_760_660_999_123));
            read.Title.Any(char.IsControl).ShouldBeFalse();
            Visible(read.Title).ShouldBe(Visible(title));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData("seeds")]
    [InlineData("corpus/cdt")]
    public void A_real_link_line_can_be_written_again_from_what_was_read(string name)
    {
        foreach (var file in Directory.GetFiles(Shared(name)))
        {
            var lines = File.ReadAllText(file).Split('\n');
            var link = lines[0].StartsWith("<!--", StringComparison.Ordinal) ? lines[1] : lines[0];
            if (!link.EndsWith(')')) continue; // a title of several lines comes back on one
            var read = Read(File.ReadAllText(file));
            $"[{read.Title}]({read.Url})".ShouldBe(link, file);
        }
    }

    // Brackets, breaks and spaces far more often than chance would bring them; no rule of hyphens alone, which ends the title.
    private static Gen<string> Titles() =>
        Gen.Elements("[", "]", "(", ")", "](", "](http://", "\\", "\n", "\r\n", "\t", "\u2028", " ", "\u3000", "“", "<!--1-->", "日期：", "a", "潮", "𠮷")
            .ListOf().Select(parts => string.Concat(parts.Take(30)));

    private static string Visible(string text) => string.Concat(text.Where(c => !char.IsControl(c) && !char.IsWhiteSpace(c)));

    private static ArticleFileReading.Parsed Read(string text) =>
        ArticleFile.Read(Encoding.UTF8.GetBytes(text), "1048575.md").ShouldBeOfType<ArticleFileReading.Parsed>();

    private static string Shared(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Dibao.slnx"))) continue;
            var shared = Path.Combine(folder.FullName, "..", "shared", name);
            if (!Directory.Exists(shared)) Assert.Skip($"../shared/{name} is not beside the checkout.");
            return shared;
        }
        throw new InvalidOperationException("The tests do not run inside the checkout.");
    }
}
