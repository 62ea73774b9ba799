using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Dibao.Extract.Markup;
using Dibao.Extract.Page;

namespace Dibao.Extract.Sites;

/// <summary>A rule as it applies to one page: read first, then the page is changed as the rule says, before anything else reads it.</summary>
internal sealed class RuledPage
{
    public required SiteRule Rule { get; init; }

    /// <summary>The row of the element that holds all of the body and nothing else; -1 where the rule names none, or the page has none.</summary>
    public int Body { get; private set; } = -1;

    public string? Title { get; private init; }
    public IReadOnlyList<string> Authors { get; private init; } = [];
    public string? Date { get; private init; }

    /// <summary>The rule that is to be used for a page; null for none.</summary>
    public static SiteRule? RuleOf(ReadingOptions options, string? url) =>
        options.Rules is { } rules && Uri.TryCreate(url, UriKind.Absolute, out var address) && rules.For(address.Host) is { } rule && rule.HoldsAt(options.Fetched) ? rule : null;

    /// <summary>The page as the rule leaves it.</summary>
    public static MarkupTree Parse(SiteRule rule, string html, List<string> warnings, out RuledPage ruled, out bool cut)
    {
        var document = PageParser.Parse(rule.Rewrite(html), out cut);
        ruled = Apply(rule, document, warnings, out var body);
        var tree = DomCopy.Of(document, body, out var row);
        ruled.Body = row;
        return tree;
    }

    private static RuledPage Apply(SiteRule rule, IHtmlDocument document, List<string> warnings, out IElement? body)
    {
        var page = new QueriedPage(document);
        var ruled = new RuledPage
        {
            Rule = rule,
            Title = First(page, rule.Title),
            Authors = [.. rule.Author.Select(place => page.Text(place)).OfType<string>()],
            Date = First(page, rule.Date),
        };
        foreach (var place in rule.Strip)
            foreach (var node in page.Nodes(place)) Remove(node);
        if (rule.StripIdOrClass.Count + rule.StripImageSource.Count + rule.StripText.Count > 0)
            foreach (var element in document.All.Where(element => IsStripped(element, rule)).ToList()) Remove(element);
        body = BodyOf(page, rule, document);
        if (rule.Body.Count > 0 && body is null) warnings.Add($"The rule for {rule.Host} finds no body on this page{(rule.AutodetectOnFailure ? "; it was found without" : "")}.");
        if (page.GaveUp) warnings.Add($"A query of the rule for {rule.Host} was given up on this page: it took too many steps.");
        return ruled;
    }

    private static string? First(QueriedPage page, IReadOnlyList<Place> places) =>
        places.Select(place => page.Text(place)).OfType<string>().Select(FoldedText.Of).FirstOrDefault(text => text.Length > 0);

    private static void Remove(INode node)
    {
        if (node is not (IHtmlHtmlElement or IHtmlBodyElement)) node.Parent?.RemoveChild(node);
    }

    private static bool IsStripped(IElement element, SiteRule rule)
    {
        if (element is IHtmlHtmlElement or IHtmlBodyElement) return false;
        if (Contains(element.Id, rule.StripIdOrClass) || Contains(element.GetAttribute("class"), rule.StripIdOrClass)) return true;
        if (element.LocalName == "img" && Contains(element.GetAttribute("src"), rule.StripImageSource)) return true;
        return rule.StripText.Count > 0 && element.LocalName is "p" or "li" && Contains(element.TextContent, rule.StripText);
    }

    private static bool Contains(string? text, IReadOnlyList<string> parts)
    {
        if (string.IsNullOrEmpty(text)) return false;
        foreach (var part in parts)
            if (text.Contains(part, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    // The first place that is found. Where it is found several times, all of them, one after the other.
    private static IElement? BodyOf(QueriedPage page, SiteRule rule, IHtmlDocument document)
    {
        foreach (var place in rule.Body)
        {
            var found = page.Nodes(place).OfType<IElement>().Where(element => element.Parent is not null).ToList();
            var outer = found.Where(element => !found.Exists(other => other != element && other.Contains(element))).ToList();
            if (outer.Count == 0) continue;
            if (outer is [var only]) return only;
            var all = document.CreateElement("div");
            outer[0].Parent!.InsertBefore(all, outer[0]);
            foreach (var element in outer) all.AppendChild(element);
            return all;
        }

        return null;
    }
}
