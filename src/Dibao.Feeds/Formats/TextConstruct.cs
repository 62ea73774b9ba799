using System.Text;
using Dibao.Feeds.Text;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>Markup as written, and whether it is HTML or plain text.</summary>
/// <remarks>RFC 4287 §3.1 and §4.1.3; Atom 0.3 <c>mode</c>; RSS has no types and means HTML.</remarks>
internal readonly record struct TextConstruct(string Raw, bool IsHtml)
{
    public string Plain => IsHtml ? PlainText.FromHtml(Raw) : PlainText.Fold(Raw);

    /// <summary>As HTML in either case.</summary>
    public string Html => IsHtml ? Raw : XmlText.Escape(Raw);

    public static TextConstruct Rss(XmlElement element) => new(Markup.Inner(element), IsHtml: true);

    public static TextConstruct Atom(XmlElement element)
    {
        var type = element.Attribute("type")?.Trim().ToLowerInvariant() ?? "";
        if (IsBase64(element, type) && TryDecodeBase64(element.Text(), out var decoded))
            return new(decoded, IsHtml: type is not ("text" or "text/plain" or ""));
        if (type.Contains("xhtml", StringComparison.Ordinal))
            return new(Markup.InnerXhtml(WithoutWrapper(element)), IsHtml: true);
        var isText = type is "" or "text" or "text/plain" && !element.Elements.Any();
        return new(Markup.Inner(element), !isText);
    }

    // Atom 1.0 requires one div around XHTML and says that it is no part of the content (§3.1.1.3).
    private static XmlElement WithoutWrapper(XmlElement element) =>
        element.Attribute("type")?.Trim() == "xhtml" && element.Elements.ToList() is [{ Name: "div" } div]
            ? div
            : element;

    private static bool IsBase64(XmlElement element, string type) =>
        element.Attribute("mode") is { } mode
            ? mode.Trim().Equals("base64", StringComparison.OrdinalIgnoreCase)
            : type.Contains('/', StringComparison.Ordinal) && !type.StartsWith("text/", StringComparison.Ordinal) &&
              !type.EndsWith("xml", StringComparison.Ordinal) && !element.Elements.Any();

    private static bool TryDecodeBase64(string text, out string decoded)
    {
        var bytes = new byte[text.Length];
        var ok = Convert.TryFromBase64String(text, bytes, out var length);
        decoded = ok ? TextDecoder.Decode(bytes.AsSpan(0, length)).Text : "";
        return ok;
    }
}
