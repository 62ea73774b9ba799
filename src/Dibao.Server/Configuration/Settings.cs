using System.Net;
using Dibao.Capture;
using Dibao.Prove;
using Dibao.Server.Read;

namespace Dibao.Server.Configuration;

/// <summary>What the operator decided, validated. Each member is the setting of <see cref="SettingTable"/> with that name.</summary>
public sealed record Settings
{
    public required string Data { get; init; }
    public required IPAddress ListenAddress { get; init; }
    public required int ListenPort { get; init; }
    public string? Token { get; init; }
    public required bool Capturing { get; init; }

    /// <summary>Path; null takes the one in PATH.</summary>
    public string? Chromium { get; init; }

    public required CaptureOptions Capture { get; init; }
    public required ReaderOptions Reader { get; init; }
    public IReadOnlyDictionary<string, TimeSpan> Retention { get; init; } = new Dictionary<string, TimeSpan>();
    public string? PublishFolder { get; init; }
    public required TimeSpan PublishInterval { get; init; }
    public required bool PublishGit { get; init; }
    public string? PublishRemote { get; init; }
    public string? ExportSigningKey { get; init; }
    public required LogOptions Log { get; init; }
    public required CheckpointOptions Checkpoints { get; init; }
    public required TimeSpan ProofInterval { get; init; }
    public required LogLevel LogLevel { get; init; }
    public required bool LogsJson { get; init; }

    /// <summary>What the archive itself is opened with.</summary>
    public ArchiveOptions Archive => new() { Capture = Capture, Log = Log };

    /// <summary>The address to print; <c>0.0.0.0</c> shown as it is.</summary>
    public string ListenUrl => $"http://{(ListenAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{ListenAddress}]" : ListenAddress)}:{ListenPort}";

    public bool ListensOnLoopback => IPAddress.IsLoopback(ListenAddress);

    internal static Settings From(SettingValues values) => new()
    {
        Data = values.Of(SettingTable.Data)!,
        ListenAddress = values.Of(SettingTable.ListenAddress),
        ListenPort = values.Of(SettingTable.ListenPort),
        Token = values.Of(SettingTable.AccessToken),
        Capturing = values.Of(SettingTable.Capturing),
        Retention = values.Of(SettingTable.Retention),
        Chromium = values.Of(SettingTable.Chromium),
        PublishFolder = values.Of(SettingTable.PublishFolder),
        PublishInterval = values.Of(SettingTable.PublishInterval),
        PublishGit = values.Of(SettingTable.PublishGit) || values.Of(SettingTable.PublishRemote) is not null,
        PublishRemote = values.Of(SettingTable.PublishRemote),
        ExportSigningKey = values.Of(SettingTable.ExportSigningKey),
        Log = new() { Origin = values.Of(SettingTable.ProofOrigin), KeyFile = values.Of(SettingTable.ProofKeyFile) },
        ProofInterval = values.Of(SettingTable.ProofInterval),
        Checkpoints = new()
        {
            KeepInterval = values.Of(SettingTable.ProofKeepInterval),
            Witnesses = values.Of(SettingTable.ProofWitnesses),
            StampAuthority = values.Of(SettingTable.ProofStampAuthority) is { } authority ? new(authority) : null,
            Calendars = values.Of(SettingTable.ProofCalendars),
        },
        LogLevel = Enum.Parse<LogLevel>(values.Of(SettingTable.LogLevel)),
        LogsJson = values.Of(SettingTable.LogFormat) == "json",
        Reader = new()
        {
            Title = values.Of(SettingTable.Title),
            TimeZone = values.Of(SettingTable.TimeZone),
            PublicUrl = values.Of(SettingTable.PublicUrl),
            PageSize = values.Of(SettingTable.PageSize),
            AddToken = values.Of(SettingTable.AccessToken),
            ReplayScripts = values.Of(SettingTable.ReplayScripts),
        },
        Capture = new()
        {
            ProjectUrl = values.Of(SettingTable.ProjectUrl),
            AllowHosts = values.Of(SettingTable.AllowHosts),
            HostDelay = values.Of(SettingTable.HostDelay),
            AllowedHostDelay = values.Of(SettingTable.AllowedHostDelay),
            MaxConcurrentRequests = values.Of(SettingTable.MaxConcurrentRequests),
            MaxEntriesPerPoll = values.Of(SettingTable.MaxEntriesPerPoll),
            MaxBodyBytes = values.Of(SettingTable.MaxBodyBytes),
            MaxDecodedBytes = values.Of(SettingTable.MaxDecodedBytes),
            MaxRedirects = values.Of(SettingTable.MaxRedirects),
            CallbackUrl = values.Of(SettingTable.WebSub) && values.Of(SettingTable.PublicUrl) is { } url ? url.TrimEnd('/') + "/websub" : null,
            BrowserTime = values.Of(SettingTable.BrowserTime),
            ConnectTimeout = values.Of(SettingTable.ConnectTimeout),
            HeaderTimeout = values.Of(SettingTable.HeaderTimeout),
            BodyTimeout = values.Of(SettingTable.BodyTimeout),
            StallTimeout = values.Of(SettingTable.StallTimeout),
            MaxArticlePages = values.Of(SettingTable.MaxArticlePages),
            MaxImages = values.Of(SettingTable.MaxImages),
            MaxMediaBytes = values.Of(SettingTable.MaxMediaBytes),
            MediaTime = values.Of(SettingTable.MediaTime),
            Recordings = values.Of(SettingTable.Recordings),
            SiteRules = values.Of(SettingTable.SiteRules),
        },
    };
}
