using Dibao.Keep;

namespace Dibao.Server.Read.Pages;

/// <summary>All outlets, the one with the newest article first.</summary>
public sealed class OutletsModel(ArchiveReader archive) : ReaderPage
{
    public override string Place => "outlets";

    public IReadOnlyList<OutletShelf> Shelves { get; private set; } = [];

    public void OnGet() => Shelves = archive.Catalogue.Outlets();
}
