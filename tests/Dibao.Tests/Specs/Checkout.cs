using Xunit;

namespace Dibao.Tests.Specs;

/// <summary>Places in the checkout that tests read.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    public static string Specs => Path.Combine(Root, "specs");

    public static string Source => Path.Combine(Root, "src");

    /// <summary>A file or folder of the data beside the checkout; the test is skipped where it is absent.</summary>
    public static string Shared(string path)
    {
        var full = Path.GetFullPath(Path.Combine(Root, "..", "shared", path));
        if (!Path.Exists(full)) Assert.Skip($"../shared/{path} is not beside this checkout.");
        return full;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Dibao.slnx"))) return folder.FullName;
        }
        throw new InvalidOperationException("The tests run outside a checkout of Dibao.");
    }
}
