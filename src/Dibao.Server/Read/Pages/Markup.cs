using System.Text;
using System.Text.Encodings.Web;
using Dibao.Find;
using Microsoft.AspNetCore.Html;

namespace Dibao.Server.Read.Pages;

/// <summary>Running text with parts of it marked. Written by hand, since Razor leaves white space between elements: a gap within a Chinese word.</summary>
public static class Markup
{
    public static IHtmlContent Of(IEnumerable<SnippetPart> parts, HtmlEncoder encoder)
    {
        var html = new StringBuilder();
        foreach (var part in parts)
        {
            var text = encoder.Encode(part.Text);
            html.Append(part.Match ? $"<mark>{text}</mark>" : text);
        }
        return new HtmlString(html.ToString());
    }

    /// <summary>What was removed and added is also said to those who do not see it.</summary>
    public static IHtmlContent Of(IEnumerable<ComparedPiece> pieces, Words words, HtmlEncoder encoder)
    {
        var html = new StringBuilder();
        foreach (var piece in pieces)
        {
            var text = encoder.Encode(piece.Text);
            html.Append(piece.Fate switch
            {
                Fate.Removed => $"<del>{Said(words.RemovedText)}{text}</del>",
                Fate.Added => $"<ins>{Said(words.AddedText)}{text}</ins>",
                _ => text,
            });
        }
        return new HtmlString(html.ToString());

        string Said(string word) => $"<span class=\"unseen\" lang=\"{words.HtmlLang}\">{encoder.Encode(word)}</span>";
    }
}
