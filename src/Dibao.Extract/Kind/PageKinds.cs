using Dibao.Extract.Metadata;
using Dibao.Extract.Page;
using Dibao.Extract.Render;

namespace Dibao.Extract.Kind;

/// <summary>What a page is, and by what that is known. The first rule that fits decides; what none fits is an article.</summary>
internal sealed class PageKinds
{
    // Of running text: less is none; a page that states itself an article may say it in a sentence.
    private const int MinWeight = 90;
    private const int MinWeightOfStated = 40;

    // An error, a wall or a shell says no more than this.
    private const int ShortPage = 1200;

    private const int MinTimedEntries = 5;
    private const int MinPictures = 6;
    private const int ProseToAPicture = 120;
    private const int MinListedLinks = 12;

    private readonly PageMetadata _page;
    private readonly PageFeatures _seen;
    private readonly string _title;
    private readonly string? _url;
    private readonly int _weight;
    private readonly int _prose;
    private readonly int _images;
    private readonly bool _stated;
    private readonly string _html;

    private PageKinds(PageMetadata page, PageStatements said, string text, SafeNode body, string? url, string html)
    {
        (_page, _url, _html, _title) = (page, url, html, said.Title?.Value ?? page.Tags.Title ?? "");
        _seen = said.Features;
        _weight = TextWeight.Of(text).Weight;
        _prose = Math.Max(0, _weight - Linked(body, inLink: false));
        _images = Images(body);
        _stated = page.Data.IsArticle || page.Tags.First("og:type") is "article";
    }

    public static (PageKind Kind, string Reason) Of(PageMetadata page, PageStatements said, string text, SafeNode body, string? url, string html) =>
        new PageKinds(page, said, text, body, url, html).Judge();

    public static (PageKind Kind, string Reason) OfFragment(string text, string? leadImage, SafeNode body)
    {
        if (text is "" or "undefined" or "null" && leadImage is null && body.Children.TrueForAll(c => c.Name != "figure" && c.Name != "img"))
            return (PageKind.Nothing, "There is no text.");
        return (PageKind.Article, "");
    }

    private (PageKind Kind, string Reason) Judge()
    {
        if (IsError()) return (PageKind.ErrorPage, $"The page reports an error: {(_title.Length > 0 ? _title : "it says so in place of a text")}.");
        if (IsConsentWall()) return (PageKind.ConsentWall, "The page asks for consent in place of its article.");
        if (IsShell()) return (PageKind.EmptyShell, "The page is empty until its scripts run: capture it with a browser.");
        if (IsLive() is { } live) return (PageKind.LiveBlog, live);
        if (IsForum() is { } forum) return (PageKind.Forum, forum);
        if (IsGallery() is { } gallery) return (PageKind.Gallery, gallery);
        if (IsVideo() is { } video) return (PageKind.Video, video);
        if (IsHome()) return (PageKind.Home, "The page is its site's front page, and mostly links.");
        if (IsList() is { } list) return (PageKind.List, list);
        if (_weight < (_stated ? MinWeightOfStated : MinWeight)) return (PageKind.Nothing, "The page holds next to no running text.");
        return (PageKind.Article, "");
    }

    // A long text about error 404 is an article about it.
    private bool IsError()
    {
        if (_weight >= ShortPage || (_page.Data.IsArticle && _weight >= MinWeight)) return false;
        var titled = Array.Exists(KindWords.Errors, e => _title.StartsWith(e, StringComparison.OrdinalIgnoreCase) || _page.Tags.Title?.StartsWith(e, StringComparison.OrdinalIgnoreCase) == true);
        return titled ? _weight < ShortPage / 2 || KindWords.Any(_seen.Text, KindWords.ErrorSentences) : _weight < ShortPage / 3 && !_stated && KindWords.Any(Head, KindWords.ErrorSentences);
    }

    private bool IsConsentWall()
    {
        if (_page.Data.IsArticle || _seen.TextWeight > 6 * ShortPage) return false;
        if (_seen.HeadlineLinks >= MinListedLinks || (_weight >= ShortPage / 3 && !KindWords.Any(_title, KindWords.Consent))) return false;
        return KindWords.Count(_seen.Text, KindWords.Consent) >= 5;
    }

    private bool IsShell()
    {
        if (_weight >= MinWeight || !_html.Contains("<script", StringComparison.OrdinalIgnoreCase)) return false;
        return _seen.HasEmptyRoot || (_seen.TextWeight < ShortPage / 4 && _seen.Elements < 60 && (_seen.TextWeight < MinWeight || KindWords.Any(_seen.Text, KindWords.NeedsScript)));
    }

    private string? IsLive()
    {
        if (_page.Data.Types.Contains("LiveBlogPosting")) return "Its structured data says LiveBlogPosting.";
        return _seen.TimedEntries >= MinTimedEntries && _weight >= ShortPage && KindWords.Any(" " + _title + " ", KindWords.Live)
            ? $"Its title says so, and {_seen.TimedEntries} entries begin with a time." : null;
    }

    private string? IsForum()
    {
        if (_page.Data.IsArticle && !_page.Data.Types.Contains("DiscussionForumPosting")) return null;
        if (_page.Data.Types.Overlaps(["DiscussionForumPosting", "QAPage"])) return "Its structured data says that it is a discussion.";
        return _page.Tags.First("generator") is { } generator && KindWords.Any(generator, KindWords.ForumPrograms) ? $"It was made by a forum program ({generator})." : null;
    }

    private string? IsGallery()
    {
        if (_page.Data.Types.Overlaps(["ImageGallery", "MediaGallery"]) && !_page.Data.Types.Contains("NewsArticle")) return "Its structured data says ImageGallery.";
        return Pictures >= MinPictures && _weight < Pictures * ProseToAPicture ? $"It holds {Pictures} pictures and little text between them." : null;
    }

    private string? IsVideo()
    {
        var typed = _page.Tags.First("og:type") is { } type && type.StartsWith("video", StringComparison.OrdinalIgnoreCase);
        if (!typed && !(_page.Data.Types.Contains("VideoObject") && !_page.Data.IsArticle)) return null;
        return _weight < 2 * ShortPage ? "It is a video with a description." : null;
    }

    private bool IsHome()
    {
        if (_page.Data.IsArticle || _page.Tags.First("og:type") is "article" || !IsRootPath()) return false;
        return _seen.HeadlineLinks >= MinListedLinks && _seen.LinkWeight * 3 > _seen.TextWeight;
    }

    private string? IsList()
    {
        if (_stated) return null;
        if (_page.Data.Types.Overlaps(["CollectionPage", "SearchResultsPage", "ProfilePage"]) && _seen.HeadlineLinks >= MinListedLinks && _seen.LinkWeight > _weight && _weight < ShortPage)
            return "Its structured data says that it is a list, and it is mostly links.";
        // A list that was taken for the text is links, too: what counts is what stands beside them.
        var mostlyLinks = _seen.LinkWeight > 4 * _prose && _prose < ShortPage / 3 && _seen.HeadlineLinks >= MinListedLinks / 2;
        return mostlyLinks || (_seen.HeadlineLinks >= 2 * MinListedLinks && _seen.LinkWeight > 2 * _prose && _prose < ShortPage / 2) ? "The page is mostly links to others." : null;
    }

    // "/", "/en/", "/index.html"
    private bool IsRootPath()
    {
        if (SafeUrl.Root(_url) is not { Query.Length: 0 } url) return false;
        var path = url.AbsolutePath.Trim('/');
        return path.Length == 0 || path is "index.html" or "index.php" or "home" || (path.Length == 2 && path.All(char.IsAsciiLetter)) || (path.Length == 5 && path[2] == '-');
    }

    private int Pictures => Math.Max(_images, _seen.Pictures);

    private string Head => _seen.Text.Length > 1500 ? _seen.Text[..1500] : _seen.Text;

    private static int Linked(SafeNode node, bool inLink) =>
        node.IsText ? inLink ? TextWeight.Of(node.Text).Weight : 0 : node.Children.Sum(child => Linked(child, inLink || node.Name == "a"));

    private static int Images(SafeNode node) => node.Children.Sum(child => (child.Name == "img" ? 1 : 0) + Images(child));
}
