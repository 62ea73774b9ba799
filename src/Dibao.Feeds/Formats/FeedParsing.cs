using Dibao.Feeds.Text;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>From bytes, as they come, to entries: finds the encoding, then the format, then reads.</summary>
internal sealed class FeedParsing : IDisposable
{
    private const int MaxWarnings = 20;
    private const int SniffLength = 4096;

    private readonly FeedOptions options;
    private readonly TextWindow window = new();
    private readonly TextSource source;
    private FeedSession? session;
    private FeedReading.NotAFeed? refusal;

    public FeedParsing(FeedOptions options)
    {
        this.options = options;
        source = new(window, options.ContentType);
    }

    /// <summary>No bytes were seen yet.</summary>
    public bool IsFresh { get; private set; } = true;

    /// <summary>Given out so far.</summary>
    public int Entries { get; private set; }

    /// <param name="document">All of it, or its beginning.</param>
    /// <returns>The same without a byte order mark: what is to be appended.</returns>
    public ReadOnlySpan<byte> Decide(ReadOnlySpan<byte> document)
    {
        IsFresh = false;
        source.Decide(document);
        return document[source.Choice.MarkLength..];
    }

    public void Append(ReadOnlySpan<byte> bytes, bool isFinal) => source.Append(bytes, isFinal);

    /// <param name="entry">Not null exactly with <see cref="FeedStep.Entry"/>.</param>
    public FeedStep Next(out FeedEntry? entry)
    {
        entry = null;
        if (refusal is not null)
            return FeedStep.End;
        session ??= Sniff();
        if (session is null)
            return refusal is null ? FeedStep.More : FeedStep.End;
        var step = session.Next(out entry);
        Entries += step == FeedStep.Entry ? 1 : 0;
        return step;
    }

    /// <summary>Null when it takes more text to tell, or when there is nothing to read.</summary>
    private FeedSession? Sniff()
    {
        var text = window.Text;
        var start = text.IndexOfAnyExcept(Blank);
        if (!window.IsFinal && (start < 0 || text.Length - start < SniffLength))
            return null;
        if (start < 0)
        {
            refusal = Refusals.Empty();
            return null;
        }

        if (text[start] is '{' or '[')
        {
            window.Position = start;
            return new JsonFeedSession(window, options);
        }

        refusal = FeedRoot.IsHtmlPage(text) ? Refusals.HtmlPage() : null;
        return refusal is null ? new XmlFeedSession(window, options) : null;
    }

    private static readonly System.Buffers.SearchValues<char> Blank = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue).Select(code => (char)code).Where(c => char.IsWhiteSpace(c) || c is '\uFEFF' or '\0')]);

    /// <summary>After the end: the feed without its entries, or why there is none.</summary>
    public FeedReading Finish()
    {
        var reading = refusal ?? session?.Finish() ?? Refusals.Empty();
        return reading is FeedReading.Found found ? Complete(found.Feed) : reading;
    }

    public void Dispose()
    {
        session?.Dispose();
        window.Dispose();
    }

    private FeedReading.Found Complete(Feed feed)
    {
        var warnings = feed.Warnings.ToList();
        if (source.Choice.DeclarationLied)
            warnings.Insert(0, $"The declared encoding is wrong; the bytes were read as {source.Choice.Name}.");
        return new(feed with { Encoding = source.Choice.Name, Warnings = [.. warnings.Take(MaxWarnings)] });
    }
}
