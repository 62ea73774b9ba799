using Dibao.Find;
using Dibao.Server.Read;
using Shouldly;
using Xunit;

namespace Dibao.Server.Tests.Read;

public sealed class QueryTextTests
{
    [Theory]
    [InlineData("普京 卫星")]
    [InlineData("\"the night ferry\" -moscow")]
    [InlineData("outlet:rfi-cn -outlet:hewan lang:zh after:2023-11-01 before:2024")]
    [InlineData("“国防部长” 「夜市」 -《水經注》")]
    [InlineData("\"after:2023\" \"outlet:x\"")]
    [InlineData("“a \"quoted\" word”")]
    [InlineData("\"-minus\" C++ 3.14 a/b")]
    public void A_query_written_back_means_the_same(string typed)
    {
        var query = Read(typed);
        var again = Read(QueryText.Of(query));
        again.Terms.Select(Tokens).ShouldBe(query.Terms.Select(Tokens));
        again.Excluded.Select(Tokens).ShouldBe(query.Excluded.Select(Tokens));
        again.Outlets.ShouldBe(query.Outlets);
        again.ExcludedOutlets.ShouldBe(query.ExcludedOutlets);
        again.Languages.ShouldBe(query.Languages);
        (again.After, again.Before).ShouldBe((query.After, query.Before));
    }

    private static SearchQuery Read(string text) => SearchQuery.Parse(text).ShouldBeOfType<QueryReading.Parsed>().Query;

    private static string Tokens(SearchTerm term) => $"{string.Join(' ', term.Tokens)} {term.EndsOpen}";
}
