using System.Text.Json;
using Dibao.Feeds;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Feeds;

public sealed class FeedDateCorpusTests(ITestOutputHelper output)
{
    private const int PairsFloor = 71;
    private const double CorpusFloor = 0.996;

    private static JsonElement Dates() =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Shared.RequireFeeds(), "dates.json"))).RootElement;

    [Fact]
    public void Other_readers_gold_dates_agree_at_least_to_the_pinned_floor()
    {
        var agree = 0;
        foreach (var pair in Dates().GetProperty("pairs").EnumerateArray())
        {
            var read = FeedDate.TryParse(pair[1].GetString()!, out var utc);
            var same = pair[2].ValueKind == JsonValueKind.Null
                ? !read
                : read && $"{utc.Year} {utc:M d H m s}" == string.Join(' ', pair[2].EnumerateArray().Take(6));
            agree += same ? 1 : 0;
            if (!same)
                output.WriteLine($"{pair[1]} gives {(read ? utc.ToString("s") : "nothing")}");
        }

        agree.ShouldBeGreaterThanOrEqualTo(PairsFloor);
    }

    [Fact]
    public void Dates_that_another_reader_had_to_learn_are_read() =>
        Dates().GetProperty("weird").EnumerateArray().Select(date => date.GetString()!)
            .ShouldAllBe(date => TryParse(date));

    [Fact]
    public void Nearly_every_date_of_4800_feeds_is_read()
    {
        var dates = Dates().GetProperty("corpus").EnumerateArray().Select(date => date.GetString()!).ToList();
        foreach (var unread in dates.Where(date => !TryParse(date)))
            output.WriteLine(unread);
        ((double)dates.Count(TryParse) / dates.Count).ShouldBeGreaterThanOrEqualTo(CorpusFloor);
    }

    private static bool TryParse(string text) => FeedDate.TryParse(text, out _);
}
