using System.Text;
using Dibao.Feeds;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Feeds;

public sealed class OpmlTests
{
    private static readonly OpmlOutline[] List =
    [
        new("河湾 & 日报", "https://hewan.example/feed?a=1&b=2", "https://hewan.example/", ["本地", "报纸"]),
        new("Plain", "https://plain.example/rss", null, []),
        new("A \"quoted\" one", "https://q.example/rss", null, ["本地"]),
    ];

    [Fact]
    public void What_is_written_is_read_back()
    {
        var found = Opml.Read(Opml.Write("我的<订阅>", List)).ShouldBeOfType<OpmlReading.Found>();
        found.Title.ShouldBe("我的<订阅>");
        Shown(found.Outlines).ShouldBe(Shown(List), ignoreOrder: true);
    }

    [Fact]
    public void The_same_outlines_give_the_same_bytes_in_any_order() =>
        Opml.Write("x", List.Reverse()).ShouldBe(Opml.Write("x", List));

    [Fact]
    public void A_list_cut_off_is_refused_with_its_line()
    {
        var text = Encoding.UTF8.GetString(Opml.Write("x", List));
        var failed = Opml.Read(Encoding.UTF8.GetBytes(text[..text.IndexOf("</body>", StringComparison.Ordinal)])).ShouldBeOfType<OpmlReading.Failed>();
        failed.Line.ShouldBe(text[..text.IndexOf("</body>", StringComparison.Ordinal)].Count(c => c == '\n') + 1);
    }

    [Fact]
    public void An_outline_without_a_usable_address_is_named_by_its_line()
    {
        var found = Opml.Read("<opml>\n<body>\n<outline text='a' xmlUrl='javascript:x'/>\n<outline text='b' xmlUrl='http://b.example/'/></body></opml>"u8.ToArray())
            .ShouldBeOfType<OpmlReading.Found>();
        found.Outlines.ShouldHaveSingleItem().Title.ShouldBe("b");
        found.Warnings.ShouldHaveSingleItem().ShouldStartWith("Line 3:");
    }

    [Fact]
    public void Another_document_is_refused() => Opml.Read("<rss/>"u8.ToArray()).ShouldBeOfType<OpmlReading.Failed>().Line.ShouldBe(1);

    private static string[] Shown(IEnumerable<OpmlOutline> outlines) =>
        [.. outlines.Select(o => $"{o.Title}|{o.XmlUrl}|{o.HtmlUrl}|{string.Join('/', o.Category)}")];
}
