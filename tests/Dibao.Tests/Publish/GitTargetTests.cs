using System.Diagnostics;
using Dibao.Publish;
using Dibao.Publish.Git;
using Dibao.Tests.Keep;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Publish;

public sealed class GitTargetTests : IDisposable
{
    private readonly PublishedFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_folder_becomes_a_repository_whose_commits_say_what_is_new()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        await test.Keep(TestArchive.Page(2));

        (await CommitAsync(test)).Message.ShouldBe("2 new, 0 changed");
        (await CommitAsync(test)).Message.ShouldBeNull();
        await test.Keep(TestArchive.Page(3));
        await test.Keep(TestArchive.Page(1, "仪式因大风改到下午，渡船照常开行到傍晚六点。", minutes: 30));
        (await CommitAsync(test)).Message.ShouldBe("1 new, 1 changed");

        Git("log", "--format=%an <%ae> %s").ShouldBe("Dibao <dibao@localhost> 1 new, 1 changed\nDibao <dibao@localhost> 2 new, 0 changed\n");
        Git("status", "--porcelain").ShouldBe("");
        Git("show", "HEAD:articles/hewan/1048575.md").ShouldBe(folder.Read("articles/hewan/1048575.md"));
    }

    [Fact]
    public async Task Files_of_others_are_not_committed()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));
        folder.Write("articles/hewan/secret.txt", "mine");

        await CommitAsync(test);

        Git("ls-files").ShouldBe(".dibao-publish.json\nREADME.md\narticles/hewan/1048575.md\nlists/hewan.md\n");
    }

    [Fact]
    public async Task What_a_failed_commit_left_out_is_in_the_next()
    {
        await using (var test = TestArchive.New())
        {
            await test.Keep(TestArchive.Page(1));
            await test.Keep(PublishedFolder.Of(TestArchive.Page(2), "estuary"));
            await CommitAsync(test);
        }
        await using var without = TestArchive.New();
        await without.Keep(TestArchive.Page(1));
        folder.Write(".git/index.lock", "");

        var failure = await Should.ThrowAsync<PublishException>(() => CommitAsync(without));
        failure.Message.ShouldContain("index.lock");
        File.Delete(folder.PathOf(".git/index.lock"));

        (await CommitAsync(without)).Message.ShouldBe("0 new, 0 changed, 1 removed");
        Git("ls-files").ShouldNotContain("estuary");
    }

    [Fact]
    public async Task A_commit_reaches_the_remote()
    {
        using var remote = new PublishedFolder();
        Run(remote.Root, "init", "--quiet", "--bare");
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));

        var report = await CommitAsync(test, remote.Root);

        report.Pushed.ShouldBeTrue();
        Run(remote.Root, "log", "--all", "--format=%s").ShouldBe("1 new, 0 changed\n");
    }

    [Theory]
    [InlineData("/nowhere/at/all.git")]
    [InlineData("--upload-pack=touch /tmp/x")]
    [InlineData("ext::sh -c true")]
    public async Task A_remote_that_takes_nothing_is_an_error_in_words_and_the_commit_stays(string remote)
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));

        (await Should.ThrowAsync<PublishException>(() => CommitAsync(test, remote))).Message.ShouldStartWith("git could not push");
        Git("log", "--format=%s").ShouldBe("1 new, 0 changed\n");
    }

    [Fact]
    public async Task Passwords_in_a_remotes_address_are_not_shown()
    {
        await using var test = TestArchive.New();
        await test.Keep(TestArchive.Page(1));

        var failure = await Should.ThrowAsync<PublishException>(() => CommitAsync(test, "https://someone:hunter2@localhost:1/a.git"));

        failure.Message.ShouldContain("localhost");
        failure.Message.ShouldNotContain("hunter2");
    }

    private Task<GitReport> CommitAsync(TestArchive test, string? remote = null) =>
        new GitTarget(folder.Root, TimeProvider.System).CommitAsync(folder.Publish(test.Archive).Files, remote, CancellationToken.None);

    private string Git(params string[] arguments) => Run(folder.Root, arguments);

    private static string Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0, string.Join(' ', arguments));
        return output;
    }
}
