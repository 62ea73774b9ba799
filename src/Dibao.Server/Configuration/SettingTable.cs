using System.Net;
using Dibao.Capture;
using Dibao.Prove;
using Dibao.Prove.Witnesses;
using Dibao.Server.Read;
using static Dibao.Server.Configuration.SettingKinds;

namespace Dibao.Server.Configuration;

/// <summary>Every setting there is. docs/configuration.md is this table, written out.</summary>
public static class SettingTable
{
    private static readonly CaptureOptions Standard = new();
    private static readonly ReaderOptions Reader = new();
    private static readonly CheckpointOptions Checkpoints = new();

    public static readonly Setting<string?> Data = Folder("Data", "./dibao-data",
        "Folder that holds the archive. `--data` comes before it.");

    public static readonly Setting<IPAddress> ListenAddress = Address("Listen:Address",
        "Where `dibao serve` listens. Anything but loopback shows the archive to that network.");

    public static readonly Setting<int> ListenPort = Number("Listen:Port", 8400, 0, 65535,
        "Port; 0 takes a free one and prints it.");

    public static readonly Setting<string?> AccessToken = Token("Token", 16,
        "What a reader types to add sources. Without it, sources are added only from this machine, or with `dibao add`.");

    public static readonly Setting<string> Title = Name("Reader:Title", Reader.Title, 60,
        "The nameplate on every page.");

    public static readonly Setting<TimeZoneInfo> TimeZone = Zone("Reader:TimeZone",
        "Where days begin and clock times are shown.");

    public static readonly Setting<string?> PublicUrl = WebAddress("Reader:PublicUrl",
        "Where readers reach the archive, for the addresses in feeds; empty takes what each request says.");

    public static readonly Setting<int> PageSize = Number("Reader:PageSize", Reader.PageSize, 5, 200,
        "Articles on one page of a list.");

    public static readonly Setting<bool> Capturing = Switch("Capture:Enabled", true,
        "Whether `dibao serve` polls sources; false serves what is there.");

    public static readonly Setting<string?> ProjectUrl = WebAddress("Capture:ProjectUrl",
        "Page about your archive. It stands in the User-Agent, so that an outlet's administrator can ask you.");

    public static readonly Setting<IReadOnlyList<string>> AllowHosts = Hosts("Capture:AllowHosts",
        "Hosts on private or loopback addresses that may be asked all the same.");

    public static readonly Setting<TimeSpan> HostDelay = Duration("Capture:HostDelay", Standard.HostDelay, TimeSpan.Zero, TimeSpan.FromHours(1),
        "From the end of one request to a host to the start of the next.");

    public static readonly Setting<TimeSpan> AllowedHostDelay = Duration("Capture:AllowedHostDelay", Standard.AllowedHostDelay, TimeSpan.Zero, TimeSpan.FromHours(1),
        "The same, for the hosts in Capture:AllowHosts.");

    public static readonly Setting<int> MaxConcurrentRequests = Number("Capture:MaxConcurrentRequests", Standard.MaxConcurrentRequests, 1, 1024,
        "Requests under way at once, over all hosts.");

    public static readonly Setting<int> MaxEntriesPerPoll = Number("Capture:MaxEntriesPerPoll", Standard.MaxEntriesPerPoll, 1, 100_000,
        "Articles fetched for one source in one poll; the rest wait for the next.");

    public static readonly Setting<int> MaxBodyBytes = Number("Capture:MaxBodyBytes", Standard.MaxBodyBytes, 1, 1 << 30,
        "Bytes of a body as received. A larger page is kept cut and marked so; a larger feed is refused.");

    public static readonly Setting<int> MaxDecodedBytes = Number("Capture:MaxDecodedBytes", Standard.MaxDecodedBytes, 1, 1 << 30,
        "Bytes of a body once its compression is undone.");

    public static readonly Setting<int> MaxRedirects = Number("Capture:MaxRedirects", Standard.MaxRedirects, 0, 50,
        "Redirects followed for one address.");

    public static readonly Setting<bool> WebSub = Switch("Capture:WebSub", true,
        "Whether hubs are asked to tell when a feed has news. They must reach Reader:PublicUrl; without it none is asked.");

    public static readonly Setting<string?> Chromium = Folder("Capture:Chromium", "",
        "The Chromium that draws pages for sources whose profile asks for it; empty takes the one in PATH.");

    public static readonly Setting<TimeSpan> BrowserTime = Duration("Capture:BrowserTime", Standard.BrowserTime, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10),
        "For one page that it draws.");

    public static readonly Setting<TimeSpan> ConnectTimeout = Duration("Capture:ConnectTimeout", Standard.ConnectTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10),
        "For a connection alone.");

    public static readonly Setting<TimeSpan> HeaderTimeout = Duration("Capture:HeaderTimeout", Standard.HeaderTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10),
        "From asking to the end of an answer's headers.");

    public static readonly Setting<TimeSpan> BodyTimeout = Duration("Capture:BodyTimeout", Standard.BodyTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1),
        "For the whole body, however steadily it dribbles.");

    public static readonly Setting<TimeSpan> StallTimeout = Duration("Capture:StallTimeout", Standard.StallTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1),
        "Between one piece of a body and the next.");

    public static readonly Setting<int> MaxArticlePages = Number("Capture:MaxArticlePages", Standard.MaxArticlePages, 1, 100,
        "Pages of one article that are joined, the first included.");

    public static readonly Setting<int> MaxImages = Number("Capture:MaxImages", Standard.MaxImages, 0, 500,
        "Pictures kept with one article; 0 keeps none.");

    public static readonly Setting<int> MaxMediaBytes = Number("Capture:MaxMediaBytes", Standard.MaxMediaBytes, 0, 1 << 30,
        "Bytes of all pictures and recordings of one article.");

    public static readonly Setting<TimeSpan> MediaTime = Duration("Capture:MediaTime", Standard.MediaTime, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1),
        "For all pictures and recordings of one article.");

    public static readonly Setting<bool> Recordings = Switch("Capture:Recordings", Standard.Recordings,
        "Whether sounds and films that a feed or a page names are kept, too, within Capture:MaxMediaBytes.");

    public static readonly Setting<string?> SiteRules = Folder("Capture:SiteRules", "",
        "Folder of site rules (`news.example.txt`) in the syntax of fivefilters/ftr-site-config; each is kept with what it was used on.");

    public static readonly Setting<IReadOnlyDictionary<string, TimeSpan>> Retention = Periods("Keep:Retention",
        "How long articles of an outlet are kept from their first capture, such as rumours.example=365d; then `dibao serve` takes them down. All others are kept for ever.");

    public static readonly Setting<string?> PublishFolder = Folder("Publish:Folder", "",
        "Folder that `dibao serve` keeps publishing to; empty publishes nothing.");

    public static readonly Setting<TimeSpan> PublishInterval = Duration("Publish:Interval", TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(10), TimeSpan.FromDays(30),
        "From one publication to the next.");

    public static readonly Setting<bool> PublishGit = Switch("Publish:Git", false,
        "Whether that folder is a git repository, and each publication a commit.");

    public static readonly Setting<string?> PublishRemote = Remote("Publish:Remote",
        "Where each commit is pushed; empty pushes nowhere. Implies Publish:Git.");

    public static readonly Setting<string?> ExportSigningKey = Folder("Export:SigningKey", "",
        "PEM file with an ECDSA P-384 key that signs WACZ packages; empty leaves them unsigned.");

    public static readonly Setting<bool> ReplayScripts = Switch("Replay:Scripts", false,
        "Whether scripts of archived pages run when one is replayed: in a sandbox, without the network, with nothing of the reader's in reach.");

    public static readonly Setting<string?> ProofOrigin = LogOrigin("Proof:Origin",
        "Name of the archive's transparency log, for ever: set it before the archive is made, or a name is made up.");

    public static readonly Setting<string?> ProofKeyFile = Folder("Proof:KeyFile", "",
        "File of the private key that checkpoints are signed with; empty is keys/log.key in the data folder.");

    public static readonly Setting<TimeSpan> ProofInterval = Duration("Proof:Interval", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), TimeSpan.FromDays(1),
        "From one signed checkpoint to the next, while something is captured.");

    public static readonly Setting<TimeSpan> ProofKeepInterval = Duration("Proof:KeepInterval", Checkpoints.KeepInterval, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30),
        "From one checkpoint that is kept, witnessed and stamped to the next.");

    public static readonly Setting<IReadOnlyList<Witness>> ProofWitnesses = SettingKinds.Witnesses("Proof:Witnesses",
        "Who is asked to cosign kept checkpoints (C2SP tlog-witness).");

    public static readonly Setting<string?> ProofStampAuthority = WebAddress("Proof:StampAuthority",
        "Who is asked to time-stamp kept checkpoints (RFC 3161); empty asks nobody.");

    public static readonly Setting<IReadOnlyList<Uri>> ProofCalendars = WebAddresses("Proof:Calendars",
        "OpenTimestamps calendars that kept checkpoints are handed to.");

    public static readonly Setting<string> LogLevel = Choice("Log:Level",
        "What `dibao serve` logs at least.", "Information", "Trace", "Debug", "Warning", "Error", "Critical", "None");

    public static readonly Setting<string> LogFormat = Choice("Log:Format",
        "Lines for people, or one JSON object a line.", "text", "json");

    public static readonly IReadOnlyList<Setting> All =
    [
        Data, ListenAddress, ListenPort, AccessToken,
        Title, TimeZone, PublicUrl, PageSize,
        Capturing, ProjectUrl, AllowHosts, HostDelay, AllowedHostDelay, MaxConcurrentRequests, MaxEntriesPerPoll,
        MaxBodyBytes, MaxDecodedBytes, MaxRedirects, WebSub, Chromium, BrowserTime, ConnectTimeout, HeaderTimeout, BodyTimeout, StallTimeout,
        MaxArticlePages, MaxImages, MaxMediaBytes, MediaTime, Recordings, SiteRules,
        Retention,
        PublishFolder, PublishInterval, PublishGit, PublishRemote, ExportSigningKey, ReplayScripts,
        ProofOrigin, ProofKeyFile, ProofInterval, ProofKeepInterval, ProofWitnesses, ProofStampAuthority, ProofCalendars,
        LogLevel, LogFormat,
    ];
}
