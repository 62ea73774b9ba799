using System.ComponentModel.DataAnnotations;
using System.Net.Sockets;
using Dibao.Keep;
using Dibao.Log;
using Dibao.Prove;
using Dibao.Server.Configuration;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;

namespace Dibao.Server.Commands;

/// <summary>The operator asked for something that does not go together; the message says what would.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>What an exception means to whoever typed the command: the one place that maps them.</summary>
/// <param name="Message">The thing, the cause and the remedy.</param>
internal sealed record Failure(int ExitCode, string Message)
{
    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;
    private const int SqliteBusy = 5;

    public static Failure Of(Exception exception) => exception switch
    {
        AggregateException { InnerException: { } inner } => Of(inner),
        OperationCanceledException => new(Commands.ExitCode.Stopped, "Stopped. What was acknowledged is kept; run the same command again to go on."),
        UsageException or ConfigurationException or ValidationException => new(Commands.ExitCode.Usage, exception.Message),
        StoreException or DatabaseVersionException or LogException or SigningUnavailableException => new(Commands.ExitCode.Environment, exception.Message),
        InvalidDataException => new(Commands.ExitCode.Corruption, exception.Message),
        SqliteException sqlite => Of(sqlite),
        UnauthorizedAccessException => new(Commands.ExitCode.Environment, $"{exception.Message} Give the user that runs dibao the right to it, or name another folder (--data)."),
        IOException { InnerException: AddressInUseException } =>
            new(Commands.ExitCode.Environment, $"{exception.Message} Stop the other program, or choose another port (--port, DIBAO_LISTEN_PORT)."),
        IOException or SocketException => new(Commands.ExitCode.Environment, exception.Message),
        _ => new(Commands.ExitCode.Fault, $"This is a fault in dibao ({exception.GetType().Name}: {exception.Message}). Run it again with DIBAO_DEBUG=1 and report what it prints."),
    };

    private static Failure Of(SqliteException failure) => failure.SqliteErrorCode switch
    {
        SqliteCorrupt or SqliteNotADatabase => new(Commands.ExitCode.Corruption,
            $"The catalogue is damaged: {failure.Message}. Nothing is lost: `dibao rebuild` makes it again from the segments."),
        SqliteBusy => new(Commands.ExitCode.Environment, $"The catalogue is busy: {failure.Message}. Another dibao holds it; try again."),
        _ => new(Commands.ExitCode.Environment, $"The catalogue cannot be used: {failure.Message}. Look at the disk and the folder's rights (dibao doctor)."),
    };
}
