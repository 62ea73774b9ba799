using System.Globalization;
using System.Text;
using Dibao.Keep;
using Dibao.Server.Read;

namespace Dibao.Server.Replay;

/// <summary>The headers that make an answer a memento, and its relations to the others.</summary>
/// <remarks>Source: RFC 7089 §2; link format RFC 8288.</remarks>
public static class MementoLinks
{
    /// <summary>Says when the answer was captured, and where the others are.</summary>
    public static void Describe(HttpResponse response, ReaderUrls urls, string url, DateTimeOffset at, MementoNeighbours around)
    {
        response.Headers["Memento-Datetime"] = Date(at);
        response.Headers.Link = Relations(urls, url, at, around);
    }

    /// <summary>RFC 1123, as HTTP writes times.</summary>
    public static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>What belongs to a URL whether it has mementos or not.</summary>
    public static string OfUrl(ReaderUrls urls, string url) =>
        $"<{url}>; rel=\"original\", <{urls.Of(ReplayAddress.TimeGateOf(url))}>; rel=\"timegate\", <{urls.Of(ReplayAddress.TimeMapOf(url))}>; rel=\"timemap\"; type=\"application/link-format\"";

    private static string Relations(ReaderUrls urls, string url, DateTimeOffset at, MementoNeighbours around)
    {
        var second = DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
        var links = new StringBuilder(OfUrl(urls, url));
        // One memento may be several at once: the first and the one before.
        (string Relation, DateTimeOffset? At)[] others = [("first", around.First), ("prev", around.Before), ("", second), ("next", around.After), ("last", around.Last)];
        foreach (var same in others.Where(other => other.At is not null).GroupBy(other => other.At!.Value))
        {
            var relations = string.Join(' ', same.Select(other => other.Relation).Where(name => name.Length > 0).Append("memento"));
            links.Append(", ").Append(Memento(urls, url, same.Key, relations));
        }
        return links.ToString();
    }

    internal static string Memento(ReaderUrls urls, string url, DateTimeOffset at, string relations) =>
        $"<{urls.Of(ReplayAddress.PathOf(at, "", url))}>; rel=\"{relations}\"; datetime=\"{Date(at)}\"";
}
