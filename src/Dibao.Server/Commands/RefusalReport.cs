using System.Globalization;
using System.Text;

namespace Dibao.Server.Commands;

/// <summary>A file that names each refusal: file, line and reason, divided by tabs. Made at the first one. Thread-safe.</summary>
internal sealed class RefusalReport(string path) : IDisposable
{
    private readonly Lock writing = new();
    private StreamWriter? file;

    /// <summary>Where it is; null while nothing was refused.</summary>
    public string? Path { get; private set; }

    public static string DefaultPath(string root, TimeProvider time) => System.IO.Path.Combine(
        root, "reports", string.Create(CultureInfo.InvariantCulture, $"import-{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}.tsv"));

    public void Add(string name, long line, string reason)
    {
        lock (writing)
        {
            file ??= Open();
            file.WriteLine($"{Cell(name)}\t{(line > 0 ? line.ToString(CultureInfo.InvariantCulture) : "")}\t{Cell(reason)}");
        }
    }

    public void Dispose() => file?.Dispose();

    private StreamWriter Open()
    {
        Path = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var opened = new StreamWriter(Path, append: false, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
        opened.WriteLine("file\tline\treason");
        return opened;
    }

    private static string Cell(string text) => Output.Visible(text).Replace('\t', ' ');
}
