using Dibao.Extract.Markup;
using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>Drops what surrounds and interrupts an article: by element, name, visibility, and by where its links lead.</summary>
internal static class Clutter
{
    // Of the paragraph text around it. What holds more is the article, whatever its name: some templates hide it until a script runs,
    // or call the article's own wrapper "paywall".
    private const double MostProse = 0.35;

    private const double MostProseOfForeign = 0.85;

    // Of the page's: several of one make.
    private const double MostProseOfParts = 0.5;

    // The same for what stands in for a script: as much again is what the script would show.
    private const double MostProseOfFallback = 0.55;

    // The same for what is also named as a body: "sidebar-grid__content article__content".
    private const double MostProseOfBody = 0.3;

    // Of a page's paragraph text: with its title, that is an article.
    private const double LeastProseOfHeadline = 0.2;

    // Of a page's paragraph text: one element with an ambiguous name, and all with the same.
    private const double MostProseOfOne = 0.15;
    private const double MostProseOfAll = 0.15;

    // Of a page's paragraph text, once its clutter is gone.
    private const double LeastLeft = 0.25;

    // The same where all else is readers' comments, which may be many times as long as a short article.
    private const double LeastBesideForeign = 0.1;

    /// <param name="headline">The h1 that is the article's title, by which its element is known whatever its name; -1 for none.</param>
    /// <param name="wholePage">False for a feed's content, which has no navigation of its own.</param>
    public static void Drop(PageTree tree, PageWeights weights, int headline, bool wholePage)
    {
        var before = weights.Prose[0];
        var figures = new Figures(tree, weights);
        var dropped = DropElements(tree, weights, headline, wholePage, figures);
        DropAmbiguous(tree, weights, figures);
        DropShareBoxes(tree);
        weights.Measure();
        var foreign = dropped.Where(d => ClutterWords.NamesForeign(tree.Element(d.At)!)).Sum(d => d.Prose);
        if (weights.Prose[0] > Math.Max((before - foreign) * LeastLeft, before * LeastBesideForeign))
        {
            if (KeepParts(tree, dropped, headline, before)) weights.Measure();
            return;
        }

        // The template's names mean something else here: every paragraph may sit in a "sidebar-grid".
        Array.Clear(tree.Dropped);
        weights.Measure();
        DropElements(tree, weights, headline, wholePage, figures: null);
        DropShareBoxes(tree);
        weights.Measure();
    }

    // By name as well, where figures are told from what is named like them.
    private static List<(int At, int Prose)> DropElements(PageTree tree, PageWeights weights, int headline, bool wholePage, Figures? figures)
    {
        var dropped = new List<(int At, int Prose)>();
        for (var i = 1; i < tree.Count; i++)
        {
            if (tree.Element(i) is not { } element) continue;
            if (tree.IsInside(headline, i) && weights.Prose[i] > weights.Prose[0] * LeastProseOfHeadline) continue;
            if (!IsClutter(element, tree.Role(i), wholePage, figures is not null && !WrapsCode(tree, i)) || IsBody(element, weights.Prose[i], weights.Prose[Around(tree, i)]))
            {
                if (tree.Name(i) == "pre") i = tree.End(i) - 1; // what a program's highlighter names is of the program
                continue;
            }

            if (figures?.Hold(i) == true) continue;
            tree.Dropped[i] = true;
            if (weights.Prose[i] > 0) dropped.Add((i, weights.Prose[i]));
            i = tree.End(i) - 1;
        }

        return dropped;
    }

    // An article in parts, each in a wrapper of one make behind its headline: what they hold together is no clutter.
    private static bool KeepParts(PageTree tree, List<(int At, int Prose)> dropped, int headline, int all)
    {
        var parts = dropped.Where(d => d.At > headline && tree.Role(d.At) == TagRole.Block && !ClutterWords.NamesForeign(tree.Element(d.At)!) && tree.Name(d.At) is "div" or "section" or "article" or "p");
        foreach (var make in parts.GroupBy(d => (tree.Name(d.At), tree.Element(d.At)!.GetAttribute("class"))))
        {
            if (make.Key.Item2 is null || make.Count() < 2 || make.Sum(d => d.Prose) <= all * MostProseOfParts) continue;
            foreach (var (at, _) in make) tree.Dropped[at] = false;
            return true;
        }

        return false;
    }

    // All that one word names, or none of it: what holds much of the page's text, taken together, is no clutter here.
    private static void DropAmbiguous(PageTree tree, PageWeights weights, Figures figures)
    {
        var named = new List<(string Word, int At)>();
        for (var i = 1; i < tree.Count; i++)
        {
            if (tree.Dropped[i] || tree.Name(i) == "figcaption") { i = tree.End(i) - 1; continue; }
            if (tree.Role(i) is not TagRole.Block || tree.Element(i) is not { } element) continue;
            if (element.LocalName is "body" or "article" or "main" || weights.Prose[i] > weights.Prose[0] * MostProseOfOne || WrapsCode(tree, i)) continue;
            if (ClutterWords.Perhaps(element) is not { } word || figures.IsFrame(i)) continue;
            named.Add((word, i));
            i = tree.End(i) - 1;
        }

        foreach (var word in named.GroupBy(n => n.Word, StringComparer.Ordinal))
        {
            if (word.Sum(n => weights.Prose[n.At]) > weights.Prose[0] * MostProseOfAll) continue;
            foreach (var (_, i) in word) tree.Dropped[i] = true;
        }
    }

    // <div class="code-toolbar"><pre>: a program with a button to copy it.
    private static bool WrapsCode(PageTree tree, int i) => i + 1 < tree.End(i) && tree.Name(tree.Role(i + 1) == TagRole.Text && i + 2 < tree.End(i) ? i + 2 : i + 1) == "pre";

    // The article or main element around: a page may hold more text outside of it, in consent forms or other articles.
    private static int Around(PageTree tree, int i)
    {
        var at = tree.Parent(i);
        while (at > 0 && tree.Name(at) is not ("article" or "main")) at = tree.Parent(at);
        return Math.Max(at, 0);
    }

    private static bool IsBody(MarkupElement element, int prose, int all) =>
        prose > all * (ClutterWords.NamesForeign(element) ? MostProseOfForeign : element.Is(Tag.NoScript) ? MostProseOfFallback : MostProse) || (prose > all * MostProseOfBody && ClutterWords.NamesBody(element) && !ClutterWords.NamesForeign(element));

    private static bool IsClutter(MarkupElement element, TagRole role, bool wholePage, bool byName)
    {
        var name = element.LocalName;
        if (name is "body" or "html" or "article" or "main" or "figcaption") return false;
        if (name is "a") return ShareLinks.IsShare(element.GetAttribute("href"));
        if (name is "nav" or "dialog" || (name is "noscript" && role != TagRole.Inline) || (wholePage && name is "footer" or "aside" or "menu")) return true;
        if (IsHidden(element) && !element.FollowsControl) return true;
        if (role is TagRole.Image or TagRole.LineBreak or TagRole.Embed) return false;
        if (wholePage && ClutterWords.IsClutterRole(element)) return true;
        return byName && ClutterWords.NamesClutter(element) && !(role is TagRole.Inline && name is not "span") && !Tags.IsMathJax(name); // which has a menu of its own
    }

    /// <summary>Whether an element's own markup hides it from all readers, or from those of screens.</summary>
    public static bool IsHidden(MarkupElement element)
    {
        if (element.HasAttribute("hidden") || (element.GetAttribute("aria-hidden") == "true" && !IsFormula(element))) return true;
        var style = element.GetAttribute("style");
        return style is not null && (Says(style, "display", "none") || Says(style, "visibility", "hidden"));
    }

    // Readers of screens are given its source instead.
    private static bool IsFormula(MarkupElement element) => element.Is(Tag.Img) && element.GetAttribute("alt") is { Length: > 0 };

    // display: none
    private static bool Says(string style, string property, string value)
    {
        var at = style.IndexOf(property, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && style.AsSpan(at + property.Length).TrimStart().TrimStart(':').TrimStart().StartsWith(value, StringComparison.OrdinalIgnoreCase);
    }

    // A box of which nothing is left but a label ("分享 :") once its share links are gone, goes with them.
    private static void DropShareBoxes(PageTree tree)
    {
        var more = new HashSet<int>(); // known to hold more: asked once, not for every link inside
        for (var i = 1; i < tree.Count; i++)
        {
            if (!tree.Dropped[i] || tree.Name(i) != "a") continue;
            var box = i;
            while (tree.Parent(box) > 0 && !more.Contains(tree.Parent(box)))
            {
                if (!IsLabelOnly(tree, tree.Parent(box))) { more.Add(tree.Parent(box)); break; }
                box = tree.Parent(box);
            }

            if (box == i) continue;
            tree.Dropped[box] = true;
            i = tree.End(box) - 1;
        }
    }

    private static bool IsLabelOnly(PageTree tree, int box)
    {
        if (tree.Name(box) is "body" or "html" or "article" or "main") return false;
        var weight = 0;
        for (var i = box; i < tree.End(box); i++)
        {
            if (tree.Dropped[i]) { i = tree.End(i) - 1; continue; }
            if (tree.Role(i) is TagRole.Image or TagRole.Heading) return false;
            if (tree.Role(i) == TagRole.Text) weight += TextWeight.Of(tree.TextOf(i)).Weight;
            if (weight > 24) return false;
        }

        return true;
    }
}
