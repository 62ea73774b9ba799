namespace Dibao.Server.Read;

/// <summary>Absolute addresses of the reader's pages, as this request's reader reaches them.</summary>
public sealed class ReaderUrls(ReaderOptions options, HttpRequest request)
{
    private readonly string root = options.PublicUrl is { Length: > 0 } url
        ? url.TrimEnd('/')
        : $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}";

    public string Of(string path) => root + path;

    public string Of(Article article) => $"{root}/a/{article.Id}";
}
