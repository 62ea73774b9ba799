using Microsoft.AspNetCore.Mvc;

namespace Dibao.Server.Read.Pages;

/// <summary>The page for a request that went wrong; also reached by <c>POST</c>, hence without antiforgery.</summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class ErrorModel : ReaderPage
{
    public int Status { get; private set; }

    public string Heading => Status switch
    {
        400 => Words.BadRequestTitle,
        404 => Words.NotFoundTitle,
        >= 500 => Words.ServerErrorTitle,
        _ => Words.OtherErrorTitle,
    };

    public string Text => Status switch
    {
        400 => Words.BadRequestText,
        404 => Words.NotFoundText,
        >= 500 => Words.ServerErrorText,
        _ => Words.OtherErrorText,
    };

    public void OnGet(int status) => Show(status);

    public void OnPost(int status) => Show(status);

    // Asked for by name, it is a page that does not exist.
    private void Show(int status)
    {
        Status = status is >= 400 and < 600 ? status : 404;
        Response.StatusCode = Status;
    }
}
