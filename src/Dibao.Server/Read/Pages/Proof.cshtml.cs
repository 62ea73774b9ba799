using Dibao.Log;
using Dibao.Prove;
using Microsoft.AspNetCore.Mvc;

namespace Dibao.Server.Read.Pages;

/// <summary>What proves that a wording was captured, and how a stranger checks it.</summary>
public sealed class ProofModel(ArchiveReader archive) : ReaderPage
{
    public Article Article { get; private set; } = null!;
    public ArticleVersion Shown { get; private set; } = null!;
    public KeptCapture Capture { get; private set; } = null!;

    /// <summary>The checkpoint over it; null while there is none.</summary>
    public Checkpoint? Checkpoint { get; private set; }

    /// <summary>The log's key, for people to compare with one from elsewhere.</summary>
    public string? Key { get; private set; }

    public string? Lang => LanguageTag.Of(Article, Shown);

    public IActionResult OnGet(long id, int ordinal)
    {
        if (archive.Catalogue.Article(id) is not { } article) return Missing();
        if (archive.Catalogue.Versions(id).FirstOrDefault(version => version.Ordinal == ordinal) is not { } shown) return Missing();
        if (archive.Catalogue.Capture(shown.CaptureId) is not { } capture) return Missing();
        (Article, Shown, Capture) = (article, shown, capture);
        try
        {
            Key = archive.Log.Keys is [var key, ..] ? key.ToString() : null;
            Checkpoint = archive.Log.Checkpoint() is { } newest && newest.Checkpoint.Size > capture.Leaf ? newest.Checkpoint : null;
        }
        catch (LogException)
        {
            // /readyz and `dibao doctor` say what is wrong; a reader learns that there is no proof now.
            Checkpoint = null;
        }
        return Page();
    }
}
