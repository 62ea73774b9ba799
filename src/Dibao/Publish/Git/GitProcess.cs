using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Dibao.Publish.Git;

/// <summary>What a git command ended as.</summary>
/// <param name="Output">Standard output, as UTF-8.</param>
/// <param name="Errors">The last lines of standard error, with no credentials in them.</param>
internal readonly record struct GitResult(int ExitCode, string Output, string Errors);

/// <summary>Runs the system's git in one repository: no shell, no prompts, nobody's own settings for what decides the bytes.</summary>
internal sealed class GitProcess(string folder, TimeProvider time)
{
    private const int MaxErrorCharacters = 2000;

    // A push over a dead line would otherwise hold a server's job for good.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    // Set inside hooks: they would lead git to another repository.
    private static readonly string[] Foreign =
        ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"];

    private static readonly SearchValues<char> AfterAuthority = SearchValues.Create("/ '\"\n\t");

    private static readonly string[] Settings =
        ["-c", "core.autocrlf=false", "-c", "core.safecrlf=false", "-c", "commit.gpgSign=false", "-c", "init.defaultBranch=main", "-c", "gc.autoDetach=false"];

    /// <exception cref="PublishException">It ended in an error; <paramref name="doing"/> says at what.</exception>
    public async Task<string> RunAsync(string doing, string[] arguments, string? input, CancellationToken cancel)
    {
        var result = await TryRunAsync(arguments, input, cancel);
        return result.ExitCode == 0 ? result.Output : throw new PublishException(
            $"git could not {doing} in {folder}: {(result.Errors.Length > 0 ? result.Errors : $"it ended with {result.ExitCode}")}. {RemedyFor(result.Errors)}");
    }

    /// <exception cref="PublishException">There is no git, or it does not end.</exception>
    public async Task<GitResult> TryRunAsync(string[] arguments, string? input, CancellationToken cancel)
    {
        using var git = Start(arguments);
        using var timer = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        try
        {
            var errors = TailAsync(git.StandardError, either.Token);
            var output = git.StandardOutput.ReadToEndAsync(either.Token);
            await FeedAsync(git, input, either.Token);
            await git.WaitForExitAsync(either.Token);
            return new(git.ExitCode, await output, WithoutCredentials((await errors).Trim()));
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new PublishException($"git {arguments[0]} in {folder} did not end within {Limit.TotalMinutes:0} minutes. Look at the remote and the network; the next publish goes on from here.");
        }
        finally
        {
            if (!git.HasExited) git.Kill(entireProcessTree: true);
        }
    }

    private Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in Settings.Concat(arguments)) start.ArgumentList.Add(argument);
        SetEnvironment(start.Environment);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new PublishException(
                $"git cannot be started: {missing.Message}. Install it (Debian: apt install git) so that it is on the PATH, or publish without --git.", missing);
        }
    }

    private void SetEnvironment(IDictionary<string, string?> environment)
    {
        foreach (var name in Foreign) environment.Remove(name);
        environment["LC_ALL"] = "C";
        environment["GIT_TERMINAL_PROMPT"] = "0";
        environment["GIT_ASKPASS"] = "";
        environment["SSH_ASKPASS"] = "";
        environment["SSH_ASKPASS_REQUIRE"] = "never";
        environment.TryAdd("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
        // A repository further up is somebody else's.
        environment["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(folder) ?? folder;
        foreach (var role in (string[])["AUTHOR", "COMMITTER"])
        {
            environment[$"GIT_{role}_NAME"] = "Dibao";
            environment[$"GIT_{role}_EMAIL"] = "dibao@localhost";
        }
    }

    private static async Task FeedAsync(Process git, string? input, CancellationToken cancel)
    {
        try
        {
            if (input is not null) await git.StandardInput.WriteAsync(input.AsMemory(), cancel);
            git.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading on: its exit code and its words say why.
        }
    }

    private static async Task<string> TailAsync(StreamReader errors, CancellationToken cancel)
    {
        var tail = "";
        var buffer = new char[1024];
        for (int read; (read = await errors.ReadAsync(buffer, cancel)) > 0;)
        {
            tail += new string(buffer, 0, read);
            if (tail.Length > MaxErrorCharacters) tail = tail[^MaxErrorCharacters..];
        }
        return tail;
    }

    // https://user:token@host/… in what git says of a remote.
    private static string WithoutCredentials(string text)
    {
        for (var at = text.IndexOf("://", StringComparison.Ordinal); at >= 0; at = text.IndexOf("://", at + 3, StringComparison.Ordinal))
        {
            var rest = text.AsSpan(at + 3);
            var end = rest.IndexOfAny(AfterAuthority);
            var authority = end < 0 ? rest : rest[..end];
            var sign = authority.LastIndexOf('@');
            if (sign >= 0) text = text.Remove(at + 3, sign + 1);
        }
        return text;
    }

    private static string RemedyFor(string errors) =>
        errors.Contains("index.lock", StringComparison.Ordinal) ? "Another git is at work there, or one was killed: end it and remove the lock file it names."
        : errors.Contains("dubious ownership", StringComparison.Ordinal) ? "Run dibao as the user that owns the folder."
        : errors.Contains("non-fast-forward", StringComparison.Ordinal) || errors.Contains("fetch first", StringComparison.Ordinal)
            ? "The remote has commits that this folder has not: pull them here (git pull --rebase), then publish again."
        : errors.Contains("Authentication failed", StringComparison.Ordinal) || errors.Contains("could not read Username", StringComparison.Ordinal)
            || errors.Contains("Permission denied", StringComparison.Ordinal)
            ? "Give the user that runs dibao a key or a credential helper for the remote; dibao never asks for a password."
        : "Put that right and publish again: what is written stays, and is committed then.";
}
