using System.Collections.Frozen;
using Dibao.Extract.Markup;

namespace Dibao.Extract.Body;

/// <summary>What the class, id and role of an element say about it, in the words that templates use.</summary>
/// <remarks>A name matches by one of its words, or by two that follow each other: <c>news-author-box</c> is "author" and "authorbox".</remarks>
internal static class ClutterWords
{
    private const int MaxWord = 32;
    private const int SlugWords = 3;

    // Clutter beside a text, and of the article beside a picture.
    private const string OfPictures =
        "caption captions imagetext bildunterschrift legende credit credits imagedescription imgdescription imagesubtitle photodescription picturedescription bildtext bildzeile";

    private static readonly FrozenSet<string> Captions = Set(OfPictures);

    private static readonly FrozenSet<string> Clutter = Set(OfPictures + " " +
        "share shares sharing sharebar sharetools sharebuttons sharethis addthis addtoany jiathis bdshare social socials socialmedia " +
        "related relateds recommend recommended recommendation recommendations recommends recirc recirculation readmore seealso " +
        "newsletter newsletters subscribe subscription promo promos promotion promobox selfpromo teasers teaserlist marketing " +
        "comment comments commentlist disqus respond discussion reactions sidebar breadcrumb breadcrumbs crumb crumbs navigation navbar " +
        "nav subnav menu submenu footer cookie cookies consent gdpr ad ads adbox adv advert adverts advertisement advertising adsense " +
        "adslot adunit dfp gpt werbung anzeige publicidad publicite pubblicita sponsor sponsored sponsoring outbrain taboola mgid regwall login " +
        "signin signup register popup popover modal overlay tooltip tagcloud taglist tags keywords pagination pager paging pagelinks pagenavi byline authorbox bio " +
        "copyright rating ratings vote voting poll survey trending mostread mostpopular latest carousel " +
        "skip follow followus feedback donate donation tabs topnav topbar masthead " +
        "wechat weibo fenxiang pinglun xiangguan relate tuijian guanggao banner player video videos sitemap " +
        "bianji zebian disclaimer affiliate ecommerce " +
        "onetrust optanon didomi cookiebot cookielaw cky cmplz usercentrics cybot sronly screenreader visuallyhidden visuallyhide offscreen " +
        "cta ctas calltoaction formdone formfail disclosure relatedposts relatedpost jprelatedposts yarpp sharedaddy readnext upnext nextup morefrom " +
        "blockquery posttemplate morestories morenews recentposts recentarticle recentarticles latestposts latestnews latestarticles aboutauthor aboutauthors aboutwriter authorinfo authordescription " +
        "entrymeta entryutility postmeta postmetadata articlemeta metainfo readingtime readtime emailsignup subscribebox");

    // Much text, and never the article's: a short article may be a third of its page beside them.
    private static readonly FrozenSet<string> Foreign = Set(
        "cookie cookies consent gdpr onetrust optanon didomi cookiebot cookielaw cky cmplz usercentrics cybot comments commentlist commentbox commentarea commentsection commentwrap commentform commentrespond respond disqus authorbox authorinfo authordescription aboutauthor aboutauthors aboutwriter");

    // What these name is clutter on one site and every block of the article on the next.
    private static readonly FrozenSet<string> Ambiguous = Set(
        "widget widgets paywall editor cmp pullquote shopping toolbar qrcode correction infobox factbox print popular " +
        "author authors autor autoren auteur");

    private static readonly FrozenSet<string> Body = Set(
        "article articlebody articlecontent articletext story storybody storycontent post postbody postcontent entry entrycontent body bodytext " +
        "content contenttext maintext main text textbody richtext copy zhengwen wenzhang neirong artibody");

    private static readonly FrozenSet<string> Roles = Set(
        "navigation search complementary contentinfo banner dialog alertdialog menu menubar toolbar tooltip status form");

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static bool IsClutterRole(MarkupElement element) =>
        element.GetAttribute("role") is { } role && Roles.Contains(role);

    /// <summary>Whether a word of the class or id is one that templates give to what surrounds articles.</summary>
    public static bool NamesClutter(MarkupElement element) =>
        AnyName(element, Clutter) || NamesPromotion(element);

    /// <summary>Whether a word of the class or id is one that templates give to what is said about a picture.</summary>
    public static bool NamesCaption(MarkupElement element) =>
        AnyName(element, Captions);

    private static bool AnyName(MarkupElement element, FrozenSet<string> words) =>
        AnyWord(TemplateNames(element), words) || (!IsAddress(element) && AnyWord(element.Id, words));

    // "post-12 post type-post format-video category-polls": WordPress writes an entry's own topics and form beside its template's names.
    private static string? TemplateNames(MarkupElement element) =>
        element.GetAttribute("class") is { } names && !(names.Contains("type-", StringComparison.Ordinal) && names.Contains("status-publish", StringComparison.Ordinal)) ? names : null;

    // id="how-popular-are-the-locks": a heading as an address, and no template's name.
    private static bool IsAddress(MarkupElement element) => element.LocalName is "h1" or "h2" or "h3" or "h4" or "h5" or "h6" || (element.Id is { } id && id.AsSpan().Count('-') >= SlugWords);

    /// <summary>Whether a word of the class or id names readers' comments or a consent dialogue.</summary>
    public static bool NamesForeign(MarkupElement element) => IsNamed(element, Foreign);

    /// <summary>The word of the class or id that some templates give to clutter, and others to anything; null for none.</summary>
    public static string? Perhaps(MarkupElement element) =>
        FindWord(TemplateNames(element), Ambiguous) ?? (IsAddress(element) ? null : FindWord(element.Id, Ambiguous));

    /// <summary>Whether a word of the class or id is one that templates give to an article's body.</summary>
    public static bool NamesBody(MarkupElement element) => IsNamed(element, Body);

    // A form, or <div data-selfpromo-newsletter>: slots that a script would fill.
    private static bool NamesPromotion(MarkupElement element)
    {
        if (element.Is(Tag.Form)) return true;
        foreach (var attribute in element.Attributes)
        {
            if (attribute.NameBegins("data-selfpromo") || attribute.NameBegins("data-ad-")
                || attribute.IsNamed("data-form") || attribute.IsNamed("data-root-share") || attribute.IsNamed("data-promo") || attribute.IsNamed("data-newsletter")) return true;
        }

        return false;
    }

    /// <summary>Whether a word of the class or id is one of <paramref name="words"/>.</summary>
    public static bool IsNamed(MarkupElement element, FrozenSet<string> words) => AnyWord(element.GetAttribute("class"), words) || AnyWord(element.Id, words);

    public static bool AnyWord(string? names, FrozenSet<string> words) => FindWord(names, words) is not null;

    // "no-sidebar", "sidebar-enabled--false": whether there is one, and not that this is it; "label-visually_hidden": its label is.
    private static bool SaysWhether(ReadOnlySpan<char> before, ReadOnlySpan<char> all, ReadOnlySpan<char> behind) =>
        before is "no" or "without" || behind.StartsWith("-enabled") || behind.StartsWith("-disabled") || all.EndsWith("label-visually_hidden");

    /// <summary>Words are divided by anything but letters and digits, and by a capital after a small letter; two single letters are no pair; "n1AuAdJl" is one word, made by chance.</summary>
    public static string? FindWord(string? names, FrozenSet<string> words)
    {
        if (string.IsNullOrEmpty(names)) return null;
        var lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> pair = stackalloc char[2 * MaxWord]; // the word before, and the one that is read
        var (before, length, lower, random) = (0, 0, false, false);
        for (var at = 0; at <= names.Length; at++)
        {
            var c = at < names.Length ? names[at] : ' ';
            if (length > 0 && (!char.IsAsciiLetterOrDigit(c) || (lower && !random && char.IsAsciiLetterUpper(c))))
            {
                var word = pair.Slice(before, length);
                if (!SaysWhether(pair[..before], names.AsSpan(0, at), names.AsSpan(at)) && (lookup.TryGetValue(word, out var known) || (before > 0 && before + length > 2 && lookup.TryGetValue(pair[..(before + length)], out known)))) return known;
                word.CopyTo(pair);
                (before, length) = (c is ' ' ? 0 : length, 0);
            }

            lower = char.IsAsciiLetterLower(c);
            random = char.IsAsciiLetterOrDigit(c) && (random || char.IsAsciiDigit(c));
            if (char.IsAsciiLetterOrDigit(c) && length < MaxWord) pair[before + length++] = char.ToLowerInvariant(c);
        }

        return null;
    }
}
