using Dibao.Find.Folding;

namespace Dibao.Find;

/// <summary>Reads one query; used once.</summary>
internal sealed class QueryParser
{
    private const int MaxTokens = 2000;

    private readonly List<SearchTerm> terms = [];
    private readonly List<SearchTerm> excluded = [];
    private readonly List<string> outlets = [];
    private readonly List<string> excludedOutlets = [];
    private readonly List<string> languages = [];
    private DateOnly? after;
    private DateOnly? before;
    private string? error;

    private QueryParser() { }

    public static QueryReading Read(string text)
    {
        if (text.Length > SearchQuery.MaxCharacters)
        {
            return new QueryReading.Invalid(
                $"The query has {text.Length} characters, and {SearchQuery.MaxCharacters} are the most that is read: look for a few words of it.");
        }
        var parser = new QueryParser();
        foreach (var part in QueryLexer.Cut(text)) parser.Take(part);
        return parser.Finish(text);
    }

    private QueryReading Finish(string text)
    {
        var query = new SearchQuery
        {
            Text = text, Terms = terms, Excluded = excluded, Outlets = outlets, ExcludedOutlets = excludedOutlets,
            Languages = languages, After = after, Before = before,
        };
        error ??= FindError(query);
        return error is null ? new QueryReading.Parsed(query) : new QueryReading.Invalid(error);
    }

    private string? FindError(SearchQuery query)
    {
        if (query.IsEmpty && !string.IsNullOrWhiteSpace(query.Text))
            return $"“{query.Text}” holds no letter, digit or character that could be looked for: write a word.";
        if (terms.Count + excluded.Count + outlets.Count + excludedOutlets.Count + languages.Count > SearchQuery.MaxTerms)
            return $"The query has more than {SearchQuery.MaxTerms} words: look for fewer.";
        if (terms.Concat(excluded).Sum(term => term.Tokens.Count) > MaxTokens)
            return "The query unfolds to too many words: look for fewer.";
        return after >= before
            ? $"after:{after:yyyy-MM-dd} does not lie before before:{before:yyyy-MM-dd}, so no article can match: exchange the two."
            : null;
    }

    private void Take(QueryPart part)
    {
        switch (part.Field)
        {
            case "outlet": TakeName(part, part.Negative ? excludedOutlets : outlets, "outlet:name-of-the-outlet"); break;
            case "lang": TakeName(part, languages, "lang:zh"); break;
            case "after": TakeDate(part, ref after); break;
            case "before": TakeDate(part, ref before); break;
            default: TakeTerm(part); break;
        }
    }

    private void TakeName(QueryPart part, List<string> names, string example)
    {
        var name = part.Text.Trim().ToLowerInvariant();
        if (name.Length is 0 or > SearchMarks.MaxLength || name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            error ??= $"{part.Field}:{part.Text} names nothing: write it as {example}.";
        else if (part.Negative && names == languages)
            error ??= $"-lang:{part.Text} is not understood: write lang: without the minus sign.";
        else if (!names.Contains(name, StringComparer.Ordinal))
            names.Add(name);
    }

    private void TakeDate(QueryPart part, ref DateOnly? date)
    {
        if (!part.Negative && QueryDate.TryRead(part.Text, out var read)) date = read;
        else error ??= $"{(part.Negative ? "-" : "")}{part.Field}:{part.Text} is not a date: write {part.Field}:2023, {part.Field}:2023-11 or {part.Field}:2023-11-01.";
    }

    private void TakeTerm(QueryPart part)
    {
        if (Term(part.Text) is not { } term) return;
        var list = part.Negative ? excluded : terms;
        if (!list.Exists(known => known.EndsOpen == term.EndsOpen && known.Tokens.SequenceEqual(term.Tokens))) list.Add(term);
    }

    /// <returns>Null where the text has nothing that is indexed.</returns>
    private static SearchTerm? Term(string text)
    {
        // Here and not in the tokenizer: a mark must not be typed.
        var folded = FoldedText.Of(text.Replace(TokenCutter.MarkStart, ' ')).Chars;
        var tokens = new List<string>();
        var cutter = new TokenCutter(folded);
        var last = TokenKind.Word;
        while (cutter.TryNext(out var token))
        {
            tokens.Add(folded[token.Start..token.End].ToString());
            last = token.Kind;
        }
        if (tokens.Count == 0) return null;
        // 莫斯科 may go on in the text, so its last character is not required to stand alone.
        if (last == TokenKind.Tail) tokens.RemoveAt(tokens.Count - 1);
        return new SearchTerm { Text = text, Tokens = tokens, EndsOpen = last == TokenKind.Single };
    }
}
