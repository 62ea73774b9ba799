using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Dibao.Extract.Page;

/// <summary>Pages as AngleSharp's trees, for whoever asks by selectors, in time and memory that are linear in their length and whatever their depth.</summary>
/// <remarks>Articles are read from <see cref="Markup.MarkupTree"/>.</remarks>
public static class PageParser
{
    // Where an element stood in the source is asked by nobody.
    private static readonly HtmlParserOptions Options = new() { IsScripting = false, DisableElementPositionTracking = true };

    /// <summary>Never throws: HTML has a tree for every input.</summary>
    public static IHtmlDocument Parse(string html, out bool cut)
    {
        var markup = MarkupFilter.Apply(html, out cut);
        return new HtmlParser(Options).ParseDocument(markup);
    }
}
