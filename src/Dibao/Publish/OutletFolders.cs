using System.Security.Cryptography;
using System.Text;
using Dibao.Capture;
using Dibao.Capture.Sources;

namespace Dibao.Publish;

/// <summary>The folder name of each outlet: its slug, or where that could be no name or leave the folder, a safe one that stays the same.</summary>
public sealed class OutletFolders
{
    // File systems take 255 bytes; ".md" and a mark against twins must fit as well.
    private const int MaxBytes = 200;

    private static readonly string[] NoNamesOnWindows = ["con", "prn", "aux", "nul", "com", "lpt"];

    private readonly Dictionary<long, string> names = [];

    /// <param name="outlets">All of the archive: in the order of their ids, so that a new outlet renames no other.</param>
    public OutletFolders(IEnumerable<Outlet> outlets)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var outlet in outlets.OrderBy(outlet => outlet.Id))
        {
            var name = NameOf(outlet.Slug);
            for (var twin = 2; !taken.Add(name); twin++) name = $"{NameOf(outlet.Slug)}-{twin}";
            names[outlet.Id] = name;
        }
    }

    /// <summary>Null for an outlet that came after these were named.</summary>
    public string? Of(Outlet outlet) => names.GetValueOrDefault(outlet.Id);

    private static string NameOf(string slug)
    {
        var safe = OutletNaming.SlugOf(slug);
        return safe == slug && Fits(safe) ? safe : $"outlet-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(slug)))[..16]}";
    }

    private static bool Fits(string name) => Encoding.UTF8.GetByteCount(name) <= MaxBytes
        && !NoNamesOnWindows.Contains(name.Split('.')[0].TrimEnd("0123456789".ToCharArray()));
}
