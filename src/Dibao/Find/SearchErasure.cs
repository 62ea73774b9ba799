namespace Dibao.Find;

/// <summary>Writes the index anew without what was removed from it. FTS5 only marks a removed document, and leaves its words where they are until a merge.</summary>
/// <remarks>FTS5's secure-delete option does nothing for a contentless table with <c>contentless_delete</c>. Source: SQLite FTS5, section 6.15.</remarks>
public static class SearchErasure
{
    // 4 MB: other writers wait no longer than that takes.
    private const int PagesInOneStep = 1000;

    /// <summary>Costs as much as writing the index once; in steps, between which others may write.</summary>
    public static void Run(Database database, CancellationToken cancel)
    {
        while (database.Write(transaction => SearchMerge.Step(transaction, -PagesInOneStep))) cancel.ThrowIfCancellationRequested();
    }
}
