using Microsoft.AspNetCore.Http.Extensions;

namespace Dibao.Server.Read;

/// <summary>The same page in another language.</summary>
public static class LanguageLink
{
    public static string To(UiLanguage language, HttpRequest request)
    {
        var query = new QueryBuilder(request.Query
            .Where(pair => pair.Key != UiLanguageChoice.Name)
            .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? "")))
        {
            { UiLanguageChoice.Name, UiLanguageChoice.Tag(language) },
        };
        return request.Path.ToUriComponent() + query.ToQueryString().ToUriComponent();
    }
}
