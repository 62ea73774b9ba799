using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Dibao.Feeds;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Feeds;

/// <summary>What another reader asserts about its own test feeds, as far as our model has the field.</summary>
public sealed class FeedparserCorpusTests(ITestOutputHelper output)
{
    // The score belongs to this corpus: a new one needs a new floor.
    private const string CorpusSha256 = "25363ec066dc9dde933b7b5a5232682db26f41d5f61ce140300d716959452cb1";
    private const double Floor = 0.9895;
    private const double CommonFloor = 0.99;
    private const double SameCommonFloor = 0.998;

    [Fact]
    public void Other_readers_gold_assertions_hold_at_least_to_the_pinned_floor()
    {
        var bytes = File.ReadAllBytes(Path.Combine(Shared.RequireFeeds(), "feedparser.json.gz"));
        Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(CorpusSha256);
        using var unzipped = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var corpus = JsonDocument.Parse(unzipped);

        var results = corpus.RootElement.GetProperty("cases").EnumerateArray().SelectMany(FeedparserCase.Run).ToList();
        foreach (var missed in results.Where(result => !result.Held).OrderBy(result => !result.IsCommon))
            output.WriteLine((missed.IsCommon ? "common " : "other  ") + (missed.IsSame ? "(same HTML) " : "") + missed.Message);
        var common = results.FindAll(result => result.IsCommon);
        Score("all, exactly", results, result => result.Held).ShouldBeGreaterThanOrEqualTo(Floor);
        Score("common, exactly", common, result => result.Held).ShouldBeGreaterThanOrEqualTo(CommonFloor);
        Score("common, as HTML", common, result => result.IsSame).ShouldBeGreaterThanOrEqualTo(SameCommonFloor);
    }

    private double Score(string name, List<FeedparserCase.Result> results, Predicate<FeedparserCase.Result> holds)
    {
        var held = results.Count(result => holds(result));
        output.WriteLine($"{name}: {held} of {results.Count} assertions hold: {(double)held / results.Count:P2}");
        return (double)held / results.Count;
    }
}
