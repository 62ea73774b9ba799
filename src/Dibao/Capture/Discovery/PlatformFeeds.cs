using System.Text.RegularExpressions;

namespace Dibao.Capture.Discovery;

/// <summary>Where publishing platforms keep the feeds of an address, whatever its page says.</summary>
/// <remarks>Sources: the platforms' own documentation, and what their servers answer. A row says nothing that is not asked first.</remarks>
public static class PlatformFeeds
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Address without scheme and www., its pattern; what its feeds are; whose they are. $1, $2 are the pattern's groups.
    private static readonly Row[] Rows =
    [
        new("YouTube", @"^(?:m\.)?youtube\.com/channel/(UC[\w-]{20,24})", ["https://www.youtube.com/feeds/videos.xml?channel_id=$1"]),
        new("YouTube", @"^(?:m\.)?youtube\.com/(?:playlist|watch)\?(?:[^#]*&)?list=([\w-]+)", ["https://www.youtube.com/feeds/videos.xml?playlist_id=$1"]),
        new("YouTube", @"^(?:m\.)?youtube\.com/user/([\w.-]+)", ["https://www.youtube.com/feeds/videos.xml?user=$1"]),
        new("Reddit", @"^(?:old\.|new\.)?reddit\.com/(r/\w+(?:/(?:new|top|rising))?|user/[\w-]+|u/[\w-]+)", ["https://www.reddit.com/$1/.rss"]),
        new("GitHub", @"^github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?(?:/releases.*|/tags.*|/)?$",
            ["https://github.com/$1/$2/releases.atom", "https://github.com/$1/$2/tags.atom", "https://github.com/$1/$2/commits.atom"]),
        new("GitHub", @"^github\.com/([\w.-]+)/([\w.-]+)/commits/([\w./-]+)$", ["https://github.com/$1/$2/commits/$3.atom"]),
        new("GitHub", @"^github\.com/([\w-]+)/?$", ["https://github.com/$1.atom"]),
        new("GitHub", @"^gist\.github\.com/([\w-]+)/?$", ["https://gist.github.com/$1.atom"]),
        new("GitLab", @"^gitlab\.com/([\w.-]+(?:/[\w.-]+)+?)(?:/-/.*|/)?$", ["https://gitlab.com/$1/-/releases.atom", "https://gitlab.com/$1/-/tags?format=atom"]),
        new("Codeberg", @"^codeberg\.org/([\w.-]+)/([\w.-]+)", ["https://codeberg.org/$1/$2/releases.rss", "https://codeberg.org/$1/$2.rss"]),
        new("PyPI", @"^pypi\.org/project/([\w.-]+)", ["https://pypi.org/rss/project/$1/releases.xml"]),
        new("Medium", @"^medium\.com/(@[\w.-]+)", ["https://medium.com/feed/$1"]),
        new("Medium", @"^medium\.com/(?!feed/|m/|tag/|me/)([\w-]+)/?$", ["https://medium.com/feed/$1"]),
        new("Medium", @"^medium\.com/tag/([\w-]+)", ["https://medium.com/feed/tag/$1"]),
        new("Medium", @"^([\w-]+)\.medium\.com", ["https://$1.medium.com/feed"]),
        new("Substack", @"^([\w-]+)\.substack\.com", ["https://$1.substack.com/feed"]),
        new("Substack", @"^substack\.com/@([\w-]+)", ["https://$1.substack.com/feed"]),
        new("Tumblr", @"^tumblr\.com/([\w-]+)/?$", ["https://$1.tumblr.com/rss"]),
        new("Tumblr", @"^([\w-]+)\.tumblr\.com(?:/tagged/([^/?#]+))?", ["https://$1.tumblr.com/tagged/$2/rss", "https://$1.tumblr.com/rss"]),
        new("Blogger", @"^([\w-]+)\.blogspot\.([a-z.]+)", ["https://$1.blogspot.$2/feeds/posts/default"]),
        new("WordPress", @"^([\w-]+)\.wordpress\.com(?:/(category|tag|author)/([^/?#]+))?", ["https://$1.wordpress.com/$2/$3/feed/", "https://$1.wordpress.com/feed/"]),
        new("Ghost", @"^([\w-]+)\.ghost\.io", ["https://$1.ghost.io/rss/"]),
        new("Bluesky", @"^bsky\.app/profile/([\w.:-]+)", ["https://bsky.app/profile/$1/rss"]),
        new("Telegram", @"^(?:t|telegram)\.me/(?:s/)?(\w{4,})/?$", ["https://t.me/s/$1"], SourceKind.ListPage, "a.tgme_widget_message_date"),
        new("Vimeo", @"^vimeo\.com/(?!\d+$)((?:channels/|groups/)?[\w-]+)/?(?:videos)?$", ["https://vimeo.com/$1/videos/rss"]),
        new("Dailymotion", @"^dailymotion\.com/(?:user/)?([\w-]+)/?$", ["https://www.dailymotion.com/rss/user/$1"]),
        new("Hacker News", @"^news\.ycombinator\.com", ["https://news.ycombinator.com/rss"]),
        new("Lobsters", @"^lobste\.rs(/t/[\w,]+)?", ["https://lobste.rs$1.rss", "https://lobste.rs/rss"]),
        new("Stack Exchange", @"^([\w.-]*(?:stackoverflow|stackexchange|superuser|serverfault|askubuntu)\.com)/questions/tagged/([^/?#]+)", ["https://$1/feeds/tag/$2"]),
        new("Stack Exchange", @"^([\w.-]*(?:stackoverflow|stackexchange|superuser|serverfault|askubuntu)\.com)/?$", ["https://$1/feeds"]),
        new("Google News", @"^news\.google\.com/(?!rss)((?:topics|search|publications|topstories|home)[^#]*)", ["https://news.google.com/rss/$1"]),
        new("Livejournal", @"^([\w-]+)\.livejournal\.com", ["https://$1.livejournal.com/data/rss"]),
        new("Dreamwidth", @"^([\w-]+)\.dreamwidth\.org", ["https://$1.dreamwidth.org/data/atom"]),
        new("note", @"^note\.com/([\w-]+)", ["https://note.com/$1/rss"]),
        new("Hatena", @"^([\w-]+\.hatena(?:blog\.com|blog\.jp|diary\.com|diary\.jp))", ["https://$1/rss"]),
        new("Ameba", @"^ameblo\.jp/([\w-]+)", ["http://rssblog.ameba.jp/$1/rss20.xml"]),
        new("Livedoor", @"^blog\.livedoor\.jp/([\w-]+)", ["http://blog.livedoor.jp/$1/index.rdf"]),
        new("FC2", @"^([\w-]+\.blog\.?\d*\.fc2\.com)", ["http://$1/?xml"]),
        new("Qiita", @"^qiita\.com/(tags/[^/?#]+|[\w-]+)/?$", ["https://qiita.com/$1/feed"]),
        new("Zenn", @"^zenn\.dev/([\w-]+)/?$", ["https://zenn.dev/$1/feed"]),
        new("Naver", @"^(?:m\.)?blog\.naver\.com/(\w+)", ["https://rss.blog.naver.com/$1.xml"]),
        new("Tistory", @"^([\w-]+)\.tistory\.com", ["https://$1.tistory.com/rss"]),
        new("Velog", @"^velog\.io/(@[\w-]+)", ["https://v2.velog.io/rss/$1"]),
        new("V2EX", @"^v2ex\.com/go/(\w+)", ["https://www.v2ex.com/feed/$1.xml"]),
        new("V2EX", @"^v2ex\.com/?$", ["https://www.v2ex.com/index.xml"]),
        new("Matters", @"^matters\.(?:town|news)/@([\w-]+)", ["https://matters.town/@$1/rss"]),
        new("Pixnet", @"^([\w-]+)\.pixnet\.net", ["https://$1.pixnet.net/blog/feed/rss"]),
        new("Odysee", @"^odysee\.com/(@[^/?#]+)", ["https://odysee.com/\\$/rss/$1"]),
        new("Cnblogs", @"^cnblogs\.com/([\w-]+)", ["https://www.cnblogs.com/$1/rss"]),
        new("CSDN", @"^blog\.csdn\.net/([\w-]+)", ["https://rss.csdn.net/$1/rss/map", "https://blog.csdn.net/$1/rss/list"]),
        new("Sina", @"^blog\.sina\.com\.cn/(?:u/)?(\d+)", ["http://blog.sina.com.cn/rss/$1.xml"]),
        new("Lofter", @"^([\w-]+)\.lofter\.com", ["https://$1.lofter.com/rss"]),
        new("UDN", @"^blog\.udn\.com/(\w+)", ["https://blog.udn.com/rss.jsp?uname=$1"]),
        new("Firstory", @"^open\.firstory\.me/user/(\w+)", ["https://open.firstory.me/rss/user/$1"]),
        new("Buttondown", @"^buttondown\.(?:com|email)/([\w.-]+)", ["https://buttondown.com/$1/rss"]),
        new("Write.as", @"^write\.as/([\w-]+)", ["https://write.as/$1/feed/"]),
        new("Bear Blog", @"^([\w-]+)\.bearblog\.dev", ["https://$1.bearblog.dev/feed/"]),
        new("Micro.blog", @"^([\w-]+)\.micro\.blog", ["https://$1.micro.blog/feed.xml"]),
        new("Hashnode", @"^([\w-]+)\.hashnode\.dev", ["https://$1.hashnode.dev/rss.xml"]),
        new("DEV", @"^dev\.to/(t/\w+)/?$", ["https://dev.to/feed/$1"]),
        new("DEV", @"^dev\.to/(\w+)", ["https://dev.to/feed/$1"]),
        new("Weebly", @"^([\w-]+)\.weebly\.com", ["https://$1.weebly.com/1/feed"]),
        new("Podbean", @"^(?!www\.|feed\.)([\w-]+)\.podbean\.com", ["https://feed.podbean.com/$1/feed.xml"]),
        new("Libsyn", @"^([\w-]+)\.libsyn\.com", ["https://$1.libsyn.com/rss"]),
        new("Buzzsprout", @"^buzzsprout\.com/(\d+)", ["https://feeds.buzzsprout.com/$1.rss"]),
        new("arXiv", @"^arxiv\.org/list/([\w.-]+)", ["https://rss.arxiv.org/rss/$1"]),
        new("crates.io", @"^crates\.io/crates/([\w-]+)", ["https://static.crates.io/rss/crates/$1.xml"]),
        new("SourceHut", @"^git\.sr\.ht/(~[\w-]+/[\w.-]+)", ["https://git.sr.ht/$1/refs/rss.xml", "https://git.sr.ht/$1/log/rss.xml"]),
        new("Letterboxd", @"^letterboxd\.com/(\w+)/?$", ["https://letterboxd.com/$1/rss/"]),
        new("DeviantArt", @"^deviantart\.com/([\w-]+)", ["https://backend.deviantart.com/rss.xml?q=gallery:$1"]),
        new("Discourse", @"^([\w.-]+)/(c/[\w-]+(?:/[\w-]+)*?/\d+)(?:/|$)", ["https://$1/$2.rss"]),
        new("Lemmy", @"^([\w.-]+)/c/([\w@.-]+)/?$", ["https://$1/feeds/c/$2.xml?sort=New"]),
        new("Mastodon", @"^([\w.-]+\.[a-z]{2,})/(@\w+)(?:/(?:with_replies|media))?/?$", ["https://$1/$2.rss"]),
        new("Mastodon", @"^([\w.-]+\.[a-z]{2,})/tags/([^/?#]+)/?$", ["https://$1/tags/$2.rss"]),
        new("Pleroma", @"^([\w.-]+\.[a-z]{2,})/users/(\w+)/?$", ["https://$1/users/$2.rss", "https://$1/users/$2/feed.atom", "https://$1/users/$2.atom"]),
        new("PeerTube", @"^([\w.-]+\.[a-z]{2,})/(?:c|video-channels)/([\w.-]+)/videos", ["https://$1/feeds/videos.atom?videoChannelName=$2"]),
        new("PeerTube", @"^([\w.-]+\.[a-z]{2,})/(?:a|accounts)/([\w.-]+)/video", ["https://$1/feeds/videos.atom?accountName=$2"]),
        new("Shopify", @"^([\w.-]+\.[a-z]{2,})/blogs/([\w-]+)/?$", ["https://$1/blogs/$2.atom"]),
        new("WordPress", @"^([\w.-]+)/(category|tag|author)/([^?#]+?)/?$", ["https://$1/$2/$3/feed/"]),
    ];

    // What a page of a platform says of itself, where its address does not say enough.
    private static readonly Row[] InPages =
    [
        new("YouTube", @"(?:""channelId"":""|""externalId"":""|itemprop=""(?:identifier|channelId)"" content=""|youtube\.com/channel/)(UC[\w-]{20,24})", ["https://www.youtube.com/feeds/videos.xml?channel_id=$1"])
        { Host = "youtube.com" },
        new("SoundCloud", @"soundcloud://users:(\d+)", ["https://feeds.soundcloud.com/users/soundcloud:users:$1/sounds.rss"]) { Host = "soundcloud.com" },
    ];

    /// <summary>The feeds of an address, by what it looks like; none when it is of no platform.</summary>
    public static IReadOnlyList<SourceCandidate> Of(string url)
    {
        var address = Address(url);
        return [.. Rows.SelectMany(row => row.Candidates(address)).Where(candidate => candidate.Url != url).DistinctBy(candidate => candidate.Url)];
    }

    /// <summary>The feeds that a platform's page names outside of its markup.</summary>
    public static IReadOnlyList<SourceCandidate> InPage(string html, string url) =>
        [.. InPages.Where(row => ArticleUrl.Host(url) == row.Host || ArticleUrl.Host(url).EndsWith("." + row.Host, StringComparison.Ordinal)).SelectMany(row => row.Candidates(html))];

    private static string Address(string url)
    {
        var uri = new Uri(url);
        var port = uri.IsDefaultPort ? "" : $":{uri.Port}";
        return ArticleUrl.Host(url) + port + uri.PathAndQuery;
    }

    private sealed record Row(string Platform, string Pattern, string[] Feeds, SourceKind Kind = SourceKind.Feed, string? Selector = null)
    {
        private readonly Regex pattern = new(Pattern, RegexOptions.CultureInvariant, Patience);

        public string? Host { get; init; }

        public IEnumerable<SourceCandidate> Candidates(string text)
        {
            var match = pattern.Match(text);
            if (!match.Success) yield break;
            foreach (var feed in Feeds)
            {
                // A template whose part the address does not have is none of its feeds.
                if (Missing(feed, match)) continue;
                var url = match.Result(feed.Replace(@"\$", "$$", StringComparison.Ordinal));
                if (ArticleUrl.TryNormalize(url, out var normal)) yield return new(normal, null, Kind, CandidateOrigin.Platform) { Selector = Selector, Platform = Platform };
            }
        }

        private static bool Missing(string feed, Match match) =>
            Enumerable.Range(1, 3).Any(group => feed.Contains($"${group}", StringComparison.Ordinal) && (group >= match.Groups.Count || !match.Groups[group].Success));
    }
}
