namespace Dibao.Extract.Markup;

/// <summary>HTML to a tree, as the HTML Living Standard §13.2 has it for browsers without scripting.</summary>
internal static class MarkupParser
{
    /// <summary>What stands behind is not read.</summary>
    public const int MaxChars = 8_000_000;

    /// <summary>Never throws: HTML has a tree for every input. To be disposed of when nothing of it is needed any more.</summary>
    /// <param name="cut">Whether the page was too long or too deep.</param>
    /// <param name="lenient">False to let a comment that nothing ends hide the rest of the page, as the standard does.</param>
    public static MarkupTree Parse(string html, out bool cut, bool lenient = true)
    {
        cut = html.Length > MaxChars;
        var tree = MarkupTree.Take(WellFormed.Of(cut ? html[..MaxChars] : html));
        var builder = new TreeBuilder(tree, lenient);
        builder.Run();
        cut |= builder.Cut;
        return tree;
    }
}
