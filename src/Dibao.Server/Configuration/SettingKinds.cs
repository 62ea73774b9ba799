using System.Globalization;
using System.Net;
using Dibao.Capture;
using Dibao.Log;
using Dibao.Prove.Witnesses;

namespace Dibao.Server.Configuration;

/// <summary>The kinds of values that settings have, each with its reader.</summary>
internal static class SettingKinds
{
    private static readonly (string Suffix, double Milliseconds)[] Units =
        [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    public static Setting<int> Number(string name, int standard, int least, int most, string meaning) =>
        new(name, "number", Text(standard), $"{Text(least)} to {Text(most)}", meaning, text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                ? (number, null)
                : (0, $"it is no whole number from {Text(least)} to {Text(most)}"));

    public static Setting<TimeSpan> Duration(string name, TimeSpan standard, TimeSpan least, TimeSpan most, string meaning) =>
        new(name, "duration", Text(standard), $"{Text(least)} to {Text(most)}", meaning, text =>
            TryReadDuration(text, out var duration) && duration >= least && duration <= most
                ? (duration, null)
                : (default, $"it is no duration from {Text(least)} to {Text(most)}, written as 500ms, 20s, 5m, 2h or 1d"));

    public static Setting<bool> Switch(string name, bool standard, string meaning) =>
        new(name, "switch", standard ? "true" : "false", "true or false", meaning, text =>
            bool.TryParse(text, out var on) ? (on, null) : (false, "it is neither true nor false"));

    public static Setting<string> Choice(string name, string meaning, params string[] choices) =>
        new(name, "choice", choices[0], string.Join(", ", choices), meaning, text =>
            Array.Find(choices, choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } choice
                ? (choice, null)
                : ("", $"it is none of {string.Join(", ", choices)}"));

    public static Setting<string?> Folder(string name, string standard, string meaning) =>
        new(name, "folder", standard, "a path", meaning, text =>
            text.Length == 0 ? (null, null) : text.Contains('\0', StringComparison.Ordinal) ? (null, "it is no path") : (text, null));

    public static Setting<string> Name(string name, string standard, int mostCharacters, string meaning) =>
        new(name, "text", standard, $"1 to {Text(mostCharacters)} characters", meaning, text =>
            text.Trim().Length is > 0 and var length && length <= mostCharacters && !text.Any(char.IsControl)
                ? (text.Trim(), null)
                : ("", $"it is empty, longer than {Text(mostCharacters)} characters, or holds control characters"));

    public static Setting<TimeZoneInfo> Zone(string name, string meaning) =>
        new(name, "time zone", "UTC+8", "an IANA name (Asia/Shanghai) or UTC+h", meaning, text =>
            TryReadOffset(text, out var hours) ? (TimeZoneInfo.CreateCustomTimeZone(text, TimeSpan.FromHours(hours), text, text), null)
            : TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) ? (zone, null)
            : (TimeZoneInfo.Utc, "this machine knows no such time zone; write UTC+8, or install tzdata and write Asia/Shanghai"));

    public static Setting<IPAddress> Address(string name, string meaning) =>
        new(name, "address", "127.0.0.1", "an IP address, localhost, or * for all", meaning, text => text switch
        {
            "localhost" => (IPAddress.Loopback, null),
            "*" => (IPAddress.Any, null),
            _ => IPAddress.TryParse(text.Trim('[', ']'), out var address)
                ? (address, null)
                : (IPAddress.None, "it is no IP address; write 127.0.0.1 for this machine only, 0.0.0.0 for every network"),
        });

    public static Setting<string?> WebAddress(string name, string meaning) =>
        new(name, "web address", "", "http:// or https://", meaning, text =>
            text.Length == 0 ? (null, null)
            : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? (text, null)
            : (null, "it is no address that begins with http:// or https://"));

    public static Setting<string?> Token(string name, int leastCharacters, string meaning) =>
        new(name, "secret", "", $"at least {Text(leastCharacters)} visible ASCII characters", meaning, text =>
            text.Length == 0 ? (null, null)
            : text.Length >= leastCharacters && text.All(c => c is > ' ' and < '\u007f') ? (text, null)
            : (null, $"it has fewer than {Text(leastCharacters)} characters, or others than visible ASCII; make one with: openssl rand -hex 24"))
        { Secret = true };

    public static Setting<string?> Remote(string name, string meaning) =>
        new(name, "git remote", "", "a remote's name or URL", meaning, text =>
            text.Length == 0 ? (null, null)
            : text[0] == '-' || text.Any(char.IsControl) ? (null, "it is neither the name of a git remote nor a URL")
            : (text, null))
        { Secret = true }; // a URL may hold a password

    public static Setting<IReadOnlyList<string>> Hosts(string name, string meaning) =>
        new(name, "list", "", "host or host:port, divided by commas", meaning, text =>
        {
            var hosts = Parts(text);
            var wrong = Array.Find(hosts, host => !AllowedHost.TryParse(host, out _));
            return wrong is null ? (hosts, null) : ([], $"\"{wrong}\" is neither a host nor host:port");
        });

    public static Setting<IReadOnlyDictionary<string, TimeSpan>> Periods(string name, string meaning) =>
        new(name, "list", "", "outlet=duration, divided by commas", meaning, text =>
        {
            var periods = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
            foreach (var part in Parts(text))
            {
                var sign = part.LastIndexOf('=');
                if (sign <= 0 || !TryReadDuration(part[(sign + 1)..].Trim(), out var period) || period < TimeSpan.FromDays(1))
                {
                    return (periods, $"\"{part}\" is no outlet's slug, =, and a time of at least 1d");
                }
                periods[part[..sign].Trim()] = period;
            }
            return (periods, null);
        });

    public static Setting<IReadOnlyList<Uri>> WebAddresses(string name, string meaning) =>
        new(name, "list", "", "http:// or https:// addresses, divided by commas", meaning, text =>
        {
            var addresses = Parts(text);
            var wrong = Array.Find(addresses, address => !Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"));
            return wrong is null ? (Array.ConvertAll(addresses, address => new Uri(address)), null) : ([], $"\"{wrong}\" is no address that begins with http:// or https://");
        });

    public static Setting<IReadOnlyList<Witness>> Witnesses(string name, string meaning) =>
        new(name, "list", "", "key and address, divided by a space; witnesses by commas", meaning, text =>
        {
            var parts = Parts(text);
            var wrong = Array.Find(parts, part => !Witness.TryParse(part, out _));
            return wrong is null
                ? (Array.ConvertAll(parts, part => Witness.TryParse(part, out var witness) ? witness : throw new FormatException(part)), null)
                : ([], $"\"{wrong}\" is no witness: its verifier key (name+hash+base64, of type 4), a space, its address");
        });

    public static Setting<string?> LogOrigin(string name, string meaning) =>
        new(name, "text", "", "an address without its scheme, without spaces and plus signs", meaning, text =>
            text.Length == 0 ? (null, null)
            : VerifierKey.IsName(text) && !text.Contains("://", StringComparison.Ordinal) ? (text, null)
            : (null, "it is no name for a log; write the address of its folder without https://, such as news.example.org/log"));

    private static string[] Parts(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Reads 500ms, 20s, 5m, 2h, 1d, 0 and 00:00:20.</summary>
    internal static bool TryReadDuration(string text, out TimeSpan duration)
    {
        duration = default;
        if (text == "0") return true;
        foreach (var (suffix, milliseconds) in Units)
        {
            if (!text.EndsWith(suffix, StringComparison.Ordinal)) continue;
            if (!double.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)) continue;
            if (count * milliseconds > TimeSpan.MaxValue.TotalMilliseconds / 2) return false;
            duration = TimeSpan.FromMilliseconds(count * milliseconds);
            return true;
        }
        return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration) && duration >= TimeSpan.Zero;
    }

    private static bool TryReadOffset(string text, out int hours)
    {
        hours = 0;
        return text.StartsWith("UTC", StringComparison.Ordinal) && text.Length > 4 && text[3] is '+' or '-'
            && int.TryParse(text.AsSpan(3), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out hours) && Math.Abs(hours) <= 14;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(TimeSpan duration)
    {
        if (duration == default) return "0";
        var (suffix, unit) = Units.Last(unit => duration.TotalMilliseconds % unit.Milliseconds == 0);
        return $"{(duration.TotalMilliseconds / unit).ToString(CultureInfo.InvariantCulture)}{suffix}";
    }
}
