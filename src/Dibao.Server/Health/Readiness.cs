using Microsoft.Data.Sqlite;

namespace Dibao.Server.Health;

/// <summary>Whether the archive can be read and go on keeping.</summary>
/// <param name="writerFault">Why nothing more can be kept; null when it can.</param>
internal sealed class Readiness(ArchiveReader archive, Func<string?> writerFault)
{
    /// <summary>Below it a capture may not fit any more: bodies are up to 16 MiB, and the catalogue grows beside them.</summary>
    public const long LeastFreeBytes = 256L << 20;

    /// <summary>What is not well, in words; empty when all is.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (CatalogueProblem() is { } catalogue) problems.Add(catalogue);
        var free = FreeBytes();
        if (free < LeastFreeBytes) problems.Add($"The disk of {archive.Store.Root} has {free >> 20} MiB free, and {LeastFreeBytes >> 20} MiB are wanted: free some space.");
        if (writerFault() is { } fault) problems.Add(fault);
        return problems;
    }

    public long FreeBytes() => new DriveInfo(archive.Store.Root).AvailableFreeSpace;

    private string? CatalogueProblem()
    {
        try
        {
            archive.Catalogue.Newest(null, null, 1);
            return null;
        }
        catch (SqliteException failed)
        {
            return $"The catalogue does not answer: {failed.Message}. Stop dibao and run `dibao doctor`.";
        }
    }
}
