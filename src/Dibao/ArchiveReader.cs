using Dibao.Capture;
using Dibao.Capture.Coverage;
using Dibao.Capture.Fetch;
using Dibao.Capture.FullText;
using Dibao.Capture.Sources;
using Dibao.Find;
using Dibao.Keep;

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
        Media = new(database);
        kin = new(database);
        Coverage = new(database);
    }

    public StoreFolder Store { get; }
    public Database Database { get; }
    public Catalogue Catalogue { get; }
    public SearchIndex Search { get; }
    public SegmentReader Segments { get; }
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

    /// <summary>What is known of a source's texts.</summary>
    public TextHabits Texts(long source) => new TextEvidence(Database, TimeProvider.System).Of(source);

    /// <summary>The page or file that a capture holds, as it was received, with any Content-Encoding undone.</summary>
    /// <returns>Null when the capture holds none.</returns>
    /// <exception cref="InvalidDataException">A segment is damaged or missing.</exception>
    public Original? Original(KeptCapture capture)
    {
        var place = capture.Records.LastOrDefault(record => record.Type is "response" or "revisit" or "resource");
        if (place is null) return null;
        var record = Segments.Read(place);
        var body = record.Payload;
        if (record.Type == "revisit")
        {
            if (place.Payload is not { } digest || Catalogue.Payload(digest) is not { } first) return null;
            body = Segments.Read(first).Payload;
        }
        return record.Type == "resource"
            ? new(record.Headers["Content-Type"] ?? "application/octet-stream", body)
            : Decoded(record.HttpHead, body);
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

/// <summary>Bytes as an outlet served them or an operator imported them: hostile until proven otherwise.</summary>
public sealed record Original(string ContentType, ReadOnlyMemory<byte> Bytes);
