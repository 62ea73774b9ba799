namespace Dibao.Server.Read.Pages;

/// <summary>What is watched, and how each source fares.</summary>
public sealed class SourcesPageModel(ArchiveReader archive) : ReaderPage
{
    private const int MostCharts = 200;
    private const int DaysShown = 14;

    public override string Place => "sources";

    public IReadOnlyList<SourceHealth> Sources { get; private set; } = [];

    /// <summary>By source; of the first only, where there are very many.</summary>
    public IReadOnlyDictionary<long, CoverageChart> Charts { get; private set; } = new Dictionary<long, CoverageChart>();

    public void OnGet()
    {
        // What needs attention first.
        Sources = [.. archive.Sources().OrderByDescending(source => source.Failures > 0 && source.Source.State == SourceState.Active)];
        var days = archive.Coverage.Days([.. Sources.Take(MostCharts).Select(source => source.Source.Id)], DaysShown, Ui.Now);
        Charts = days.ToDictionary(source => source.Key, source => CoverageChart.Of(source.Value, Ui));
    }
}

/// <summary>How a source fares, at a glance.</summary>
public enum SourceMood
{
    Good = 0,
    Waiting = 1,
    Failing = 2,
    Retired = 3,
}

public static class SourceMoods
{
    extension(SourceMood)
    {
        public static SourceMood Of(SourceHealth source) => source switch
        {
            { Source.State: SourceState.Retired } => SourceMood.Retired,
            { Failures: > 0 } => SourceMood.Failing,
            { LastSuccess: null } => SourceMood.Waiting,
            _ => SourceMood.Good,
        };

        public static string KindOf(Source source, Words words) => source.Kind switch
        {
            SourceKind.Sitemap => words.KindSitemap,
            SourceKind.ListPage => words.KindListPage,
            _ => words.KindFeed,
        };

        public static string InWords(SourceHealth source, Words words) => Of(source) switch
        {
            SourceMood.Retired => words.HealthRetired,
            SourceMood.Failing => Words.Count(words.HealthFailing, source.Failures),
            SourceMood.Waiting => words.HealthWaiting,
            _ => words.HealthGood,
        };
    }
}
