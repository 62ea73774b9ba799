using Xunit;

namespace Dibao.Tests.Feeds;

/// <summary>Gold data beside the checkout; absent in a plain clone.</summary>
internal static class Shared
{
    public static string RequireFeeds()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Dibao.slnx")))
            root = root.Parent;
        var path = Path.Combine(root?.Parent?.FullName ?? "", "shared", "benchmarks", "feeds");
        if (!Directory.Exists(path))
            Assert.Skip("../shared/benchmarks/feeds is not here: the gold data of other feed readers is kept outside the repository.");
        return path;
    }
}
