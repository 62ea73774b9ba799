using System.CommandLine;
namespace Dibao.Server.Commands;
internal static class ImportCommand { public static (Command, Func<Invocation, Task<int>>) Create() => (new("import", "x"), _ => Task.FromResult(0)); }
