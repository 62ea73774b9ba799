namespace Dibao.Server.Commands;

/// <summary>What the shell is told. Documented in docs/configuration.md.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Done, and something is worth a look: a source failed, a file was refused, nothing was found.</summary>
    public const int Findings = 1;

    /// <summary>Command line or configuration.</summary>
    public const int Usage = 2;

    /// <summary>Folder, disk, port, network, another dibao.</summary>
    public const int Environment = 3;

    /// <summary>Something kept is not as it was kept.</summary>
    public const int Corruption = 4;

    /// <summary>EX_SOFTWARE of sysexits.h: a fault in dibao itself.</summary>
    public const int Fault = 70;

    /// <summary>As shells say it of SIGINT.</summary>
    public const int Stopped = 130;
}
