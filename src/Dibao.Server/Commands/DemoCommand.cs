using System.CommandLine;
namespace Dibao.Server.Commands;
internal static class DemoCommand { public static (Command, Func<Invocation, Task<int>>) Create() => (new("demo", "x"), _ => Task.FromResult(0)); }
