using System.Buffers;
using System.Text;

namespace Dibao.Publish.Export;

/// <summary>A table of the articles, without their texts: UTF-8, a header line, lines that end in CRLF.</summary>
/// <remarks>Source: RFC 4180. A cell that a spreadsheet would run as a formula begins with an apostrophe (OWASP, CSV injection).</remarks>
public static class CsvExport
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    private static readonly string[] Columns =
        ["id", "outlet", "title", "url", "authors", "published", "captured", "lastCaptured", "state", "language", "versions", "textLength"];

    /// <returns>How many articles were written.</returns>
    public static long Write(ArchiveReader archive, IEnumerable<Article> articles, Stream output, CancellationToken cancel)
    {
        var count = 0L;
        using var table = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 16 << 10, leaveOpen: true);
        table.Write(Row(Columns));
        foreach (var article in articles)
        {
            cancel.ThrowIfCancellationRequested();
            table.Write(Row(Cells(article, archive.Catalogue.Body(article.Current.Id).Text.Length)));
            count++;
        }
        return count;
    }

    private static IEnumerable<string?> Cells(Article article, int textLength) =>
    [
        article.Id.ToString(null, null),
        article.Outlet.Slug,
        article.Current.Title,
        article.Url,
        string.Join("; ", article.Current.Authors),
        JsonLinesExport.Time(article.Current.Published),
        JsonLinesExport.Time(article.FirstCaptured),
        JsonLinesExport.Time(article.LastCaptured),
        JsonLinesExport.NameOf(article.State),
        article.Current.Language,
        article.VersionCount.ToString(null, null),
        textLength.ToString(null, null),
    ];

    private static string Row(IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "";
        // Full-width signs count as well: spreadsheets fold them.
        var cell = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' ? "'" + value : value;
        return cell.AsSpan().ContainsAny(Quoted) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
    }
}
