using Xunit;

namespace Dibao.Tests.Extract;

/// <summary>Material that lies beside the checkout and is not part of it.</summary>
internal static class SharedFiles
{
    /// <summary>Skips the test that asks where the file or folder is absent.</summary>
    public static string Require(string path)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Dibao.slnx"))) root = root.Parent;
        var full = root is null ? "" : Path.GetFullPath(Path.Combine(root.FullName, "..", "shared", path));
        if (!File.Exists(full) && !Directory.Exists(full)) Assert.Skip($"../shared/{path} is not beside this checkout.");
        return full;
    }
}
