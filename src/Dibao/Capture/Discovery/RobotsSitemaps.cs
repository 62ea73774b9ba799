using System.Text;

namespace Dibao.Capture.Discovery;

/// <summary>The sitemaps that a site's robots.txt names.</summary>
/// <remarks>Source: sitemaps.org, "Specifying the Sitemap location in your robots.txt file"; the line belongs to no user agent.</remarks>
public static class RobotsSitemaps
{
    private const int MaxBytes = 500 << 10; // RFC 9309 §2.5
    private const int MaxSitemaps = 50;

    /// <param name="robotsUrl">The file's own address; what it names relatively is resolved against it.</param>
    public static IReadOnlyList<string> Of(ReadOnlySpan<byte> robots, string robotsUrl)
    {
        var found = new List<string>();
        foreach (var line in Encoding.UTF8.GetString(robots[..Math.Min(robots.Length, MaxBytes)]).EnumerateLines())
        {
            var colon = line.IndexOf(':');
            if (colon < 0 || !line[..colon].Trim().Equals("sitemap", StringComparison.OrdinalIgnoreCase)) continue;
            var value = line[(colon + 1)..];
            var comment = value.IndexOf(" #", StringComparison.Ordinal);
            if (ArticleUrl.TryResolve(robotsUrl, (comment < 0 ? value : value[..comment]).Trim().ToString(), out var url) && !found.Contains(url)) found.Add(url);
            if (found.Count == MaxSitemaps) break;
        }
        return found;
    }
}
