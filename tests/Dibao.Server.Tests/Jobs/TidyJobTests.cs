using Dibao.Server.Tests.Commands;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Jobs;

/// <summary>A server with nothing to do; in a process of its own, since this one is never idle.</summary>
public class TidyJobTests
{
    [Fact]
    public async Task A_server_without_work_packs_bodies_smaller()
    {
        using var folder = new TestFolder();
        using var outlet = new LoopbackOutlet(articles: 4);
        await CaptureTests.CaptureAsync(folder.Data, outlet);
        var imported = BodyBytes(folder.Data);

        await using var dibao = DibaoProcess.Start(folder.Data, ["serve", "--port", "0"], ("DIBAO_CAPTURE_ALLOW_HOSTS", outlet.Host));
        while (BodyBytes(folder.Data) == imported) await Task.Delay(200, TestContext.Current.CancellationToken);

        BodyBytes(folder.Data).ShouldBeLessThan(imported);
        dibao.Error.ShouldNotContain("Tidying the catalogue failed");
    }

    private static long BodyBytes(string data)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "db", "index.sqlite")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT SUM(LENGTH(body)) FROM bodies";
        return (long)command.ExecuteScalar()!;
    }
}
