using System.Text;

namespace Dibao.Tests.Capture;

/// <summary>RSS as outlets write it, newest first.</summary>
internal static class TestFeed
{
    public const string Type = "application/rss+xml; charset=utf-8";

    public static string Of(params IEnumerable<Item> items)
    {
        var rss = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>试验报</title><link>/</link>");
        foreach (var item in items)
        {
            rss.Append($"<item><guid isPermaLink=\"false\">{item.Id}</guid><link>{item.Link}</link><title>{item.Title}</title>");
            if (item.Published is not null) rss.Append($"<pubDate>{item.Published}</pubDate>");
            if (item.Text is not null) rss.Append($"<description><![CDATA[{item.Text}]]></description>");
            rss.Append("</item>");
        }
        return rss.Append("</channel></rss>").ToString();
    }

    internal sealed record Item(string Id, string Link, string Title = "标题", string? Text = null, string? Published = null);
}
