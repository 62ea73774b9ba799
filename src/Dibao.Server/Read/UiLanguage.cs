using Microsoft.Net.Http.Headers;

namespace Dibao.Server.Read;

/// <summary>Languages that the reader speaks.</summary>
public enum UiLanguage
{
    ZhHans = 0,
    ZhHant = 1,
    En = 2,
}

/// <summary>Finds the language of one request: <c>?ui=</c>, then the cookie, then Accept-Language, then simplified Chinese.</summary>
public static class UiLanguageChoice
{
    public const string Name = "ui";

    private const int MaxHeaderCharacters = 512;

    public static UiLanguage Of(HttpContext context) =>
        Asked(context.Request) ?? Named(context.Request.Cookies[Name]) ?? Accepted(context.Request.Headers.AcceptLanguage.ToString());

    /// <summary>The language that <c>?ui=</c> asks for; null when it asks for none that is spoken.</summary>
    public static UiLanguage? Asked(HttpRequest request) => Named(request.Query[Name]);

    /// <summary>BCP 47.</summary>
    public static string Tag(UiLanguage language) => Words.Of(language).HtmlLang;

    private static UiLanguage? Named(string? tag) => tag is { Length: > 0 and < 32 } ? FromTag(tag) : null;

    private static UiLanguage Accepted(string header)
    {
        if (header.Length > MaxHeaderCharacters || !StringWithQualityHeaderValue.TryParseList([header], out var wishes)) return UiLanguage.ZhHans;
        return wishes.Where(wish => wish.Quality is not 0)
            .OrderByDescending(wish => wish.Quality ?? 1)
            .Select(wish => FromTag(wish.Value.ToString()))
            .FirstOrDefault(language => language is not null) ?? UiLanguage.ZhHans;
    }

    private static UiLanguage? FromTag(string tag)
    {
        var parts = tag.ToLowerInvariant().Split('-');
        if (parts[0] == "en") return UiLanguage.En;
        if (parts[0] is not ("zh" or "yue")) return null;
        if (parts.Contains("hans")) return UiLanguage.ZhHans;
        return parts.Contains("hant") || parts.Contains("tw") || parts.Contains("hk") || parts.Contains("mo") || parts[0] == "yue"
            ? UiLanguage.ZhHant
            : UiLanguage.ZhHans;
    }
}
