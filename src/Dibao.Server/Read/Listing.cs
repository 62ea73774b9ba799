using System.Text;
using Dibao.Find;

namespace Dibao.Server.Read;

/// <summary>One article in a list.</summary>
public sealed record ListedArticle
{
    public required Article Article { get; init; }

    /// <summary>The title, where a search found something in it marked.</summary>
    public required IReadOnlyList<SnippetPart> Title { get; init; }

    /// <summary>A few lines of what it says.</summary>
    public required IReadOnlyList<SnippetPart> Excerpt { get; init; }

    public string? Lang => LanguageTag.Of(Article);
}

/// <summary>Articles of one day, as the reader's clock has it.</summary>
public sealed record ListedDay(DateOnly Day, IReadOnlyList<ListedArticle> Articles);

/// <summary>Makes lists of articles ready to be shown.</summary>
public static class Listing
{
    private const int SnippetCharacters = 140;

    // In halves of a Chinese character's width.
    private const int ExcerptWidth = 260;


    /// <summary>By day, in the order given.</summary>
    public static IReadOnlyList<ListedDay> ByDay(IEnumerable<ListedArticle> articles, Ui ui)
    {
        var days = new List<(DateOnly Day, List<ListedArticle> Articles)>();
        foreach (var article in articles)
        {
            var day = ui.Day(article.Article.Newest);
            if (days.Count == 0 || days[^1].Day != day) days.Add((day, []));
            days[^1].Articles.Add(article);
        }
        return [.. days.Select(day => new ListedDay(day.Day, day.Articles))];
    }

    /// <summary>With the standfirst, or the beginning of the text.</summary>
    public static ListedArticle Of(Article article)
    {
        var (title, standfirst) = (article.Current.Title, article.Current.Standfirst);
        return new()
        {
            Article = article,
            Title = [new(title, false)],
            Excerpt = [new(Cut(string.IsNullOrWhiteSpace(standfirst) ? article.Current.Lead : standfirst), false)],
        };
    }

    /// <summary>With the passages that the query found.</summary>
    public static IEnumerable<ListedArticle> Of(IReadOnlyList<Article> articles, SearchQuery query, ArchiveReader archive)
    {
        var texts = archive.Catalogue.Texts([.. articles.Select(article => article.Current.Id)]);
        return articles.Select(article => Of(article, texts.GetValueOrDefault(article.Current.Id) ?? "", query));
    }

    private static ListedArticle Of(Article article, string text, SearchQuery query)
    {
        var standfirst = article.Current.Standfirst;
        if (!string.IsNullOrWhiteSpace(standfirst)) text = $"{standfirst}\n\n{text}";
        return new()
        {
            Article = article,
            Title = Snippet.Highlight(article.Current.Title, query),
            Excerpt = [.. Snippet.Make(text, query, SnippetCharacters).Select(part => part with { Text = WithoutGaps(part.Text) })],
        };
    }

    private static string Cut(string text)
    {
        var line = OneLine(text);
        var width = 0;
        var end = 0;
        while (end < line.Length && width < ExcerptWidth) width += IsWide(line[end++]) ? 2 : 1;
        if (end == line.Length) return line;
        if (char.IsLowSurrogate(line[end])) end--;
        // Within a word of letters the cut moves back to its beginning; Chinese is cut anywhere.
        if (!IsWide(line[end]) && line.LastIndexOf(' ', end) is var space && space > end / 2) end = space;
        return string.Concat(line.AsSpan(0, end).TrimEnd(), "…");
    }

    // A line break becomes a space between words, and nothing between Chinese characters.
    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var part in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.Length > 0 && !IsWide(line[^1])) line.Append(' ');
            line.Append(part);
            if (line.Length > ExcerptWidth) break;
        }
        return line.ToString();
    }

    // A snippet shows a paragraph's end as a space: after a Chinese full stop, a gap.
    private static string WithoutGaps(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c == ' ' && shown.Length > 0 && "。！？”」』".Contains(shown[^1])) continue;
            shown.Append(c);
        }
        return shown.ToString();
    }

    private static bool IsWide(char c) => c >= '\u2E80' || c is '“' or '”' or '‘' or '’' or '…';
}

/// <summary>The <c>lang</c> attribute of an article: fonts and line breaking depend on it.</summary>
public static class LanguageTag
{
    private const int MaxLength = 35; // RFC 5646 §4.4.1

    public static string? Of(Article article) => Checked(article.Current.Language) ?? Checked(article.Outlet.Language);

    public static string? Of(Article article, ArticleVersion version) => Checked(version.Language) ?? Of(article);

    // Pages declare what they like: only what has the shape of a tag is passed on.
    private static string? Checked(string? tag) =>
        tag is { Length: > 1 and <= MaxLength } && tag.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && char.IsAsciiLetter(tag[0])
            ? tag
            : null;
}
