using System.Collections.Frozen;
using System.Text;

namespace Dibao.Capture.Identity;

/// <summary>What is the same article's address, whoever shared it and on whatever device it was read.</summary>
public static class ArticleKey
{
    // Parameters that say who sent the reader, never what is shown. An asterisk stands for any ending.
    private static readonly string[] Tracking =
    [
        "utm_*", "mtm_*", "matomo_*", "pk_*", "piwik_*", "hsa_*", "at_*", "ns_*", "wt_*", "wt.*", "itm_*", "pf_rd_*", "oly_*", "vero_*", "stm_*", "int_*", "ss_*",
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ymclid", "twclid", "ttclid", "li_fat_id", "igshid", "igsh", "mc_cid", "mc_eid",
        "_hsenc", "_hsmi", "__hssc", "__hstc", "__hsfp", "hsctatracking", "mkt_tok", "_ga", "_gl", "_openstat", "ysclid", "rb_clickid", "s_cid", "s_kwcid", "ef_id",
        "cmpid", "cmp", "icid", "ncid", "ocid", "cid_source", "sr_share", "sh", "share_from", "shared", "share_token", "share_source", "share_medium", "sharetype",
        "from_source", "spm", "spm_id_from", "scm", "isappinstalled", "nsukey", "wfr", "chksm", "scene", "xtor", "xtref", "echobox", "feature", "ref_src", "ref_url",
        "referrer", "referer", "rss", "feedburner", "ftag", "smid", "smtyp", "partner", "soc_src", "soc_trk", "guccounter", "guce_referrer", "guce_referrer_sig",
        "outputtype", "taid", "tpcc", "dmcid", "ssm", "traffic_source", "click_id", "clickid", "trk", "trkcampaign", "rel_ref", "fromrss", "from_rss", "via_rss",
    ];

    private static readonly FrozenSet<string> Whole = Tracking.Where(name => name[^1] != '*').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly string[] Prefixes = [.. Tracking.Where(name => name[^1] == '*').Select(name => name[..^1])];
    private static readonly FrozenSet<string> MobileHosts = FrozenSet.Create(StringComparer.Ordinal, "m", "mobile", "amp", "wap", "3g", "touch", "www", "mip");
    private static readonly FrozenSet<string> FrontPages = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "index.html", "index.htm", "index.php", "index.shtml", "index.asp", "index.aspx", "index.jsp", "default.html", "default.aspx");

    /// <summary>The address without what only says who sent the reader: tracking parameters and the fragment. It is asked for, and shown, in this form.</summary>
    /// <param name="url">As <see cref="ArticleUrl"/> writes it.</param>
    public static string Clean(string url)
    {
        var hash = url.IndexOf('#', StringComparison.Ordinal);
        // A fragment that begins with an exclamation mark is the address of a page that scripts show.
        if (hash >= 0 && !url.AsSpan(hash).StartsWith("#!")) url = url[..hash];
        var query = url.IndexOf('?', StringComparison.Ordinal);
        if (query < 0) return url;
        var end = url.IndexOf('#', query) is var at && at < 0 ? url.Length : at;
        var kept = url[(query + 1)..end].Split('&').Where(pair => pair.Length > 0 && !IsTracking(Name(pair))).ToList();
        return url[..query] + (kept.Count > 0 ? "?" + string.Join('&', kept) : "") + url[end..];
    }

    /// <summary>Two addresses with one key are one article's: scheme, <c>www.</c> and mobile hosts, AMP marks, front page names, the order of
    /// parameters and a slash at the end make no difference.</summary>
    /// <inheritdoc cref="Clean" path="/param"/>
    public static string Of(string url)
    {
        if (!Uri.TryCreate(Clean(url), UriKind.Absolute, out var uri)) return url;
        var key = new StringBuilder(url.Length).Append(Host(uri));
        if (!uri.IsDefaultPort) key.Append(':').Append(uri.Port);
        key.Append(Path(uri.AbsolutePath));
        var parameters = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(pair => !IsAmp(pair)).Order(StringComparer.Ordinal).ToList();
        if (parameters.Count > 0) key.Append('?').AppendJoin('&', parameters);
        if (uri.Fragment.StartsWith("#!", StringComparison.Ordinal)) key.Append(uri.Fragment);
        return key.ToString();
    }

    private static bool IsTracking(string name) =>
        Whole.Contains(name) || Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static string Name(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? pair : pair[..equals];
    }

    private static bool IsAmp(string pair) => pair.ToLowerInvariant() is "amp" or "amp=1" or "amp=true" or "amp=" or "output=amp" or "outputtype=amp" or "view=amp" or "m=1" or "mobile=1";

    // m.site.example, amp.site.example, mobile.site.example; never the last two labels.
    private static string Host(Uri uri)
    {
        var labels = uri.IdnHost.ToLowerInvariant().Split('.');
        var from = 0;
        while (labels.Length - from > 2 && MobileHosts.Contains(labels[from])) from++;
        return string.Join('.', labels[from..]);
    }

    private static string Path(string path)
    {
        var segments = path.Split('/').Where(segment => segment.Length > 0).ToList();
        if (segments is [_, _, ..] && segments[^1].ToLowerInvariant() is "amp" or "amp.html") segments.RemoveAt(segments.Count - 1);
        if (segments is [_, _, ..] && segments[0].Equals("amp", StringComparison.OrdinalIgnoreCase)) segments.RemoveAt(0);
        if (segments is [.., var last])
        {
            if (FrontPages.Contains(last)) segments.RemoveAt(segments.Count - 1);
            else segments[^1] = WithoutAmp(last);
        }
        return "/" + string.Join('/', segments);
    }

    // story.amp.html, story.amp, story-amp.html, story_amp.html
    private static string WithoutAmp(string name)
    {
        foreach (var mark in (string[])[".amp", "-amp", "_amp"])
        {
            var at = name.LastIndexOf(mark, StringComparison.OrdinalIgnoreCase);
            if (at > 0 && (at + mark.Length == name.Length || name[at + mark.Length] == '.')) return name[..at] + name[(at + mark.Length)..];
        }
        return name;
    }
}
