using Dibao.Capture;
using Dibao.Publish;

namespace Dibao.Tests.Publish;

/// <summary>A folder to publish into, and what lies in it.</summary>
internal sealed class PublishedFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("dibao-published-").FullName;

    public PublishReport Publish(Archive archive, bool overwrite = false) =>
        new PublishRun(archive.Reader, Root, new() { Overwrite = overwrite }).Run(null, CancellationToken.None);

    public string PathOf(string file) => Path.Combine(Root, file);

    public string Read(string file) => File.ReadAllText(PathOf(file));

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    /// <summary>Every file but git's own, with its bytes as text.</summary>
    public SortedDictionary<string, string> Files() => new(Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path))
        .Where(path => !path.StartsWith(".git/", StringComparison.Ordinal))
        .ToDictionary(path => path, path => Read(path)), StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>A bundle of our page under another outlet's name.</summary>
    public static CaptureBundle Of(CaptureBundle page, string slug, string name = "河湾日报") => page with { Outlet = new(slug, name) };
}
