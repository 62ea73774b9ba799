using System.Globalization;
using System.Text;
using Dibao.Feeds;

namespace Dibao.Capture.Import;

/// <summary>Reads the article files of earlier archives: a pure function of bytes and path, so that a rebuild reads the same.</summary>
/// <remarks>The form: a time comment, <c>[title](url)</c>, a rule of hyphens, then HTML. Its dialects are those of <see cref="FileDialect"/>.</remarks>
public static class ArticleFile
{
    private const int HeaderLines = 40;

    /// <param name="path">With '/' between its parts; only its names are used.</param>
    public static ArticleFileReading Read(ReadOnlySpan<byte> bytes, string path)
    {
        if (bytes.IsEmpty) return new ArticleFileReading.Refused(1, "the file is empty");
        if (bytes[..Math.Min(bytes.Length, 4096)].Contains((byte)0)) return new ArticleFileReading.Refused(1, "the file is not text");
        var text = TextDecoder.Decode(bytes).Text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        if (path.EndsWith(".html", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".htm", StringComparison.OrdinalIgnoreCase))
        {
            return SavedPage.Read(text);
        }
        if (FrontMatter.TrySplit(text, out var fields, out var body, out var bodyLine)) return ReadJekyll(fields, body, bodyLine);
        if (ReadLinked(text, FileDialect.ArticleFile, 1) is { } linked) return linked;
        return ArticleList.Read(text) ?? new ArticleFileReading.Refused(1, "there is no [title](url) line with a rule under it, and no front matter: this is no article file");
    }

    /// <inheritdoc cref="Read(ReadOnlySpan{byte},string)"/>
    public static ArticleFileReading Read(ImportedFile file) => Read(file.Bytes.Span, file.Path);

    /// <summary>The number that names an article file (<c>1048570.md</c>, <c>399577_title.md</c>); null when the name has none.</summary>
    public static int? NumberOf(string path)
    {
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        var end = name.IndexOfAny('_', '.');
        return end is >= 5 and <= 7 && !name[..end].ContainsAnyExceptInRange('0', '9')
            && int.Parse(name[..end], CultureInfo.InvariantCulture) is var number and <= 0xFFFFF
            ? number
            : null;
    }

    // Dialects A and B. Null when the text does not have their form at all.
    private static ArticleFileReading? ReadLinked(string text, FileDialect dialect, int firstLine)
    {
        if (Head(text) is not var (lines, behind)) return null;
        var start = TryComment(lines[0], out _) ? 1 : 0;
        if (lines.Count <= start) return null;
        // A title with line breaks in it spreads over the lines before the rule.
        var link = string.Join(' ', lines.Skip(start).Select(line => line.Trim())).Trim();
        if (!TrySplitLink(link, out var title, out var address)) return null;
        if (!ArticleUrl.TryNormalize(address, out var url))
        {
            return new ArticleFileReading.Refused(firstLine + start, $"the link is no web address: {Shorten(address)}");
        }
        TryComment(lines[0], out var published);
        var body = text[behind..];
        var dated = TakeDateLine(ref body, ref published);
        return new ArticleFileReading.Parsed
        {
            Dialect = dated && dialect == FileDialect.ArticleFile ? FileDialect.EarlyCdt : dialect,
            Title = title,
            Url = url,
            Published = published,
            Html = body.Trim() is "undefined" ? "" : body.Trim(),
        };
    }

    // The lines before the rule, and where the text goes on behind it; null when no rule stands near the start, or nothing before it.
    private static (List<string> Lines, int Behind)? Head(string text)
    {
        var lines = new List<string>();
        for (var at = 0; at < text.Length && lines.Count < HeaderLines;)
        {
            var end = text.IndexOf('\n', at);
            if (end < 0) end = text.Length;
            var line = text.AsSpan(at, end - at);
            if (IsRule(line)) return lines.Count == 0 ? null : (lines, Math.Min(end + 1, text.Length));
            lines.Add(line.ToString());
            at = end + 1;
        }
        return null;
    }

    private static ArticleFileReading ReadJekyll(IReadOnlyDictionary<string, string> fields, string body, int bodyLine)
    {
        var inner = ReadLinked(body.TrimStart(), FileDialect.Jekyll, bodyLine) as ArticleFileReading.Parsed;
        var address = fields.GetValueOrDefault("from") ?? fields.GetValueOrDefault("link") ?? fields.GetValueOrDefault("canonical_url") ?? inner?.Url;
        if (!ArticleUrl.TryNormalize(address, out var url))
        {
            return address is null
                ? new ArticleFileReading.Refused(1, "the front matter has no from: with the article's address")
                : new ArticleFileReading.Refused(1, $"from: is no web address: {Shorten(address)}");
        }
        var title = fields.GetValueOrDefault("title") is { Length: > 0 } named ? named : inner?.Title;
        if (title is null) return new ArticleFileReading.Refused(1, "the front matter has no title:");
        var html = inner?.Html ?? body.Trim();
        return new ArticleFileReading.Parsed
        {
            Dialect = FileDialect.Jekyll,
            Title = OneLine(title),
            Url = url,
            Published = inner?.Published ?? DateOf(fields.GetValueOrDefault("date")),
            Html = html,
            WholePage = SavedPage.HasTemplate(html),
            Authors = FrontMatter.List(fields.GetValueOrDefault("author")),
            Tags = FrontMatter.List(fields.GetValueOrDefault("tags")),
        };
    }

    // <!--1699460101000-->, where the number may be NaN.
    private static bool TryComment(string line, out DateTimeOffset? published)
    {
        published = null;
        var trimmed = line.AsSpan().Trim();
        if (!trimmed.StartsWith("<!--") || !trimmed.EndsWith("-->") || trimmed.Length < 7) return false;
        var inner = trimmed[4..^3].Trim();
        if (long.TryParse(inner, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds is > -62_135_596_800_000 and < 253_402_300_800_000)
        {
            published = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
            return true;
        }
        return inner is "NaN" or "undefined" or "null" || inner.IsEmpty;
    }

    // 日期：Thu, 02 Jul 2020 18:28:24 +0000
    private static bool TakeDateLine(ref string body, ref DateTimeOffset? published)
    {
        var trimmed = body.TrimStart('\n', ' ');
        if (!trimmed.StartsWith("日期", StringComparison.Ordinal)) return false;
        var end = trimmed.IndexOf('\n', StringComparison.Ordinal);
        var line = end < 0 ? trimmed : trimmed[..end];
        if (DateOf(line["日期".Length..].TrimStart('：', ':', ' ')) is not { } date) return false;
        published ??= date;
        body = end < 0 ? "" : trimmed[(end + 1)..];
        return true;
    }

    /// <summary>Splits <c>[title](url)</c>; the title may hold brackets, the address may not.</summary>
    internal static bool TrySplitLink(string link, out string title, out string url)
    {
        (title, url) = ("", "");
        if (link is not ['[', .., ')']) return false;
        var middle = link.LastIndexOf("](", StringComparison.Ordinal);
        if (middle < 1) return false;
        title = OneLine(link[1..middle]);
        url = link[(middle + 2)..^1].Trim();
        return true;
    }

    private static bool IsRule(ReadOnlySpan<char> line) => line.Trim() is { Length: >= 3 } rule && !rule.ContainsAnyExcept('-');

    private static DateTimeOffset? DateOf(string? text) => text is not null && FeedDate.TryParse(text, out var date) ? date : null;

    /// <summary>Each run of line breaks and control characters becomes one space; spaces that stand inside a title stay as they are,
    /// so that its line leaves the archive as it came in.</summary>
    internal static string OneLine(string text)
    {
        var trimmed = text.Trim();
        if (!trimmed.Any(IsBreak)) return trimmed;
        var line = new StringBuilder(trimmed.Length);
        foreach (var c in trimmed)
        {
            if (!IsBreak(c)) line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }
        return line.ToString().Trim();
    }

    private static bool IsBreak(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
