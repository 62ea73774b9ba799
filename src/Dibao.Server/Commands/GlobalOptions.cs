using System.CommandLine;

namespace Dibao.Server.Commands;

/// <summary>Options that every command takes.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string?> Data = new("--data")
    {
        Description = "Folder of the archive (default: DIBAO_DATA, else ./dibao-data)", HelpName = "DIR", Recursive = true,
    };

    public static readonly Option<string?> Config = new("--config")
    {
        Description = "Configuration file (default: dibao.json in the archive's folder)", HelpName = "FILE", Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json") { Description = "Results as JSON, one object a line", Recursive = true };

    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Results and errors only", Recursive = true };
}
