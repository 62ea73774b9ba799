using System.Collections.Concurrent;
using System.Text;
using Dibao.Capture;
using Dibao.Server.Jobs;
using Dibao.Server.Tests.Commands;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Jobs;

public class PublishJobTests
{
    [Fact]
    public async Task What_is_captured_is_published_and_an_unchanged_archive_is_left_alone()
    {
        using var folder = new TestFolder();
        await using var archive = Archive.Open(folder.Data, new CaptureOptions(), TimeProvider.System);
        await KeepAsync(archive, 1);
        var target = Path.Combine(folder.Path, "public");
        var log = new Lines();
        using var job = new PublishJob(archive.Reader, new(target, Hurried.Interval, Git: true, Remote: null), new Hurried(), log);

        await job.StartAsync(CancellationToken.None);
        await log.HasAsync("1 new, 0 changed");
        await KeepAsync(archive, 2);
        await log.HasAsync("commit: 1 new, 0 changed", times: 2);
        await job.StopAsync(CancellationToken.None);

        File.Exists(Path.Combine(target, "articles/gangbao/1048574.md")).ShouldBeTrue();
        log.All.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_failure_is_said_in_words_and_tried_again()
    {
        using var folder = new TestFolder();
        await using var archive = Archive.Open(folder.Data, new CaptureOptions(), TimeProvider.System);
        await KeepAsync(archive, 1);
        var target = folder.Write("public", "a file in the folder's place");
        var log = new Lines();
        using var job = new PublishJob(archive.Reader, new(target, Hurried.Interval, Git: false, Remote: null), new Hurried(), log);

        await job.StartAsync(CancellationToken.None);
        await log.HasAsync("is a file: name a folder");
        File.Delete(target);
        await log.HasAsync("Published to");
        await job.StopAsync(CancellationToken.None);
    }

    private static Task<KeepOutcome> KeepAsync(Archive archive, int n) => archive.KeepAsync(new()
    {
        Kind = CaptureKind.File,
        Url = $"https://gangbao.example/{n}",
        At = DateTimeOffset.FromUnixTimeSeconds(1_763_625_600 + n),
        Outlet = new("gangbao", "港报"),
        File = new()
        {
            Path = $"{n}.md",
            Bytes = Encoding.UTF8.GetBytes($"<!--1763625600000-->\n[渡轮第{n}条消息](https://gangbao.example/{n})\n------\n\n<p>第{n}条：码头今天恢复开放，渡轮每半小时一班。</p>\n"),
            ContentType = "text/markdown",
            Dialect = FileDialect.ArticleFile,
        },
    }, CancellationToken.None);

    /// <summary>The job's interval is over in a few milliseconds; all other times are as they are.</summary>
    private sealed class Hurried : TimeProvider
    {
        public static readonly TimeSpan Interval = TimeSpan.FromHours(7);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime == Interval ? TimeSpan.FromMilliseconds(5) : dueTime, Timeout.InfiniteTimeSpan);
    }

    private sealed class Lines : ILogger<PublishJob>
    {
        public ConcurrentQueue<string> All { get; } = [];

        public async Task HasAsync(string part, int times = 1)
        {
            while (All.Count(line => line.Contains(part, StringComparison.Ordinal)) < times) await Task.Delay(20);
        }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue(formatter(state, exception));

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;
    }
}
