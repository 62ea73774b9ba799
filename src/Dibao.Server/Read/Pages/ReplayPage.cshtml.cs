using Dibao.Keep;
using Dibao.Server.Replay;
using Microsoft.AspNetCore.Mvc;

namespace Dibao.Server.Read.Pages;

/// <summary>A captured page in its frame, with what is known of the capture above it. The frame can touch nothing: <see cref="ReplayPolicy"/>.</summary>
public sealed class ReplayPageModel(ArchiveReader archive, ReaderOptions options) : ReaderPage
{
    // Enough to say how many there are; a thousand are many.
    private const int MostCounted = 1000;

    public DateTimeOffset At { get; private set; }
    public string Address { get; private set; } = "";
    public MementoNeighbours Around { get; private set; }
    public Article? Article { get; private set; }
    public int Count { get; private set; }
    public string? Truncated { get; private set; }
    public string Title => options.Title;
    public bool Scripts => options.ReplayScripts;
    public string All => ReplayAddress.AllOf(Address);
    public string Frame => ReplayAddress.PathOf(At, "mp_", Address);

    public string PathAt(DateTimeOffset at) => ReplayAddress.PathOf(at, "", Address);

    public IActionResult OnGet(string stamp)
    {
        if (!ReplayAddress.TryStamp(stamp, out var at, out _) || !ReplayAddress.TryUrl(HttpContext, 1, out var url)) return BadRequest();
        if (archive.Mementos.Of(url, at!.Value) is not { } memento)
        {
            return archive.Mementos.Closest(url, at.Value) is { } closest ? Redirect(ReplayAddress.PathOf(closest.At, "", url)) : Missing();
        }
        if (archive.Answer(memento.Place) is not { } answer) return Missing();
        (At, Address, Around) = (memento.At, url, archive.Mementos.Around(url, at.Value));
        MementoLinks.Describe(Response, new(options, Request), url, memento.At, Around);
        if (answer.RedirectsTo is { } target) return Redirect(ReplayAddress.PathOf(memento.At, "", target));
        Truncated = answer.Truncated;
        Article = archive.Catalogue.Article(url);
        Count = archive.Mementos.Times(url, MostCounted).Count;
        Response.Headers.ContentSecurityPolicy = $"{Reader.Policy}; frame-src 'self'";
        return Page();
    }
}
