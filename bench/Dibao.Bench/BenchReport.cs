using System.Globalization;
using System.Text.Json;

namespace Dibao.Bench;

/// <summary>One figure.</summary>
/// <param name="Target">As issue A gives it, with its direction: <c>≥ 300</c>; null where it gives none.</param>
/// <param name="Note">What the figure is compared with, or how often it was measured.</param>
internal sealed record Figure(string Section, string What, double Value, string Unit, string? Target = null, string? Note = null);

/// <summary>Prints figures as they come, or all of them as JSON at the end.</summary>
internal sealed class BenchReport(bool json)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<Figure> figures = [];

    public void Section(string heading)
    {
        if (!json) Console.WriteLine($"\n{heading}");
    }

    public void Add(Figure figure)
    {
        figures.Add(figure);
        if (json) return;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {figure.What,-44} {Format(figure.Value),10} {figure.Unit,-12} {figure.Target,-8} {figure.Note}"));
    }

    public void End()
    {
        if (json) Console.WriteLine(JsonSerializer.Serialize(new { Machine = Machine(), Figures = figures }, Indented));
        else Console.WriteLine($"\n{Machine()}");
    }

    private static string Machine()
    {
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim()
            : null;
        var gigabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30);
        var load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";
        return string.Create(CultureInfo.InvariantCulture,
            $"{model ?? "unknown processor"}, {Environment.ProcessorCount} cores, {gigabytes:F0} GB, {Environment.OSVersion.VersionString}, .NET {Environment.Version}; load average {load}");
    }

    private static string Format(double value) => value.ToString(value switch { >= 1000 => "F0", >= 10 => "F1", _ => "F3" }, CultureInfo.InvariantCulture);
}
