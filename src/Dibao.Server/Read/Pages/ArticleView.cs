using Dibao.Capture.Coverage;
using Dibao.Keep;
using Dibao.Server.Replay;

namespace Dibao.Server.Read.Pages;

/// <summary>What <c>_Article.cshtml</c> shows: one wording of an article, and what is known of it.</summary>
public sealed record ArticleView
{
    public required Article Article { get; init; }

    /// <summary>The wording that is shown.</summary>
    public required ArticleVersion Shown { get; init; }

    public required ArticleBody Body { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<ArticleVersion> Versions { get; init; }

    /// <summary>The capture that held the wording; null when it is gone from the catalogue.</summary>
    public KeptCapture? Capture { get; init; }

    /// <summary>Where the page is shown as it was captured; null for what came from a feed or a file.</summary>
    public string? AsCaptured { get; init; }

    public required Ui Ui { get; init; }

    /// <summary>What the archive keeps of its pictures.</summary>
    public required Pictures Pictures { get; init; }

    /// <summary>Articles with nearly the same text, the most alike first.</summary>
    public required IReadOnlyList<KinArticle> Kin { get; init; }

    /// <summary>Which sources announced it.</summary>
    public required IReadOnlyList<Sighting> Sightings { get; init; }

    /// <summary>Safe HTML with the archive's own pictures.</summary>
    public string Html => Pictures.Show(Body.Html, Ui.Words);

    public bool IsCurrent => Shown.Id == Article.Current.Id;

    public string? Lang => LanguageTag.Of(Article, Shown);

    /// <summary>Pages often begin with it; a second copy above would be one too many.</summary>
    public string? LeadImage => Pictures.PathOf(Shown.LeadImage) is { } path && !Html.Contains(path, StringComparison.Ordinal) ? path : null;

    public string? Standfirst => Shown.StandfirstOver(Body);

    public static ArticleView Of(Article article, ArticleVersion shown, ArchiveReader archive, Ui ui) =>
        Of(article, shown, archive.Catalogue.Body(shown.Id), archive, ui);

    private static ArticleView Of(Article article, ArticleVersion shown, ArticleBody body, ArchiveReader archive, Ui ui) => new()
    {
        Article = article,
        Shown = shown,
        Body = body,
        Pictures = Pictures.Of(shown, body, archive),
        Kin = archive.Kin(article.Id),
        Sightings = archive.Coverage.Sightings(article.Outlet.Id, article.Url),
        Versions = [.. archive.Catalogue.Versions(article.Id).Reverse()],
        Capture = archive.Catalogue.Capture(shown.CaptureId),
        AsCaptured = AsCapturedOf(article, shown, archive),
        Ui = ui,
    };

    private static string? AsCapturedOf(Article article, ArticleVersion shown, ArchiveReader archive) =>
        shown.Origin == VersionOrigin.Page && archive.Mementos.Closest(article.Url, shown.Captured) is { } memento
            ? ReplayAddress.PathOf(memento.At, "", article.Url)
            : null;
}
