using Dibao.Find;
using Dibao.Tests.Keep;
using Dapper;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Specs;

/// <summary>Runs specs/search.md.</summary>
public class SearchSpecs
{
    public static TheoryData<int> Lines() => [.. SpecFile.Pairs("search.md").Select(pair => pair.Input.Line)];

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task The_queries_find_what_the_specification_says(int line)
    {
        var (texts, queries) = SpecFile.Pairs("search.md").Single(pair => pair.Input.Line == line);
        await using var test = TestArchive.New();
        Index(test, [.. texts.Content.Split('\n').Where(text => text.Length > 0)]);

        foreach (var row in queries.Content.Split('\n').Where(row => row.Length > 0))
        {
            var (query, expected) = (row[..row.LastIndexOf(" → ", StringComparison.Ordinal)], row[(row.LastIndexOf(" → ", StringComparison.Ordinal) + 3)..]);
            if (expected == "invalid")
            {
                SearchQuery.Parse(query).ShouldBeOfType<QueryReading.Invalid>(row).Message.ShouldNotBeEmpty();
                continue;
            }
            var parsed = SearchQuery.Parse(query).ShouldBeOfType<QueryReading.Parsed>(row).Query;
            var found = test.Archive.Reader.Search.Search(parsed, new() { Limit = 100 }).Hits.Select(hit => hit.ArticleId).Order();
            (found.Any() ? string.Join(", ", found) : "none").ShouldBe(expected, $"{query}, under line {queries.Line}");
        }
    }

    private static void Index(TestArchive test, IReadOnlyList<string> texts) => test.Archive.Reader.Database.Write(transaction =>
    {
        var outlet = transaction.Connection!.QuerySingle<long>("INSERT INTO outlets(slug, name) VALUES ('a', 'A') RETURNING id", transaction: transaction);
        SearchIndex.IndexAll(transaction, [.. texts.Select((text, i) => new SearchDocument
        {
            ArticleId = i + 1,
            VersionId = i + 1,
            OutletId = outlet,
            OutletSlug = "a",
            Newest = TestArchive.Start.AddHours(i),
            Title = "",
            Standfirst = null,
            Text = text,
            Authors = [],
            Language = null,
        })]);
    });
}
