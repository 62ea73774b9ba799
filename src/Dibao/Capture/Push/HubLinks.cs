using Dibao.Capture.Fetch;

namespace Dibao.Capture.Push;

/// <summary>Where a feed says that its changes are announced.</summary>
/// <param name="Hub">Absolute.</param>
/// <param name="Topic">The feed's own address, as the hub knows it.</param>
public readonly record struct HubOffer(string Hub, string Topic)
{
    private const int MaxLinks = 50;

    /// <summary>Null when the answer offers none. What the HTTP header says comes before what stands in the feed.</summary>
    /// <param name="hubs">Of the feed's own links.</param>
    /// <param name="self">As the feed calls itself.</param>
    /// <remarks>Source: WebSub §4 (discovery); RFC 8288 §3 (Link).</remarks>
    public static HubOffer? Of(Exchange answer, IReadOnlyList<string> hubs, string? self)
    {
        string? hub = null, topic = null;
        foreach (var (target, relations) in KeptHead.Fields(answer.ResponseHead.Span, "Link").SelectMany(Links).Take(MaxLinks))
        {
            if (relations.Contains("hub", StringComparer.OrdinalIgnoreCase)) hub ??= target;
            if (relations.Contains("self", StringComparer.OrdinalIgnoreCase)) topic ??= target;
        }
        hub ??= hubs.Count > 0 ? hubs[0] : null;
        if (!ArticleUrl.TryResolve(answer.Url, hub, out var hubUrl)) return null;
        return new(hubUrl, ArticleUrl.TryResolve(answer.Url, topic ?? self, out var topicUrl) ? topicUrl : answer.Url);
    }

    // <https://hub.example/>; rel="hub", <…>; rel=self
    private static IEnumerable<(string Target, string[] Relations)> Links(string header)
    {
        for (var open = header.IndexOf('<', StringComparison.Ordinal); open >= 0;)
        {
            var close = header.IndexOf('>', open);
            if (close < 0) yield break;
            var next = header.IndexOf('<', close);
            var parameters = next < 0 ? header[(close + 1)..] : header[(close + 1)..next];
            var relation = parameters.Split(';', ',').Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries))
                .FirstOrDefault(pair => pair.Length == 2 && pair[0].Equals("rel", StringComparison.OrdinalIgnoreCase))?[1].Trim('"');
            yield return (header[(open + 1)..close].Trim(), relation?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? []);
            open = next;
        }
    }
}
