using Dibao.Feeds.Text;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>Markup as written, and whether it is HTML or plain text.</summary>
/// <remarks>RFC 4287 §3.1 and §4.1.3; Atom 0.3 <c>mode</c>; RSS has no types and means HTML.</remarks>
internal readonly record struct TextConstruct(string Raw, bool IsHtml)
{
    public string Plain => IsHtml ? PlainText.FromHtml(Raw) : PlainText.Fold(Raw);

    /// <summary>As written, but for the URLs in it.</summary>
    public string Markup(string? baseUrl) => IsHtml ? HtmlUrls.MakeAbsolute(Raw, baseUrl) : Raw;

    /// <summary>As HTML in either case, URLs absolute; null when nothing is in it.</summary>
    public string? Html(string? baseUrl) =>
        Raw.Length == 0 ? null : IsHtml ? HtmlUrls.MakeAbsolute(Raw, baseUrl) : XmlText.Escape(Raw);

    /// <param name="isAtom">Atom's types mean something in this document.</param>
    public static TextConstruct Of(XmlElement element, bool isAtom) =>
        isAtom || element.Vocabulary == Vocabulary.Atom ? Atom(element) : new(Xml.Markup.Inner(element), IsHtml: true);

    private static TextConstruct Atom(XmlElement element)
    {
        var type = element.Attribute("type")?.ToLowerInvariant() ?? "";
        if (IsBase64(element, type) && TryDecodeBase64(element.Text(), out var decoded))
            return new(decoded, IsHtml: type is not ("text" or "text/plain"));
        if (type.Contains("xhtml", StringComparison.Ordinal))
            return new(Xml.Markup.InnerXhtml(WithoutWrapper(element, type)), IsHtml: true);
        var isText = type is "" or "text" or "text/plain" && !element.HasElements;
        return type == "html" && Wrapper(element) is { } div ? new(Xml.Markup.Inner(div), IsHtml: true) : new(Xml.Markup.Inner(element), !isText);
    }

    // Atom 1.0 requires one div around XHTML and says that it is no part of the content (§3.1.1.3). In 0.3 it was.
    private static XmlElement WithoutWrapper(XmlElement element, string type) =>
        Wrapper(element) is { } div && (type == "xhtml" || IsAtom10(element)) ? div : element;

    private static bool IsAtom10(XmlElement element) =>
        NamespaceScope.UriOf(element.Scope, element.QualifiedName[..Math.Max(0, element.QualifiedName.IndexOf(':'))])
            .Contains("2005/atom", StringComparison.OrdinalIgnoreCase);

    /// <summary>The one div that is all there is inside.</summary>
    private static XmlElement? Wrapper(XmlElement element)
    {
        XmlElement? only = null;
        foreach (var child in element.Elements)
        {
            if (only is not null)
                return null;
            only = child;
        }

        return only?.Tag == Tag.Div && !element.HasOwnText ? only : null;
    }

    private static bool IsBase64(XmlElement element, string type) =>
        element.Attribute("mode") is { } mode
            ? mode.Equals("base64", StringComparison.OrdinalIgnoreCase)
            : type.Contains('/', StringComparison.Ordinal) && !type.StartsWith("text/", StringComparison.Ordinal) &&
              !type.EndsWith("xml", StringComparison.Ordinal) && !element.HasElements;

    private static bool TryDecodeBase64(string text, out string decoded)
    {
        var bytes = new byte[text.Length];
        var ok = Convert.TryFromBase64String(text, bytes, out var length);
        decoded = ok ? TextDecoder.Decode(bytes.AsSpan(0, length)).Text : "";
        return ok;
    }
}
