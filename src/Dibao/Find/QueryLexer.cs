namespace Dibao.Find;

/// <param name="Negative">A minus sign stood before it.</param>
/// <param name="Field">In lower case: <c>outlet</c>, <c>lang</c>, <c>after</c>, <c>before</c>; null for words.</param>
/// <param name="Text">Without quotes.</param>
internal readonly record struct QueryPart(bool Negative, string? Field, string Text);

/// <summary>Cuts a query at spaces and quotes. Whatever is typed has some reading: an open quote ends with the query.</summary>
internal static class QueryLexer
{
    private static readonly string[] Fields = ["outlet", "lang", "after", "before"];

    public static IEnumerable<QueryPart> Cut(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (IsSpace(text[at])) { at++; continue; }
            yield return Next(text, ref at);
        }
    }

    private static QueryPart Next(string text, ref int at)
    {
        var negative = text[at] is '-' or '－' or '−';
        if (negative) at++;
        var field = FieldAt(text, at);
        if (field is not null) at += field.Length + 1;
        return new QueryPart(negative, field, at < text.Length && ClosingOf(text[at]) != '\0' ? Quoted(text, ref at) : Word(text, ref at));
    }

    private static string? FieldAt(string text, int at) => Array.Find(Fields, field =>
        at + field.Length < text.Length
        && text[at + field.Length] is ':' or '：'
        && text.AsSpan(at, field.Length).Equals(field, StringComparison.OrdinalIgnoreCase));

    private static string Quoted(string text, ref int at)
    {
        var start = at + 1;
        var end = text.IndexOf(ClosingOf(text[at]), start);
        if (end < 0) end = text.Length;
        at = end + 1;
        return text[start..end];
    }

    private static string Word(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && !IsSpace(text[at]) && ClosingOf(text[at]) == '\0') at++;
        return text[start..at];
    }

    private static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is '\0' or '，' or '、' or '；' or '。';

    private static char ClosingOf(char opening) => opening switch
    {
        '"' or '＂' => opening,
        '“' or '„' => '”',
        '”' => '”', // an input method may give the closing one twice
        '「' => '」',
        '『' => '』',
        '«' => '»',
        '《' => '》',
        _ => '\0',
    };
}
