using System.Text;

namespace Dibao.Publish.Git;

/// <summary>What committing a published folder came to.</summary>
/// <param name="Message">Of the commit; null when nothing had changed, and so nothing was committed.</param>
/// <param name="Pushed">The remote has it.</param>
public sealed record GitReport(string? Message, bool Pushed);

/// <summary>A published folder as a plain git repository of its own, by the system's git.</summary>
public sealed class GitTarget(string folder, TimeProvider time)
{
    private readonly string root = Path.GetFullPath(folder);
    private readonly GitProcess git = new(Path.GetFullPath(folder), time);

    /// <summary>Commits what differs from the last commit among the published files, and pushes.</summary>
    /// <param name="files">As <see cref="PublishReport.Files"/>.</param>
    /// <param name="remote">Name or URL; null pushes nowhere.</param>
    /// <exception cref="PublishException">There is no git, or it failed; what is published stays, and the next run commits it.</exception>
    public async Task<GitReport> CommitAsync(IReadOnlyCollection<string> files, string? remote, CancellationToken cancel)
    {
        if (!Path.Exists(Path.Combine(root, ".git"))) await git.RunAsync("make a repository", ["init", "--quiet"], null, cancel);
        await StageAsync(files, cancel);
        var message = MessageFor(await git.RunAsync(
            "compare with the last commit", ["diff", "--cached", "--name-status", "--no-renames", "--no-ext-diff", "-z"], null, cancel));
        if (message is not null) await git.RunAsync("commit", ["commit", "--quiet", "--no-edit", "-m", message], null, cancel);
        if (remote is null) return new(message, Pushed: false);
        await git.RunAsync("push", ["push", "--quiet", "--", remote, "HEAD"], null, cancel);
        return new(message, Pushed: true);
    }

    // Exactly our files, by their names: nothing else in the folder is added. What the last commit's manifest
    // names and this one does not is gone; that also catches what a run removed whose commit then failed.
    private async Task StageAsync(IReadOnlyCollection<string> files, CancellationToken cancel)
    {
        var before = await git.TryRunAsync(["cat-file", "blob", $":{PublishManifest.Name}"], null, cancel);
        var committed = before.ExitCode == 0 ? PublishManifest.Read(Encoding.UTF8.GetBytes(before.Output)) ?? [] : [];
        var paths = new StringBuilder();
        foreach (var file in committed.Union(files).Order(StringComparer.Ordinal)) paths.Append(file).Append('\0');
        await git.RunAsync("stage the files", ["update-index", "--add", "--remove", "-z", "--stdin"], paths.ToString(), cancel);
    }

    /// <param name="changes">Status and path in turn, each ended by NUL.</param>
    private static string? MessageFor(string changes)
    {
        var parts = changes.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0) return null;
        var (added, changed, removed) = (0, 0, 0);
        for (var i = 0; i + 1 < parts.Length; i += 2)
        {
            if (!parts[i + 1].StartsWith("articles/", StringComparison.Ordinal)) continue;
            if (parts[i] == "A") added++;
            else if (parts[i] == "D") removed++;
            else changed++;
        }
        if (added + changed + removed == 0) return "Lists only";
        return $"{added} new, {changed} changed" + (removed > 0 ? $", {removed} removed" : "");
    }
}
