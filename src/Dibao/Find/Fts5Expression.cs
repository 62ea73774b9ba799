using System.Text;

namespace Dibao.Find;

/// <summary>Writes a query in FTS5's language. Every token is quoted, so nothing that is typed can be syntax.</summary>
internal static class Fts5Expression
{
    /// <summary>The terms come first and in order, so that their phrase numbers are their indexes.</summary>
    public static string Of(SearchQuery query)
    {
        var wanted = query.Terms.Select(Phrase).ToList();
        if (query.Outlets.Count > 0) wanted.Add(Any(query.Outlets.Select(slug => Quote(SearchMarks.Outlet(slug)))));
        if (query.Languages.Count > 0) wanted.Add(Any(query.Languages.Select(tag => Quote(SearchMarks.Language(tag)))));
        if (wanted.Count == 0) wanted.Add(Quote(SearchMarks.Every));
        var unwanted = query.Excluded.Select(Phrase)
            .Concat(query.ExcludedOutlets.Select(slug => Quote(SearchMarks.Outlet(slug))))
            .ToList();
        var all = string.Join(" AND ", wanted);
        return unwanted.Count == 0 ? all : $"({all}) NOT {Any(unwanted)}";
    }

    private static string Any(IEnumerable<string> expressions) => $"({string.Join(" OR ", expressions)})";

    private static string Phrase(SearchTerm term)
    {
        var phrase = new StringBuilder();
        foreach (var token in term.Tokens)
        {
            if (phrase.Length > 0) phrase.Append(" + ");
            phrase.Append(Quote(token));
        }
        return term.EndsOpen ? phrase.Append(" *").ToString() : phrase.ToString();
    }

    private static string Quote(string token) => $"\"{token.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
