using System.Collections.Frozen;
using AngleSharp.Dom;

namespace Dibao.Extract.Body;

/// <summary>What the class, id and role of an element say about it, in the words that templates use.</summary>
internal static class ClutterWords
{
    private const int MaxWord = 32;

    private static readonly FrozenSet<string> Clutter = Set(
        "share shares sharing sharebar sharetools sharebuttons sharethis addthis addtoany jiathis bdshare social socials socialmedia " +
        "related relateds recommend recommended recommendation recommendations recommends recirc recirculation readmore seealso " +
        "newsletter newsletters subscribe subscription promo promos promotion promobox selfpromo teasers teaserlist marketing " +
        "comment comments commentlist disqus respond discussion reactions sidebar breadcrumb breadcrumbs crumb crumbs navigation navbar " +
        "nav subnav menu submenu footer cookie cookies consent gdpr cmp ad ads adbox adv advert adverts advertisement advertising adsense " +
        "adslot adunit dfp gpt werbung anzeige publicidad publicite pubblicita sponsor sponsored sponsoring outbrain taboola mgid paywall regwall login " +
        "signin signup register popup popover modal overlay tooltip toolbar tagcloud taglist tags keywords pagination pager paging byline authorbox bio " +
        "copyright print rating ratings vote voting poll survey trending popular mostread mostpopular latest carousel " +
        "skip follow followus feedback donate donation pullquote widget widgets tabs topnav topbar masthead " +
        "qrcode wechat weibo fenxiang pinglun xiangguan relate tuijian guanggao banner player video videos sitemap infobox factbox " +
        "caption captions imagetext bildunterschrift legende credit credits correction editor bianji zebian disclaimer shopping affiliate ecommerce");

    private static readonly FrozenSet<string> Body = Set(
        "article articlebody articlecontent articletext story storybody storycontent post postbody postcontent entry entrycontent body bodytext " +
        "content contenttext maintext main text textbody richtext copy zhengwen wenzhang neirong artibody");

    private static readonly FrozenSet<string> Roles = Set(
        "navigation search complementary contentinfo banner dialog alertdialog menu menubar toolbar tooltip status alert form");

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static bool IsClutterRole(IElement element) =>
        element.GetAttribute("role") is { } role && Roles.Contains(role);

    /// <summary>Whether a word of the class or id is one that templates give to what surrounds articles.</summary>
    public static bool NamesClutter(IElement element) =>
        AnyWord(element.GetAttribute("class"), Clutter) || AnyWord(element.Id, Clutter) || NamesPromotion(element);

    /// <summary>Whether a word of the class or id is one that templates give to an article's body.</summary>
    public static bool NamesBody(IElement element) =>
        AnyWord(element.GetAttribute("class"), Body) || AnyWord(element.Id, Body);

    // <div data-selfpromo-newsletter>: slots that a script would fill.
    private static bool NamesPromotion(IElement element)
    {
        foreach (var attribute in element.Attributes)
        {
            var name = attribute.Name;
            if (name.StartsWith("data-selfpromo", StringComparison.Ordinal)
                || name.StartsWith("data-ad-", StringComparison.Ordinal)
                || name is "data-form" or "data-root-share" or "data-promo" or "data-newsletter") return true;
        }

        return false;
    }

    /// <summary>The words of a class or id, in lower case: divided as <see cref="AnyWord"/> divides them.</summary>
    public static List<string> WordsOf(string names)
    {
        var words = new List<string>();
        var (start, lower) = (-1, false);
        for (var i = 0; i <= names.Length; i++)
        {
            var c = i < names.Length ? names[i] : ' ';
            var letter = char.IsAsciiLetterOrDigit(c);
            if (start >= 0 && (!letter || (lower && char.IsAsciiLetterUpper(c))))
            {
                if (i - start <= MaxWord) words.Add(names[start..i].ToLowerInvariant());
                start = -1;
            }

            lower = char.IsAsciiLetterLower(c);
            if (letter && start < 0) start = i;
        }

        return words;
    }

    /// <summary>Words are divided by anything but letters and digits, and by a capital after a small letter.</summary>
    public static bool AnyWord(string? names, FrozenSet<string> words)
    {
        if (string.IsNullOrEmpty(names)) return false;
        var lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> word = stackalloc char[MaxWord];
        var length = 0;
        var lower = false;
        foreach (var c in names)
        {
            if (length > 0 && (!char.IsAsciiLetterOrDigit(c) || (lower && char.IsAsciiLetterUpper(c))))
            {
                if (lookup.Contains(word[..length])) return true;
                length = 0;
            }

            lower = char.IsAsciiLetterLower(c);
            if (char.IsAsciiLetterOrDigit(c) && length < MaxWord) word[length++] = char.ToLowerInvariant(c);
        }

        return length > 0 && lookup.Contains(word[..length]);
    }
}
