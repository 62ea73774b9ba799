using Dibao.Keep;

namespace Dibao.Publish;

/// <summary>How a folder is published into.</summary>
public sealed record PublishOptions
{
    /// <summary>Files that are there already and were not written by Dibao are replaced; otherwise they stop the run.</summary>
    public bool Overwrite { get; init; }
}

/// <summary>What a run did to a folder, in files.</summary>
/// <param name="Files">All that are Dibao's now: paths with '/', the manifest included.</param>
/// <param name="RemovedFiles">Those that no longer belonged.</param>
public sealed record PublishReport(long Written, long Unchanged, IReadOnlyList<string> Files, IReadOnlyList<string> RemovedFiles)
{
    public long Removed => RemovedFiles.Count;
}

/// <summary>How far publishing or exporting is, in articles.</summary>
public readonly record struct PublishProgress(long Done, long All);

/// <summary>Writes an archive as article files, lists and a README: the same archive gives the same bytes, and only files that differ are written.</summary>
/// <remarks>Works beside the process that writes the archive; what is captured meanwhile comes with the next run.</remarks>
public sealed class PublishRun(ArchiveReader archive, string folder, PublishOptions? options = null)
{
    private const string Readme = "README.md";

    private readonly Catalogue catalogue = archive.Catalogue;
    private readonly HashSet<string> files = [Readme];
    private OutletFolders names = new([]);
    private long written, unchanged, done;

    /// <exception cref="PublishException">The folder cannot be published into.</exception>
    public PublishReport Run(IProgress<PublishProgress>? progress, CancellationToken cancel)
    {
        RequireOutside(archive.Store.Root);
        using var target = PublishFolder.Open(folder);
        // 1. What belongs there, and whether it may be written.
        var shelves = catalogue.Outlets();
        names = new(shelves.Select(shelf => shelf.Outlet));
        var outlets = shelves.Where(shelf => shelf.Articles > 0).Select(shelf => shelf.Outlet).OrderBy(outlet => outlet.Id).ToList();
        Plan(outlets, cancel);
        target.Claim(files, options?.Overwrite ?? false);
        // 2. The files.
        WriteArticles(target, progress, cancel);
        foreach (var outlet in outlets) Write(target, ListPath(outlet), ListOf(outlet));
        Write(target, Readme, ListFileWriter.WriteReadme(outlets
            .OrderBy(outlet => ListPath(outlet), StringComparer.Ordinal)
            .Select(outlet => (outlet.Name, ListPath(outlet)))));
        // 3. What is left of articles that are no more.
        var removed = target.Keep(files);
        return new(written, unchanged, [.. files.Append(PublishManifest.Name).Order(StringComparer.Ordinal)], removed);
    }

    private void RequireOutside(string store)
    {
        if ((Path.GetFullPath(folder) + "/").StartsWith(store.TrimEnd('/') + "/", StringComparison.Ordinal))
        {
            throw new PublishException($"{folder} lies in the archive's own folder {store}: name one outside of it.");
        }
    }

    private void Plan(IReadOnlyList<Outlet> outlets, CancellationToken cancel)
    {
        foreach (var outlet in outlets) files.Add(ListPath(outlet));
        foreach (var article in catalogue.All())
        {
            cancel.ThrowIfCancellationRequested();
            if (PathOf(article) is { } path) files.Add(path);
        }
    }

    private void WriteArticles(PublishFolder target, IProgress<PublishProgress>? progress, CancellationToken cancel)
    {
        foreach (var article in catalogue.All())
        {
            cancel.ThrowIfCancellationRequested();
            // Captured since the plan was made: the next run's.
            if (PathOf(article) is not { } path || !files.Contains(path)) continue;
            Write(target, path, ArticleFileWriter.Write(article, catalogue.Body(article.Current.Id)));
            progress?.Report(new(++done, files.Count));
        }
    }

    private byte[] ListOf(Outlet outlet) => ListFileWriter.Write(outlet.Name, catalogue.Newest(outlet.Slug, null, ListFileWriter.Newest).Articles
        .Select(article => (article, Target: PathOf(article) is not { } path ? article.Url : files.Contains(path) ? "/" + path : null))
        .Where(line => line.Target is not null)
        .Select(line => (line.article, line.Target!)));

    private void Write(PublishFolder target, string file, ReadOnlySpan<byte> bytes)
    {
        if (target.WriteIfOther(file, bytes)) written++;
        else unchanged++;
    }

    private string ListPath(Outlet outlet) => $"lists/{names.Of(outlet)}.md";

    // Null when there is nothing of it but its address, or its outlet is newer than the names.
    private string? PathOf(Article article) =>
        article.VersionCount > 0 && names.Of(article.Outlet) is { } name ? $"articles/{name}/{article.Number}.md" : null;
}
