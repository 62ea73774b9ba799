using Dibao.Capture;
using Dibao.Capture.Backfill;
using Dibao.Capture.Coverage;
using Dibao.Capture.Fetch;
using Dibao.Capture.FullText;
using Dibao.Capture.Sources;
using Dibao.Find;
using Dibao.Keep;
using Dibao.Prove;

namespace Dibao;

/// <summary>An archive as readers see it: lists, articles, searches, originals. Works beside the process that writes.</summary>
public sealed class ArchiveReader : IDisposable
{
    private readonly KinShelf kin;

    internal ArchiveReader(StoreFolder store, Database database)
    {
        Store = store;
        Database = database;
        Catalogue = new(database);
        Search = new(database);
        Segments = new(store);
        Log = new(store);
        Mementos = new(database);
        Media = new(database);
        kin = new(database);
        Coverage = new(database);
    }

    public StoreFolder Store { get; }
    public Database Database { get; }
    public Catalogue Catalogue { get; }
    public SearchIndex Search { get; }
    public SegmentReader Segments { get; }
    public LogReader Log { get; }

    /// <summary>Captures by the address that they were asked for.</summary>
    public Mementos Mementos { get; }
    public MediaShelf Media { get; }
    public CoverageLedger Coverage { get; }

    /// <summary>Opens the archive in a folder for reading only.</summary>
    /// <exception cref="StoreException">There is no archive.</exception>
    /// <exception cref="DatabaseVersionException">A newer Dibao made it.</exception>
    public static ArchiveReader Open(string folder)
    {
        var store = StoreFolder.OpenExisting(folder);
        if (!File.Exists(store.DatabasePath))
        {
            throw new StoreException($"{store.DatabasePath} is missing: run `dibao rebuild`, which makes it from the segments.");
        }
        return new(store, new(store.DatabasePath, SearchTokenizer.Register, readOnly: true));
    }

    /// <summary>How each source fares, with the articles its outlet has.</summary>
    public IReadOnlyList<SourceHealth> Sources()
    {
        var counts = Catalogue.ArticleCounts();
        var book = new SourceBook(Database, TimeProvider.System, Random.Shared);
        return [.. book.List().Select(health => health with { Articles = counts.GetValueOrDefault(health.Outlet.Id) })];
    }

    /// <summary>One source with how it fares; null when there is none, or it was removed.</summary>
    public SourceHealth? Source(long id) => Sources().FirstOrDefault(health => health.Source.Id == id);

    /// <summary>Articles whose texts are nearly the same: an agency's in other outlets, the most alike first.</summary>
    public IReadOnlyList<KinArticle> Kin(long articleId)
    {
        var found = kin.Of(articleId);
        var articles = Catalogue.Articles([.. found.Select(other => other.ArticleId)]).ToDictionary(article => article.Id);
        return [.. found.Where(other => articles.ContainsKey(other.ArticleId)).Select(other => new KinArticle(articles[other.ArticleId], other.Percent))];
    }

    /// <summary>How far each backfill is.</summary>
    public IReadOnlyList<BackfillProgress> Backfills() => new BackfillBook(Database, TimeProvider.System).List();

    /// <summary>What is known of a source's texts.</summary>
    public TextHabits Texts(long source) => new TextEvidence(Database, TimeProvider.System).Of(source);

    /// <summary>What is known to recur on a source's pages, and is left out of its articles.</summary>
    public Extract.Sites.SiteTemplate Template(long source) => new TemplateBook(Database, TimeProvider.System).Of(source);

    /// <summary>The page or file that a capture holds, as it was received, with any Content-Encoding undone.</summary>
    /// <returns>Null when the capture holds none.</returns>
    /// <exception cref="InvalidDataException">A segment is damaged or missing.</exception>
    public Original? Original(KeptCapture capture)
    {
        var place = capture.Records.LastOrDefault(record => record.Type is "response" or "revisit" or "resource");
        return place is null ? null : Answer(place)?.Original;
    }

    /// <summary>What one record holds: a server's answer, or an imported file. A revisit has the payload that it refers to.</summary>
    /// <returns>Null when it is neither, as after a takedown, or when what it refers to is gone.</returns>
    /// <exception cref="InvalidDataException">A segment is damaged or missing.</exception>
    public KeptAnswer? Answer(KeptRecord place)
    {
        var record = Segments.Read(place);
        if (record.Type is not ("response" or "revisit" or "resource")) return null;
        var body = record.Payload;
        if (record.Type == "revisit")
        {
            if (place.Payload is not { } digest || Catalogue.Payload(digest) is not { } first) return null;
            body = Segments.Read(first).Payload;
        }
        return record.Type == "resource"
            ? new(record.TargetUri ?? "", default, new(record.Headers["Content-Type"] ?? "application/octet-stream", body), null)
            : new(record.TargetUri ?? "", record.HttpHead, Decoded(record.HttpHead, body), record.Headers["WARC-Truncated"]);
    }

    /// <summary>A kept picture or recording, as it was received, with any Content-Encoding undone; its type is by its bytes.</summary>
    /// <returns>Null when the bytes were never kept as one.</returns>
    /// <exception cref="InvalidDataException">A segment is damaged or missing.</exception>
    public Original? Picture(Digest payload)
    {
        if (Media.TypeOf(payload) is not { } type || Catalogue.Payload(payload) is not { } place) return null;
        var record = Segments.Read(place);
        return Decoded(record.HttpHead, record.Payload) with { ContentType = type };
    }

    public void Dispose() => Database.Dispose();

    private static Original Decoded(ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> body)
    {
        var type = KeptHead.Field(head.Span, "Content-Type") ?? "application/octet-stream";
        return Payload.Decode(body, KeptHead.Field(head.Span, "Content-Encoding"), ArticleText.MaxDecodedBytes) is Payload.Decoded decoded
            ? new(type, decoded.Bytes)
            : new("application/octet-stream", body);
    }
}

/// <summary>What a record holds, ready to be shown.</summary>
/// <param name="Url">The address that was asked.</param>
/// <param name="Head">Status line and headers; empty for imported files.</param>
/// <param name="Truncated">Why the body is not whole (WARC-Truncated); null when it is.</param>
public sealed record KeptAnswer(string Url, ReadOnlyMemory<byte> Head, Original Original, string? Truncated)
{
    /// <summary>HTTP status; 200 for imported files.</summary>
    public int Status => Head.IsEmpty ? 200 : KeptHead.Status(Head.Span);

    /// <summary>Absolute target of a redirect; null when it is none.</summary>
    public string? RedirectsTo => Status is >= 300 and < 400 ? KeptHead.ToExchange(Url, default, default, Head, default).Location : null;
}

/// <summary>Bytes as an outlet served them or an operator imported them: hostile until proven otherwise.</summary>
public sealed record Original(string ContentType, ReadOnlyMemory<byte> Bytes);
