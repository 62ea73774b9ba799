using System.Reflection;
using System.Text;

namespace Dibao.SampleOutlet;

/// <summary>One of the publisher's three titles, with all its articles.</summary>
public sealed class SampleTitle
{
    private readonly Dictionary<string, SampleArticle> edited;

    private SampleTitle(string path, string name, string language, string feedPath)
    {
        Path = path;
        Name = name;
        Language = language;
        FeedPath = feedPath;
        var all = Load(path);
        edited = all.Where(pair => pair.Key.EndsWith("--2", StringComparison.Ordinal)).ToDictionary(pair => pair.Key[..^3], pair => pair.Value);
        Articles = [.. all.Where(pair => !pair.Key.EndsWith("--2", StringComparison.Ordinal)).Select(pair => pair.Value).OrderByDescending(a => a.Published)];
    }

    /// <summary>First part of its URLs: <c>hewan</c>.</summary>
    public string Path { get; }

    public string Name { get; }

    /// <summary>BCP 47.</summary>
    public string Language { get; }

    /// <summary>Where its feed is, from the root.</summary>
    public string FeedPath { get; }

    /// <summary>First wordings, newest first.</summary>
    public IReadOnlyList<SampleArticle> Articles { get; }

    /// <summary>The three titles: simplified Chinese, traditional Chinese, English.</summary>
    public static IReadOnlyList<SampleTitle> All() =>
    [
        new("hewan", "河湾日报", "zh-Hans", "/hewan/rss.xml"),
        new("gangpan", "港畔時報", "zh-Hant", "/gangpan/atom.xml"),
        new("estuary", "The Estuary Post", "en", "/estuary/feed.json"),
    ];

    /// <summary>The second wording of an article; null when it has none.</summary>
    public SampleArticle? Edited(string slug) => edited.GetValueOrDefault(slug);

    /// <summary>Path of an article's page: year and month, then its slug.</summary>
    public string PathOf(SampleArticle article) => $"/{Path}/{article.Published:yyyy/MM}/{article.Slug}.html";

    private static Dictionary<string, SampleArticle> Load(string title)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"pages/{title}/";
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(
                name => System.IO.Path.GetFileNameWithoutExtension(name),
                name => SampleArticle.Parse(System.IO.Path.GetFileNameWithoutExtension(name).Replace("--2", "", StringComparison.Ordinal), Text(assembly, name)));
    }

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
