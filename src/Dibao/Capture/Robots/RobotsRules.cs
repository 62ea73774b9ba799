using System.Globalization;
using System.Text;

namespace Dibao.Capture.Robots;

/// <summary>What a robots.txt says to one crawler.</summary>
/// <remarks>Source: RFC 9309; <c>crawl-delay</c> is not in it, and many outlets rely on it all the same.</remarks>
public sealed class RobotsRules
{
    /// <summary>Bytes that are read of a file (RFC 9309 §2.5); what lies beyond does not count.</summary>
    public const int MaxBytes = 500 << 10;

    private readonly List<RobotsRule> rules;

    private RobotsRules(List<RobotsRule> rules, TimeSpan? crawlDelay) => (this.rules, CrawlDelay) = (rules, crawlDelay);

    /// <summary>Nothing is forbidden.</summary>
    public static RobotsRules AllowAll { get; } = new([], null);

    /// <summary>Between two requests, as the file asks; null when it asks for nothing.</summary>
    public TimeSpan? CrawlDelay { get; }

    /// <param name="crawler">Product token, such as <c>Dibao</c>. Its own groups count together; without one, those for <c>*</c> do.</param>
    public static RobotsRules Parse(ReadOnlySpan<byte> file, string crawler)
    {
        var (own, all) = (new Group(), new Group());
        var (toOwn, toAll, naming) = (false, false, false);
        foreach (var (field, value) in Fields(Encoding.UTF8.GetString(file[..Math.Min(file.Length, MaxBytes)])))
        {
            switch (field)
            {
                case "user-agent":
                    if (!naming) (toOwn, toAll) = (false, false);
                    naming = true;
                    if (value.StartsWith('*')) toAll = true;
                    else if (Token(value).Equals(crawler, StringComparison.OrdinalIgnoreCase)) toOwn = own.Named = true;
                    break;
                case "allow" or "disallow" or "crawl-delay":
                    naming = false;
                    if (toOwn) own.Add(field, value);
                    if (toAll) all.Add(field, value);
                    break;
            }
        }
        var group = own.Named ? own : all;
        return new(group.Rules, group.Delay);
    }

    /// <summary>Whether an address may be asked. The longest rule that fits decides; of two as long, the one that allows.</summary>
    public bool Allows(Uri url)
    {
        if (rules.Count == 0) return true;
        var path = RobotsRule.Normalize(url.PathAndQuery, pattern: false);
        if (path == "/robots.txt") return true;
        RobotsRule? longest = null;
        foreach (var rule in rules)
        {
            if (longest is not null && (rule.Length < longest.Length || (rule.Length == longest.Length && !rule.Allow))) continue;
            if (rule.Fits(path)) longest = rule;
        }
        return longest?.Allow ?? true;
    }

    private static IEnumerable<(string Field, string Value)> Fields(string text)
    {
        foreach (var line in text.TrimStart('\ufeff').Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var comment = line.IndexOf('#', StringComparison.Ordinal);
            var said = comment < 0 ? line : line[..comment];
            var colon = said.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) yield return (said[..colon].Trim().ToLowerInvariant(), said[(colon + 1)..].Trim());
        }
    }

    // "Dibao/1.0 (+…)" means Dibao.
    private static string Token(string value)
    {
        var end = 0;
        while (end < value.Length && (char.IsAsciiLetter(value[end]) || value[end] is '-' or '_')) end++;
        return value[..end];
    }

    private sealed class Group
    {
        public List<RobotsRule> Rules { get; } = [];
        public bool Named { get; set; }
        public TimeSpan? Delay { get; private set; }

        public void Add(string field, string value)
        {
            if (field == "crawl-delay")
            {
                if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)) Delay = TimeSpan.FromSeconds(Math.Min(seconds, 86_400));
            }
            else if (value.Length > 0) Rules.Add(new(value, field == "allow"));
        }
    }
}

/// <summary>One line of a group: a path's beginning, with <c>*</c> for any bytes and <c>$</c> at its end for the end.</summary>
internal sealed class RobotsRule
{
    private readonly string[] parts;
    private readonly bool anchored;

    public RobotsRule(string pattern, bool allow)
    {
        Allow = allow;
        var normal = Normalize(pattern, pattern: true);
        Length = normal.Length;
        anchored = normal.EndsWith('$');
        parts = (anchored ? normal[..^1] : normal).Split('*');
    }

    public bool Allow { get; }

    /// <summary>Octets of the pattern: the longer rule knows better.</summary>
    public int Length { get; }

    // The leftmost place for each part leaves the most room for the rest, so nothing is ever tried twice.
    public bool Fits(string path)
    {
        if (!path.StartsWith(parts[0], StringComparison.Ordinal)) return false;
        var at = parts[0].Length;
        if (parts.Length == 1) return !anchored || at == path.Length;
        for (var i = 1; i < parts.Length - 1; i++)
        {
            var found = path.IndexOf(parts[i], at, StringComparison.Ordinal);
            if (found < 0) return false;
            at = found + parts[i].Length;
        }
        var last = parts[^1];
        return anchored
            ? path.Length - at >= last.Length && path.EndsWith(last, StringComparison.Ordinal)
            : path.IndexOf(last, at, StringComparison.Ordinal) >= 0;
    }

    /// <summary>One spelling of what means the same (RFC 9309 §2.2.2): unreserved letters bare, all beyond ASCII and every other escape in upper-case percent form.</summary>
    /// <param name="pattern">Whether <c>*</c> and <c>$</c> are signs rather than letters.</param>
    public static string Normalize(string path, bool pattern)
    {
        var normal = new StringBuilder(path.Length + 8);
        foreach (var octet in Encoding.UTF8.GetBytes(path))
        {
            if (octet >= 0x80 || (!pattern && octet is (byte)'*' or (byte)'$')) normal.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
            else normal.Append((char)octet);
        }
        return Unescaped(normal.ToString());
    }

    private static string Unescaped(string path)
    {
        if (!path.Contains('%', StringComparison.Ordinal)) return path;
        var plain = new StringBuilder(path.Length);
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '%' && i + 2 < path.Length && byte.TryParse(path.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~') plain.Append((char)octet);
                else plain.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
                i += 2;
            }
            else plain.Append(path[i]);
        }
        return plain.ToString();
    }
}
