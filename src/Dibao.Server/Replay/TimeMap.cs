using System.Text;
using System.Text.Json;
using Dibao.Server.Read;

namespace Dibao.Server.Replay;

/// <summary>Every memento of a URL, for programs.</summary>
/// <remarks>Source: RFC 7089 §5 (link format); the JSON has the form of MemGator's. At most <see cref="MaxMementos"/>, the newest.</remarks>
public static class TimeMap
{
    public const int MaxMementos = 10_000;

    public static string Link(ReaderUrls urls, string url, IReadOnlyList<DateTimeOffset> times)
    {
        var map = new StringBuilder($"<{url}>; rel=\"original\",\n<{urls.Of(ReplayAddress.TimeGateOf(url))}>; rel=\"timegate\",\n");
        map.Append($"<{urls.Of(ReplayAddress.TimeMapOf(url))}>; rel=\"self\"; type=\"application/link-format\"; from=\"{MementoLinks.Date(times[0])}\"; until=\"{MementoLinks.Date(times[^1])}\"");
        for (var i = 0; i < times.Count; i++)
        {
            var relations = (i == 0, i == times.Count - 1) switch
            {
                (true, true) => "first last memento",
                (true, false) => "first memento",
                (false, true) => "last memento",
                _ => "memento",
            };
            map.Append(",\n").Append(MementoLinks.Memento(urls, url, times[i], relations));
        }
        return map.Append('\n').ToString();
    }

    public static string Json(ReaderUrls urls, string url, IReadOnlyList<DateTimeOffset> times)
    {
        object Place(DateTimeOffset at) => new { datetime = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"), uri = urls.Of(ReplayAddress.PathOf(at, "", url)) };
        return JsonSerializer.Serialize(new
        {
            original_uri = url,
            timegate_uri = urls.Of(ReplayAddress.TimeGateOf(url)),
            timemap_uri = new { link_format = urls.Of(ReplayAddress.TimeMapOf(url)), json_format = urls.Of(ReplayAddress.TimeMapOf(url, "json")) },
            mementos = new { first = Place(times[0]), last = Place(times[^1]), list = times.Select(Place) },
        });
    }
}
