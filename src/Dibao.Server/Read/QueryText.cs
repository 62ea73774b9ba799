using System.Text;
using Dibao.Find;

namespace Dibao.Server.Read;

/// <summary>Writes a query back as text, so that links can narrow or widen it.</summary>
public static class QueryText
{
    public static string Of(SearchQuery query)
    {
        var parts = new List<string>();
        parts.AddRange(query.Terms.Select(term => Quoted(term.Text)));
        parts.AddRange(query.Excluded.Select(term => "-" + Quoted(term.Text)));
        parts.AddRange(query.Outlets.Select(outlet => "outlet:" + Quoted(outlet)));
        parts.AddRange(query.ExcludedOutlets.Select(outlet => "-outlet:" + Quoted(outlet)));
        parts.AddRange(query.Languages.Select(language => "lang:" + Quoted(language)));
        if (query.After is { } after) parts.Add($"after:{after:yyyy-MM-dd}");
        if (query.Before is { } before) parts.Add($"before:{before:yyyy-MM-dd}");
        return string.Join(' ', parts);
    }

    // Letters, digits and harmless signs stand for themselves; anything that the lexer might cut at is quoted.
    private static string Quoted(string text) => !text.StartsWith('-') && text.All(IsPlain) ? text : $"\"{WithoutQuotes(text)}\"";

    private static bool IsPlain(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c is '.' or '_' or '/' or '·' || (c == '-');

    private static string WithoutQuotes(string text) => new StringBuilder(text).Replace('"', ' ').ToString();
}
