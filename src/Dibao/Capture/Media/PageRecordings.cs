using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Dibao.Capture.Media;

/// <summary>The sounds and films that an article's page names: its players, its Open Graph and Twitter cards, its JSON-LD.</summary>
/// <remarks>Files alone: players of other sites (<c>iframe</c>, <c>embedUrl</c>) and playlists that are put together from pieces (HLS, DASH) are not.
/// Sources: HTML §4.8.8; ogp.me, Structured Properties; schema.org/MediaObject.</remarks>
public static class PageRecordings
{
    private const int Most = 10;
    private const int MostJson = 50;
    private const int MaxDepth = 32;
    private const int MaxUrl = 4_096;

    private static readonly string[] Cards =
        ["og:video:secure_url", "og:video:url", "og:video", "og:audio:secure_url", "og:audio:url", "og:audio", "twitter:player:stream"];

    private static readonly string[] Playlists = [".m3u8", ".mpd", ".m3u", ".pls", ".f4m", ".html", ".htm", ".php"];

    /// <summary>Absolute addresses, each once, at most ten: those of the article's own players first.</summary>
    /// <param name="url">The page's address.</param>
    public static IReadOnlyList<string> Of(string html, string url)
    {
        using var document = new HtmlParser().ParseDocument(html);
        var root = Uri.TryCreate(url, UriKind.Absolute, out var page) ? page : null;
        var from = document.QuerySelector("base[href]")?.GetAttribute("href") is { } written && root is not null && Uri.TryCreate(root, written, out var stated) ? stated : root;
        IElement whole = document.DocumentElement;
        var article = document.QuerySelector("article, main, [role=main]") ?? whole;
        return [.. Players(article).Concat(OfCards(document)).Concat(OfJson(document)).Select(found => Absolute(found, from)).OfType<string>().Distinct().Take(Most)];
    }

    // The sources of one player are one recording in several forms: the first that is a file.
    private static IEnumerable<string?> Players(IElement article) => article.QuerySelectorAll("video, audio")
        .Select(player => player.QuerySelectorAll("source").Select(source => source.GetAttribute("src")).Prepend(player.GetAttribute("src")).FirstOrDefault(IsFile));

    private static IEnumerable<string?> OfCards(IDocument document)
    {
        var metas = document.QuerySelectorAll("meta").Select(meta => (Name: meta.GetAttribute("property") ?? meta.GetAttribute("name"), Content: meta.GetAttribute("content"))).ToList();
        // A card whose video is a page of the outlet's player says so.
        var isPage = metas.Exists(meta => meta.Name is "og:video:type" && meta.Content?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true);
        return Cards.Where(card => !(isPage && card.StartsWith("og:video", StringComparison.Ordinal)))
            .GroupBy(card => card.Split(':')[1])
            .Select(alternatives => alternatives.Select(card => metas.Find(meta => meta.Name == card).Content).FirstOrDefault(IsFile));
    }

    private static List<string?> OfJson(IDocument document)
    {
        var found = new List<string?>();
        foreach (var script in document.QuerySelectorAll("script[type='application/ld+json']").Take(MostJson))
        {
            try
            {
                using var json = JsonDocument.Parse(script.TextContent, new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth });
                Walk(json.RootElement, found);
            }
            catch (JsonException) { /* what cannot be read names nothing */ }
        }
        return found;
    }

    private static void Walk(JsonElement value, List<string?> found)
    {
        if (found.Count >= Most) return;
        if (value.ValueKind == JsonValueKind.Array)
            foreach (var one in value.EnumerateArray()) Walk(one, found);
        if (value.ValueKind != JsonValueKind.Object) return;
        if (IsMedia(value) && value.TryGetProperty("contentUrl", out var content) && content.ValueKind == JsonValueKind.String) found.Add(content.GetString());
        foreach (var member in value.EnumerateObject()) Walk(member.Value, found);
    }

    private static bool IsMedia(JsonElement value) => value.TryGetProperty("@type", out var type) &&
        (type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(IsMediaType) : IsMediaType(type));

    private static bool IsMediaType(JsonElement type) =>
        type.ValueKind == JsonValueKind.String && type.GetString() is "VideoObject" or "AudioObject" or "PodcastEpisode" or "MusicRecording" or "Clip";

    private static bool IsFile(string? url) => !string.IsNullOrWhiteSpace(url) && url.Length <= MaxUrl && !Array.Exists(Playlists, Path(url).EndsWith);

    private static string Path(string url) => url.Split('?', '#')[0].ToLowerInvariant();

    private static string? Absolute(string? written, Uri? page) =>
        IsFile(written) && (page is null ? Uri.TryCreate(written!.Trim(), UriKind.Absolute, out var url) : Uri.TryCreate(page, written!.Trim(), out url)) && url.Scheme is "http" or "https"
            ? url.AbsoluteUri
            : null;
}
