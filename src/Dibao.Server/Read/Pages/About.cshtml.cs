using Dibao.Keep;

namespace Dibao.Server.Read.Pages;

/// <summary>What this is, and how much of it there is.</summary>
public sealed class AboutModel(ArchiveReader archive) : ReaderPage
{
    public override string Place => "about";

    public CatalogueCounts Counts { get; private set; } = null!;

    public void OnGet() => Counts = archive.Catalogue.Counts();
}
