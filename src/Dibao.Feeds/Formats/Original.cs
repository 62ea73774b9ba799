using System.Text;
using System.Text.Json;
using Dibao.Feeds.Text;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>An entry's own text, kept so that nothing of it is lost; read when somebody asks.</summary>
internal abstract class Original
{
    private FeedElement? element;

    public FeedElement Element => element ??= Read();

    public abstract IReadOnlyList<FeedLink> Links(FeedEntry entry);

    public abstract IReadOnlyList<FeedCategory> Categories(FeedEntry entry);

    public abstract Feed? Source(FeedEntry entry);

    protected abstract FeedElement Read();
}

/// <param name="utf8">Half as large as a string, and seldom large enough to be a burden to the collector.</param>
internal sealed class XmlOriginal(byte[] utf8, XmlContext context, EntityTable entities, FeedFormat format) : Original
{
    protected override FeedElement Read() => FeedElement.Of(Parse().Root);

    public override IReadOnlyList<FeedLink> Links(FeedEntry entry) => Formats.Links.Of(Parse().Root);

    public override IReadOnlyList<FeedCategory> Categories(FeedEntry entry)
    {
        var categories = new FeedCategories();
        foreach (var child in Parse().Root.Elements)
            categories.Take(child);
        return categories.Found;
    }

    public override Feed? Source(FeedEntry entry)
    {
        if (!Parse().Root.TryNative(Tag.Source, out var source))
            return null;
        if (source.HasElements)
            return new HeadReader(new FeedFraming(FeedFormat.Atom) { Outside = context }, source, new()).Read();
        var url = Urls.Resolve(source.Attribute("url") ?? source.Attribute("href"), source.BaseUrl);
        return new() { Format = FeedFormat.Rss, Encoding = "", Title = PlainText.FromHtml(source.Text()), TitleRaw = source.Text(), SelfUrl = url, Link = url };
    }

    private XmlFragment Parse()
    {
        var window = new TextWindow { IsFinal = true };
        window.Append(Encoding.UTF8.GetString(utf8));
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

    public override IReadOnlyList<FeedCategory> Categories(FeedEntry entry) =>
        [.. entry.Categories.Select(term => new FeedCategory(term, null, null))];

    public override Feed? Source(FeedEntry entry) => null;
}
