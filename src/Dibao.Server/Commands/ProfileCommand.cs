using System.CommandLine;
using System.Globalization;
using Dibao.Capture.Fetch;

namespace Dibao.Server.Commands;

/// <summary>How one source is asked. Secrets come from files or standard input, never from the command line, which other users of the machine can read.</summary>
internal static class ProfileCommand
{
    private const string Remove = "none";

    private static readonly Argument<string> Address = new("URL") { Description = "Address of a feed, watched or about to be" };
    private static readonly Option<string?> Headers = new("--headers") { Description = "File of request headers, a line each (Name: value); - reads standard input, none removes them", HelpName = "FILE" };
    private static readonly Option<string?> Cookie = new("--cookie") { Description = "File with the Cookie header's value; - reads standard input, none removes it", HelpName = "FILE" };
    private static readonly Option<string?> Proxy = new("--proxy") { Description = "File with the proxy's address (http://, socks5://, socks5h:// for Tor), or the address itself where it has no password; none removes it", HelpName = "FILE|URL" };
    private static readonly Option<string?> Hosts = new("--hosts") { Description = "Further hosts that headers and cookie go to, with commas; none removes them" };
    private static readonly Option<double?> Delay = new("--delay") { Description = "Seconds between two requests at least; 0 removes it" };
    private static readonly Option<BrowserUse?> Browser = new("--browser") { Description = "Whether its pages are drawn by a browser as well" };

    public static (Command, Func<Invocation, Task<int>>) Create() =>
        (new("profile", "Show or change how one source is asked: headers, cookie, proxy, delay, browser") { Address, Headers, Cookie, Proxy, Hosts, Delay, Browser }, RunAsync);

    private static async Task<int> RunAsync(Invocation call)
    {
        await using var archive = call.OpenArchive();
        if (!ArticleUrl.TryNormalize(call.Value(Address), out var url)) throw new UsageException($"\"{call.Value(Address)}\" is not an http or https address.");
        // A feed behind a proxy or a login cannot be found without its profile: it may be set before the feed is added.
        if (archive.Capture.Book.Find(url) is not { Source.State: SourceState.Active }) call.Output.Note($"{url} is not watched yet: dibao add {url}");
        var profiles = archive.Capture.Profiles;
        if (new Option[] { Headers, Cookie, Proxy, Hosts, Delay, Browser }.Any(call.Has))
        {
            try { profiles.Set(url, await ChangedAsync(profiles.Of(url), call)); }
            catch (ArgumentException wrong) when (wrong.ParamName == "profile") { throw new UsageException(wrong.Message.Split(" (Parameter", 2)[0]); }
        }
        Show(call.Output, url, profiles.Of(url));
        return ExitCode.Done;
    }

    private static async Task<FetchProfile> ChangedAsync(FetchProfile profile, Invocation call)
    {
        if (call.Has(Headers)) profile = profile with { Headers = ReadHeaders(await TextAsync(call.Value(Headers), call.Cancel)) };
        if (call.Has(Cookie)) profile = profile with { Cookie = await TextAsync(call.Value(Cookie), call.Cancel) };
        if (call.Has(Proxy)) profile = profile with { Proxy = call.Value(Proxy) is { } text && ProxyAddress.TryParse(text, out var address) && address.User is null ? text : await TextAsync(call.Value(Proxy), call.Cancel) };
        if (call.Has(Hosts)) profile = profile with { Hosts = call.Value(Hosts) is null or Remove ? [] : call.Value(Hosts)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) };
        if (call.Has(Delay)) profile = profile with { Delay = call.Value(Delay) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null };
        return call.Has(Browser) ? profile with { Browser = call.Value(Browser) ?? BrowserUse.Never } : profile;
    }

    private static List<RequestHeader> ReadHeaders(string? text)
    {
        var headers = new List<RequestHeader>();
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) throw new UsageException($"Line {headers.Count + 1} of the headers is no header: write Name: value.");
            headers.Add(new(line[..colon].Trim(), line[(colon + 1)..].Trim()));
        }
        return headers;
    }

    private static async Task<string?> TextAsync(string? file, CancellationToken cancel)
    {
        if (file is null or Remove) return null;
        if (file.Contains("://", StringComparison.Ordinal)) throw new UsageException("An address with a password would be seen by everybody on this machine: put it into a file, or pass - and write it to standard input.");
        return (file == "-" ? await Console.In.ReadToEndAsync(cancel) : await File.ReadAllTextAsync(file, cancel)).Trim();
    }

    // What is set, not what it is set to.
    private static void Show(Output output, string url, FetchProfile profile)
    {
        var proxy = profile.Proxy is not null && ProxyAddress.TryParse(profile.Proxy, out var read) ? read : null;
        if (output.Json)
        {
            output.Object(new { url, headers = profile.Headers.Select(header => header.Name), cookie = profile.Cookie is not null, proxy = proxy?.ToString(), hosts = profile.Hosts, delay = profile.Delay?.TotalSeconds, browser = profile.Browser });
            return;
        }
        output.Line(url);
        output.Line($"  headers  {(profile.Headers.Count == 0 ? "as everybody's" : string.Join(", ", profile.Headers.Select(header => header.Name)))}");
        output.Line($"  cookie   {(profile.Cookie is null ? "none" : "set")}");
        output.Line($"  proxy    {proxy?.ToString() ?? "none"}");
        output.Line($"  hosts    {(profile.Hosts.Count == 0 ? "its own" : "its own, " + string.Join(", ", profile.Hosts))}");
        output.Line($"  delay    {(profile.Delay is { } delay ? delay.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s" : "as everybody's")}");
        output.Line($"  browser  {profile.Browser}");
    }
}
