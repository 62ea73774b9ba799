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
    private const double Floor = 0.985;
    private const double CommonFloor = 0.987;

    [Fact]
    public void Other_readers_gold_assertions_hold_at_least_to_the_pinned_floor()
    {
        var bytes = File.ReadAllBytes(Path.Combine(Shared.RequireFeeds(), "feedparser.json.gz"));
        Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(CorpusSha256);
        using var unzipped = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var corpus = JsonDocument.Parse(unzipped);

        var results = corpus.RootElement.GetProperty("cases").EnumerateArray().SelectMany(FeedparserCase.Run).ToList();
        foreach (var missed in results.Where(result => !result.Held).OrderBy(result => !result.IsCommon))
            output.WriteLine((missed.IsCommon ? "common " : "other  ") + missed.Message);
        Score(results).ShouldBeGreaterThanOrEqualTo(Floor);
        Score([.. results.Where(result => result.IsCommon)]).ShouldBeGreaterThanOrEqualTo(CommonFloor);
    }

    private double Score(List<FeedparserCase.Result> results)
    {
        var held = results.Count(result => result.Held);
        output.WriteLine($"{held} of {results.Count} assertions hold: {(double)held / results.Count:P2}");
        return (double)held / results.Count;
    }
}
