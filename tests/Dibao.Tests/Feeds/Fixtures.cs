namespace Dibao.Tests.Feeds;

/// <summary>One invented article in every format.</summary>
internal static class Fixtures
{
    public const string Rss = """
        <?xml version="1.0" encoding="UTF-8"?>
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
        <title>河湾日报</title><link>https://hewan.example/</link><description>河湾镇的新闻</description><language>zh_CN</language>
        <item><title>渡口 &amp;amp; 桥</title><link>https://hewan.example/a/1</link><guid isPermaLink="false">urn:hewan:1</guid>
        <pubDate>Wed, 08 Nov 2023 17:08:00 +0800</pubDate><author>lin@hewan.example (林小渡)</author><category>本地</category>
        <description>船</description><content:encoded><![CDATA[<p>船来了。</p>]]></content:encoded></item>
        </channel></rss>
        """;

    public const string Rdf = """
        <?xml version="1.0"?>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
          xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
        <channel rdf:about="https://hewan.example/feed"><title>河湾日报</title><link>https://hewan.example/</link></channel>
        <item rdf:about="urn:hewan:1"><title>渡口 &amp;amp; 桥</title><link>https://hewan.example/a/1</link>
        <dc:date>2023-11-08T17:08:00+08:00</dc:date><dc:creator>林小渡</dc:creator><dc:subject>本地</dc:subject>
        <content:encoded>&lt;p&gt;船来了。&lt;/p&gt;</content:encoded></item>
        </rdf:RDF>
        """;

    public const string Atom = """
        <?xml version="1.0"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh" xml:base="https://hewan.example/">
        <title>河湾日报</title><link rel="self" href="feed.atom"/><link href="/"/><id>urn:hewan</id><updated>2023-11-08T09:10:00Z</updated>
        <entry><title type="html">渡口 &amp;amp; 桥</title><link href="a/1"/><id>urn:hewan:1</id>
        <published>2023-11-08T17:08:00+08:00</published><author><name>林小渡</name><email>lin@hewan.example</email></author>
        <category term="本地"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>船来了。</p></div></content></entry>
        </feed>
        """;

    public const string Json = """
        {"version": "https://jsonfeed.org/version/1.1", "title": "河湾日报", "home_page_url": "https://hewan.example/",
         "items": [{"id": "urn:hewan:1", "url": "/a/1", "title": "渡口 & 桥", "content_html": "<p>船来了。</p>",
           "date_published": "2023-11-08T17:08:00+08:00", "authors": [{"name": "林小渡"}], "tags": ["本地"]}]}
        """;

    public static string Many(int count) =>
        "<rss version=\"2.0\"><channel><title>河湾日报</title>" +
        string.Concat(Enumerable.Range(1, count).Select(i => $"<item><title>第{i}篇</title><link>https://hewan.example/a/{i}</link></item>")) +
        "</channel></rss>";
}
