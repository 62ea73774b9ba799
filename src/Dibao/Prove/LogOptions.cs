namespace Dibao.Prove;

/// <summary>What an operator decides about the log before there is one.</summary>
public sealed record LogOptions
{
    /// <summary>Name of the log, for ever: an address without its scheme, such as <c>news.example.org/log</c>. Null makes one up.</summary>
    public string? Origin { get; init; }

    /// <summary>File of the private key; null is <c>keys/log.key</c> in the archive's folder.</summary>
    public string? KeyFile { get; init; }
}

/// <summary>The log cannot be gone on with; the message names it, the cause and the remedy.</summary>
public sealed class LogException(string message, Exception? cause = null) : Exception(message, cause);
