using System.Globalization;

namespace Dibao.Capture.Fetch;

/// <summary>How long an answer says that it holds.</summary>
/// <remarks>Source: RFC 9111 §4.2 and §5.2.2, RFC 9110 §5.6.7.</remarks>
public static class Freshness
{
    /// <summary>The longest that is believed: outlets publish for caches that never purge, and for mistakes.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Null when the answer says nothing, or says that it holds not at all (<c>no-store</c>, <c>no-cache</c>, an age past its end).</summary>
    public static DateTimeOffset? Until(Exchange answer)
    {
        var head = answer.ResponseHead.Span;
        var control = string.Join(',', KeptHead.Fields(head, "Cache-Control"));
        if (Directive(control, "no-store") is not null || Directive(control, "no-cache") is not null) return null;
        var lifetime = Directive(control, "max-age") is { } seconds ? Seconds(seconds) : Expiry(head, answer.At);
        if (lifetime is not { } holds) return null;
        var left = holds - (KeptHead.Field(head, "Age") is { } age ? Seconds(age) ?? TimeSpan.Zero : TimeSpan.Zero);
        if (left <= TimeSpan.Zero) return null;
        return answer.At + (left > Longest ? Longest : left);
    }

    /// <summary>What a server asks for with Retry-After (RFC 9110 §10.2.3), never negative; null when it asks for nothing that can be read.</summary>
    public static TimeSpan? RetryAfter(Exchange answer)
    {
        if (KeptHead.Field(answer.ResponseHead.Span, "Retry-After") is not { } asked) return null;
        if (Seconds(asked) is { } pause) return pause;
        if (Date(asked) is not { } at) return null;
        return at > answer.At ? at - answer.At : TimeSpan.Zero;
    }

    // Against the server's own Date, so that a clock that is wrong there does no harm here. "0" and other rubbish mean: expired.
    private static TimeSpan? Expiry(ReadOnlySpan<byte> head, DateTimeOffset at) =>
        KeptHead.Field(head, "Expires") is { } text && Date(text) is { } expires
            ? expires - (KeptHead.Field(head, "Date") is { } date ? Date(date) ?? at : at)
            : null;

    // Empty for a directive without a value.
    private static string? Directive(string control, string name)
    {
        foreach (var part in control.Split(',', StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? part : part[..equals].TrimEnd();
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase)) return equals < 0 ? "" : part[(equals + 1)..].Trim().Trim('"');
        }
        return null;
    }

    private static TimeSpan? Seconds(string text) =>
        text.Length is > 0 and <= 12 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(Math.Min(seconds, (long)TimeSpan.FromDays(3650).TotalSeconds))
            : null;

    private static DateTimeOffset? Date(string text) =>
        DateTimeOffset.TryParseExact(text, ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy", "ddd, d MMM yyyy HH:mm:ss 'GMT'"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var date) ? date : null;
}
