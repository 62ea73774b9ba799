using Dibao.Keep;

namespace Dibao.Server.Commands;

/// <summary>A fault in what is kept, as a line: a JSON object with --json.</summary>
internal static class FaultLine
{
    public static void Print(Output output, Fault fault)
    {
        if (output.Json) output.Object(new { file = fault.File, offset = fault.Offset, reason = fault.Reason, derived = fault.Derived });
        else output.Line(Text(fault));
    }

    public static string Text(Fault fault) => $"{fault.File}{(fault.Offset is { } offset ? $" at {offset}" : "")}: {fault.Reason}";
}
