using System.Text.Json;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>An entry's own text, kept so that nothing of it is lost; read when somebody asks.</summary>
internal abstract class Original
{
    private FeedElement? element;

    public FeedElement Element => element ??= Read();

    public abstract IReadOnlyList<FeedLink> Links(FeedEntry entry);

    protected abstract FeedElement Read();
}

internal sealed class XmlOriginal(string text, XmlContext context, EntityTable entities, FeedFormat format) : Original
{
    protected override FeedElement Read() => FeedElement.Of(Parse().Root);

    public override IReadOnlyList<FeedLink> Links(FeedEntry entry) => Formats.Links.Of(Parse().Root);

    private XmlFragment Parse()
    {
        var window = new TextWindow { IsFinal = true };
        window.Append(text);
        var fragment = new XmlFragment(window);
        var framing = new FeedFraming(format) { Outside = context };
        _ = new XmlTreeBuilder(window, new(window) { Entities = entities }, fragment, framing, Limits).Next();
        return fragment;
    }

    private static FeedLimits Limits { get; } = new() { MaxEntryLength = int.MaxValue, MaxNodes = int.MaxValue, MaxDepth = 1_000 };
}

internal sealed class JsonOriginal(string text) : Original
{
    protected override FeedElement Read()
    {
        using var document = JsonDocument.Parse(text, JsonFeed.Leniently);
        return FeedElement.Of("item", document.RootElement);
    }

    public override IReadOnlyList<FeedLink> Links(FeedEntry entry) =>
        entry.Link is { } link ? [new(link, "alternate", null, null, null, null)] : [];
}
