namespace Dibao.Server.Read.Pages;

/// <summary>What is watched, and how each source fares.</summary>
public sealed class SourcesPageModel(ArchiveReader archive) : ReaderPage
{
    public override string Place => "sources";

    public IReadOnlyList<SourceHealth> Sources { get; private set; } = [];

    // What needs attention first.
    public void OnGet() => Sources = [.. archive.Sources().OrderByDescending(source => source.Failures > 0 && source.Source.State == SourceState.Active)];
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

        public static string InWords(SourceHealth source, Words words) => Of(source) switch
        {
            SourceMood.Retired => words.HealthRetired,
            SourceMood.Failing => Words.Count(words.HealthFailing, source.Failures),
            SourceMood.Waiting => words.HealthWaiting,
            _ => words.HealthGood,
        };
    }
}
