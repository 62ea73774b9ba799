using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>For each field the best element seen so far. Used again for the next entry.</summary>
internal sealed class FieldWinners(FeedOptions options)
{
    private const byte Nobody = byte.MaxValue;

    private readonly byte[] ranks = new byte[Origins.Count];
    private readonly int[] nodes = new int[Origins.Count];
    private readonly DateTimeOffset[] dates = new DateTimeOffset[Origins.Count];
    private string?[] origins = [];

    public void Clear()
    {
        ranks.AsSpan().Fill(Nobody);
        // Given away with the entry, so new for each.
        origins = new string?[Origins.Count];
    }

    public Origins Origins => new(origins);

    public bool Has(FeedField field) => ranks[(int)field] != Nobody;

    /// <summary>Offers an element for the fields that may come from it.</summary>
    public void Offer(XmlElement element, ReadOnlySpan<FieldSource> sources)
    {
        foreach (var (field, rank) in sources)
        {
            var isDate = field is FeedField.Published or FeedField.Updated;
            // Of the same element twice the first holds; of a date the last, since what is added by hand is added below.
            if (rank > ranks[(int)field] || rank == ranks[(int)field] && !isDate || !element.IsFilled)
                continue;
            if (isDate && !TryDate(element, field))
                continue;
            Take(field, element, rank);
        }
    }

    private bool TryDate(XmlElement element, FeedField field)
    {
        if (!FeedDate.TryParse(element.Text(), options.AssumedZone, out var date))
            return false;
        dates[(int)field] = date;
        return true;
    }

    public void Take(FeedField field, XmlElement element, int rank)
    {
        ranks[(int)field] = (byte)rank;
        nodes[(int)field] = element.Index;
        origins[(int)field] = EntryFields.NameOf(element.Vocabulary, element.Tag);
    }

    /// <summary>True when nothing better was seen.</summary>
    public bool Accepts(FeedField field, int rank) => rank < ranks[(int)field];

    /// <summary>For a field that is no element's text.</summary>
    public void Note(FeedField field, string origin) => origins[(int)field] ??= origin;

    public XmlElement? Element(XmlFragment fragment, FeedField field) =>
        Has(field) ? new XmlElement(fragment, nodes[(int)field]) : null;

    public string? Text(XmlFragment fragment, FeedField field) => Element(fragment, field)?.Text();

    public DateTimeOffset? Date(FeedField field) => Has(field) ? dates[(int)field] : null;
}
