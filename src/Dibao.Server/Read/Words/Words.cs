namespace Dibao.Server.Read;

/// <summary>Every string of the reader, in one language. <c>{0}</c> is filled in; a bar divides the form for one from the form for more.</summary>
/// <remarks>A typed table in place of resource files: satellite assemblies are found by culture, and InvariantGlobalization has none.</remarks>
public sealed partial record Words
{
    // Frame
    public required string HtmlLang { get; init; }
    public required string LanguageName { get; init; }
    public required string Motto { get; init; }
    public required string Tagline { get; init; }
    public required string SkipToContent { get; init; }
    public required string MainNavigation { get; init; }
    public required string Newest { get; init; }
    public required string Outlets { get; init; }
    public required string Sources { get; init; }
    public required string About { get; init; }
    public required string Search { get; init; }
    public required string SearchPlaceholder { get; init; }
    public required string SearchThisOutlet { get; init; }
    public required string InterfaceLanguage { get; init; }
    public required string FeedAtom { get; init; }
    public required string FeedJson { get; init; }
    public required string KeysHint { get; init; }
    public required string TimesIn { get; init; }
    public required string PoweredBy { get; init; }

    // Lists
    public required string NewestTitle { get; init; }
    public required string ArticleCount { get; init; }
    public required string OutletCount { get; init; }
    public required string VersionCount { get; init; }
    public required string Older { get; init; }
    public required string BackToNewest { get; init; }
    public required string Changed { get; init; }
    public required string Gone { get; init; }
    public required string Known { get; init; }
    public required string EmptyArchive { get; init; }
    public required string EmptyArchiveHint { get; init; }
    public required string EmptyOutlet { get; init; }
    public required string NoMore { get; init; }
    public required string OutletsTitle { get; init; }
    public required string NewestOn { get; init; }
    public required string HomePage { get; init; }

    // Article
    public required string Published { get; init; }
    public required string Modified { get; init; }
    public required string FirstCaptured { get; init; }
    public required string LastCaptured { get; init; }
    public required string CapturedAt { get; init; }
    public required string PublishedAt { get; init; }
    public required string NotDated { get; init; }
    public required string By { get; init; }
    public required string ListSeparator { get; init; }
    public required string Provenance { get; init; }
    public required string SourceLink { get; init; }
    public required string ReadAtSource { get; init; }
    public required string Outlet { get; init; }
    public required string Author { get; init; }
    public required string Section { get; init; }
    public required string Versions { get; init; }
    public required string VersionNumber { get; init; }
    public required string VersionOf { get; init; }
    public required string CurrentVersion { get; init; }
    public required string Compare { get; init; }
    public required string CompareTitle { get; init; }
    public required string CompareLegend { get; init; }
    public required string CompareSame { get; init; }
    public required string CompareTooLong { get; init; }
    public required string RemovedText { get; init; }
    public required string AddedText { get; init; }
    public required string OriginPage { get; init; }
    public required string OriginFeed { get; init; }
    public required string OriginFile { get; init; }
    public required string Original { get; init; }
    public required string OriginalSource { get; init; }
    public required string Files { get; init; }
    public required string LogPosition { get; init; }
    public required string Proof { get; init; }
    public required string ProofLead { get; init; }
    public required string ProofLimits { get; init; }
    public required string ProofNotYet { get; init; }
    public required string ProofDownload { get; init; }
    public required string ProofSteps { get; init; }
    public required string ProofStepRecords { get; init; }
    public required string ProofStepManifest { get; init; }
    public required string ProofStepTree { get; init; }
    public required string ProofStepKey { get; init; }
    public required string ProofByMachine { get; init; }
    public required string ProofLog { get; init; }
    public required string ProofRecorded { get; init; }
    public required string ProofOrigin { get; init; }
    public required string ProofCheckpoint { get; init; }
    public required string ProofRoot { get; init; }
    public required string ProofKey { get; init; }
    public required string GoneBanner { get; init; }
    public required string KnownBanner { get; init; }
    public required string Removed { get; init; }
    public required string RemovedBanner { get; init; }
    public required string RedirectedBanner { get; init; }
    public required string BackBanner { get; init; }
    public required string ImportedBanner { get; init; }
    public required string OldVersionBanner { get; init; }
    public required string ToCurrent { get; init; }
    public required string NoBody { get; init; }
    public required string EarlierArticle { get; init; }
    public required string NoOriginal { get; init; }
    public required string OriginalDamaged { get; init; }

    // Captures and comparison
    public required string AsCaptured { get; init; }
    public required string EarlierCapture { get; init; }
    public required string LaterCapture { get; init; }
    public required string CaptureCount { get; init; }
    public required string AllCaptures { get; init; }
    public required string ToArticle { get; init; }
    public required string ReplayNote { get; init; }
    public required string ReplayNoteScripts { get; init; }
    public required string ReplayTruncated { get; init; }
    public required string NotCaptured { get; init; }
    public required string CompareInline { get; init; }
    public required string CompareSideBySide { get; init; }
    public required string CompareView { get; init; }
    public required string CompareFacts { get; init; }
    public required string FactTitle { get; init; }
    public required string Standfirst { get; init; }
    public required string FactImage { get; init; }

    // Search
    public required string SearchTitle { get; init; }
    public required string ResultCount { get; init; }
    public required string ResultCountCapped { get; init; }
    public required string OrderNewest { get; init; }
    public required string OrderBest { get; init; }
    public required string Order { get; init; }
    public required string ByTime { get; init; }
    public required string ByOutlet { get; init; }
    public required string Filters { get; init; }
    public required string RemoveFilter { get; init; }
    public required string AfterDay { get; init; }
    public required string BeforeDay { get; init; }
    public required string BucketLabel { get; init; }
    public required string NextPage { get; init; }
    public required string FirstPage { get; init; }
    public required string NothingFound { get; init; }
    public required string NothingFoundHint { get; init; }
    public required string InvalidQuery { get; init; }
    public required string HowToSearch { get; init; }
    public required string SearchIntro { get; init; }
    public required string SyntaxWords { get; init; }
    public required string SyntaxPhrase { get; init; }
    public required string SyntaxNot { get; init; }
    public required string SyntaxOutlet { get; init; }
    public required string SyntaxDates { get; init; }
    public required string SyntaxLanguage { get; init; }
    public required string ExampleWords { get; init; }
    public required string ExamplePhrase { get; init; }
    public required string ExampleNot { get; init; }

    // Sources
    public required string SourcesTitle { get; init; }
    public required string AddSource { get; init; }
    public required string AddSourceHint { get; init; }
    public required string Address { get; init; }
    public required string Token { get; init; }
    public required string TokenHint { get; init; }
    public required string TokenWrong { get; init; }
    public required string NotFromHere { get; init; }
    public required string ReadOnly { get; init; }
    public required string AddressMissing { get; init; }
    public required string AddressTooLong { get; init; }
    public required string Added { get; init; }
    public required string AlreadyThere { get; init; }
    public required string NotAdded { get; init; }
    public required string NoSources { get; init; }
    public required string Health { get; init; }
    public required string HealthGood { get; init; }
    public required string HealthFailing { get; init; }
    public required string HealthRetired { get; init; }
    public required string HealthWaiting { get; init; }
    public required string LastSuccess { get; init; }
    public required string LastError { get; init; }
    public required string NextPoll { get; init; }
    public required string Never { get; init; }
    public required string Due { get; init; }
    public required string Articles { get; init; }
    public required string DownloadOpml { get; init; }

    // Coverage
    public required string KindFeed { get; init; }
    public required string KindSitemap { get; init; }
    public required string KindListPage { get; init; }
    public required string Details { get; init; }
    public required string CoverageTitle { get; init; }
    public required string CoverageChart { get; init; }
    public required string CoverageDayLabel { get; init; }
    public required string Day { get; init; }
    public required string SeenCount { get; init; }
    public required string CapturedCount { get; init; }
    public required string FeedOnlyCount { get; init; }
    public required string WaitingCount { get; init; }
    public required string FailedCount { get; init; }
    public required string LostCount { get; init; }
    public required string NoArticleCount { get; init; }
    public required string Remarks { get; init; }
    public required string DownFor { get; init; }
    public required string FailingFor { get; init; }
    public required string NotWatched { get; init; }
    public required string NothingAnnounced { get; init; }
    public required string HoursAndMinutes { get; init; }
    public required string MissedTitle { get; init; }
    public required string NothingMissed { get; init; }
    public required string Attempts { get; init; }
    public required string TroublesTitle { get; init; }
    public required string NoTroubles { get; init; }
    public required string Since { get; init; }
    public required string FromTo { get; init; }
    public required string GapsTitle { get; init; }
    public required string GapsHint { get; init; }
    public required string NoGaps { get; init; }
    public required string WhatToDo { get; init; }
    public required string RemedyNoAnswer { get; init; }
    public required string RemedyRefused { get; init; }
    public required string RemedyNotThere { get; init; }
    public required string RemedyGone { get; init; }
    public required string RemedyTooOften { get; init; }
    public required string RemedyServerTrouble { get; init; }
    public required string RemedyUnreadable { get; init; }
    public required string RemedySkipped { get; init; }
    public required string TextsTitle { get; init; }
    public required string TextsPage { get; init; }
    public required string TextsFeed { get; init; }
    public required string TextsOpen { get; init; }
    public required string TextsEvidence { get; init; }
    public required string BackfillTitle { get; init; }
    public required string BackfillNone { get; init; }
    public required string BackfillHint { get; init; }
    public required string BackfillSince { get; init; }
    public required string BackfillPerDay { get; init; }
    public required string BackfillStart { get; init; }
    public required string BackfillAgain { get; init; }
    public required string BackfillStop { get; init; }
    public required string BackfillListing { get; init; }
    public required string BackfillGoing { get; init; }
    public required string BackfillDone { get; init; }
    public required string BackfillTerms { get; init; }
    public required string BackfillCounts { get; init; }
    public required string BackfillSinceWrong { get; init; }
    public required string BackfillPerDayWrong { get; init; }
    public required string TemplateTitle { get; init; }
    public required string TemplateNone { get; init; }
    public required string TemplateLead { get; init; }
    public required string TemplateEmpty { get; init; }
    public required string ProblemsFeed { get; init; }
    public required string ProblemsTitle { get; init; }
    public required string ProblemMissed { get; init; }
    public required string ProblemTrouble { get; init; }
    public required string ProblemTroubleOver { get; init; }
    public required string ProblemGap { get; init; }
    public required string BackToSources { get; init; }
    public required string ListSelector { get; init; }
    public required string AlsoIn { get; init; }
    public required string Alike { get; init; }
    public required string AnnouncedBy { get; init; }
    public required string PictureMissing { get; init; }

    // Relative time
    public required string JustNow { get; init; }
    public required string MinutesAgo { get; init; }
    public required string HoursAgo { get; init; }
    public required string DaysAgo { get; init; }
    public required string InMinutes { get; init; }
    public required string InHours { get; init; }
    public required string InDays { get; init; }
    public required string Today { get; init; }
    public required string Yesterday { get; init; }

    // Errors
    public required string BadRequestTitle { get; init; }
    public required string BadRequestText { get; init; }
    public required string NotFoundTitle { get; init; }
    public required string NotFoundText { get; init; }
    public required string ServerErrorTitle { get; init; }
    public required string ServerErrorText { get; init; }
    public required string OtherErrorTitle { get; init; }
    public required string OtherErrorText { get; init; }

    // Keys
    public required string KeysTitle { get; init; }
    public required string KeyNext { get; init; }
    public required string KeyPrevious { get; init; }
    public required string KeyOpen { get; init; }
    public required string KeySearch { get; init; }
    public required string KeyHelp { get; init; }
    public required string Close { get; init; }

    // About
    public required string AboutLead { get; init; }
    public required string AboutName { get; init; }
    public required string AboutRights { get; init; }
    public required string AboutHolds { get; init; }
    public required string AboutMachines { get; init; }
    public required string AboutApi { get; init; }
    public required string Captures { get; init; }

    /// <summary>The table of a language.</summary>
    public static Words Of(UiLanguage language) => language switch
    {
        UiLanguage.ZhHans => ZhHans,
        UiLanguage.ZhHant => ZhHant,
        _ => En,
    };

    /// <summary>Fills the form that fits <paramref name="count"/>, with the number grouped by thousands.</summary>
    public static string Count(string forms, long count)
    {
        var bar = forms.IndexOf('|');
        var form = bar < 0 ? forms : count == 1 ? forms[..bar] : forms[(bar + 1)..];
        return string.Format(null, form, count.ToString("#,0"));
    }
}
