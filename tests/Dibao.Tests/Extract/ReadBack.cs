using System.Net;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.EmphasisExtras;

namespace Dibao.Tests.Extract;

/// <summary>What a reader of CommonMark, with GFM's tables and strikethrough, makes of Markdown; and the letters of it and of HTML.</summary>
internal static class ReadBack
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).Build();

    private static readonly Regex Tag = new("<[^>]*>", RegexOptions.NonBacktracking);
    private static readonly Regex Ruby = new("<rt>.*?</rt>|<rp>.*?</rp>", RegexOptions.NonBacktracking | RegexOptions.Singleline);

    public static string Html(string markdown) => Markdown.ToHtml(markdown, Pipeline);

    /// <summary>All characters but white space that readers see: no tags, and no reading aids over ruby's characters, which Markdown leaves out.</summary>
    public static string Letters(string html) => string.Concat(WebUtility.HtmlDecode(Tag.Replace(Ruby.Replace(html, ""), "")).Where(c => !char.IsWhiteSpace(c)));
}
