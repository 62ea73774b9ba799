using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>A feed or sitemap in XML, or what was meant as one.</summary>
internal sealed class XmlFeedSession : FeedSession
{
    private const int Head = 4096;

    private readonly FeedOptions options;
    private readonly TextWindow window;
    private readonly XmlScanner scanner;
    private readonly XmlFragment fragment;
    private readonly XmlFragment head = new(new() { IsFinal = true });
    private readonly FeedFraming framing;
    private readonly XmlTreeBuilder builder;
    private readonly EntryReader reader;
    private readonly List<SitemapReference> sitemaps = [];
    private readonly string beginning;
    private int entries;
    private bool tooMany;
    private bool cutOff;
    private bool hasPartial;
    private bool hasOwnBase;
    private bool hasProof;

    /// <param name="window">Holds the document's beginning.</param>
    public XmlFeedSession(TextWindow window, FeedOptions options)
    {
        (this.options, this.window) = (options, window);
        beginning = window.Text[..Math.Min(Head, window.Length)].ToString();
        scanner = new(window) { MaxEntityExpansion = options.Limits.MaxEntityExpansion };
        fragment = new(window);
        framing = new() { Outside = new(Urls.IsHttp(options.BaseUrl) ? options.BaseUrl : null, options.ContentLanguage, null) };
        builder = new(window, scanner, fragment, framing, options.Limits);
        reader = new(options);
    }

    public override FeedStep Next(out FeedEntry? entry)
    {
        entry = null;
        while (!tooMany)
        {
            var step = builder.Next();
            if (step != XmlStep.Fragment)
                return step == XmlStep.More ? FeedStep.More : FeedStep.End;
            var root = fragment.Root;
            if (!framing.IsEntry(root.Tag, root.Vocabulary))
                TakeHead(root);
            else if (++entries > options.Limits.MaxEntries)
                tooMany = true;
            else if (framing.Format == FeedFormat.SitemapIndex)
                TakeSitemap(root);
            else if ((entry = ReadEntry(root)) is not null)
                return FeedStep.Entry;
        }

        return FeedStep.End;
    }

    // An entry that the document's end cuts off counts when what is whole in it says which one it is.
    private FeedEntry? ReadEntry(XmlElement root)
    {
        if (root.Closed)
        {
            var whole = reader.Read(fragment, framing.Format!.Value, isPartial: false);
            hasProof |= whole.Title.Length > 0 && (whole.Link ?? whole.Id) is not null;
            return whole;
        }

        if (builder.TooDeep || builder.TooLarge)
            return null;
        var entry = reader.Read(fragment, framing.Format!.Value, isPartial: true);
        var isKnown = entry.Title.Length > 0 && (entry.Link ?? entry.Id) is not null;
        (hasPartial, cutOff) = (isKnown, !isKnown);
        return isKnown ? entry : null;
    }

    private void TakeHead(XmlElement child)
    {
        var isRoom = head.Size < options.Limits.MaxNodes && head.Window.Length < options.Limits.MaxEntryLength;
        if (!isRoom || !child.Closed || child.Vocabulary == Vocabulary.Rdf || framing.Frames is [.., { Tag: Tag.Items or Tag.Entries }])
            return;
        if (head.Count == 0)
        {
            (head.Context, head.Entities) = (framing.Context, fragment.Entities);
            head.AddElement(XmlFragment.None, default, Tag.Head, Vocabulary.Other, framing.Context.Scope, []);
        }

        head.Adopt(fragment, window.Position);
        if (child.IsNativeTag(Tag.Link))
            TakeBase(child);
    }

    // Without xml:base, references of an RSS entry refer to the channel's page; Atom's to the document, if anybody knows where it is.
    private void TakeBase(XmlElement link)
    {
        var isAtom = framing.Format == FeedFormat.Atom;
        if (hasOwnBase || framing.Context.Base != framing.Outside.Base || isAtom && framing.Context.Base is not null)
            return;
        var isMeant = Links.RankOf(link, isAtom) is not null || isAtom && Links.RelationOf(link) == "self";
        if (!isMeant || Urls.Resolve(link.Attribute("href") ?? link.Text(), framing.Context.Base) is not { } url || !Urls.IsHttp(url))
            return;
        framing.SetBase(url);
        if (head.Context.Base is null)
            head.Context = head.Context with { Base = url };
        hasOwnBase = true;
    }

    private void TakeSitemap(XmlElement root)
    {
        string? url = null;
        DateTimeOffset? modified = null;
        foreach (var child in root.Elements)
            if (child.Tag == Tag.Loc)
                url ??= Urls.Resolve(child.Text(), child.BaseUrl);
            else if (child.Tag == Tag.LastMod && FeedDate.TryParse(child.Text(), options.AssumedZone, out var date))
                modified = date;
        if (url is not null && root.Closed)
            sitemaps.Add(new(url, modified));
    }

    public override void Dispose() => head.Window.Dispose();

    public override FeedReading Finish()
    {
        if (scanner.Entities.IsBomb)
            return Refusals.EntityBomb();
        if (!framing.HasRoot || framing.IsRootImplied && !hasProof)
            return builder.TooDeep ? Refusals.TooDeep(options.Limits) : FeedRoot.LooksLikeHtml(beginning) ? Refusals.HtmlPage() : Refusals.Unknown();
        if (builder.TooDeep && entries == 0)
            return Refusals.TooDeep(options.Limits);
        if (builder.TooLarge && entries == 0)
            return Refusals.EntryTooLarge(options.Limits);
        if (head.Count == 0)
            head.AddElement(XmlFragment.None, default, Tag.Head, Vocabulary.Other, null, []);
        var feed = new HeadReader(framing, head.Root, options).Read();
        // The head's texts, read only now, may have used up what entities were allowed.
        return scanner.Entities.IsBomb
            ? Refusals.EntityBomb()
            : new FeedReading.Found(feed with { Sitemaps = sitemaps, Warnings = [.. Warnings()] });
    }

    private IEnumerable<string> Warnings()
    {
        if (builder.TooDeep)
            yield return $"Elements are nested deeper than {options.Limits.MaxDepth}; reading stopped there.";
        else if (builder.TooLarge)
            yield return $"An entry is larger than allowed ({options.Limits.MaxEntryLength} characters, {options.Limits.MaxNodes} nodes); reading stopped there.";
        else if (tooMany)
            yield return $"The feed is longer than allowed ({options.Limits.MaxEntries} entries); reading stopped there.";
        else if (cutOff)
            yield return "The feed is cut off; its last entry is incomplete and was left out.";
        else if (hasPartial)
            yield return "The feed is cut off; its last entry is incomplete.";
        else if (builder.Truncated)
            yield return "The feed is cut off; its complete entries were read.";
        if (builder.Mended > 0)
            yield return $"The XML is not well-formed: {builder.Mended} tags were mended.";
    }
}
