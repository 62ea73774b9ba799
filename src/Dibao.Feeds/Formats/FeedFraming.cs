using Dibao.Feeds.Xml;

namespace Dibao.Feeds.Formats;

/// <summary>What holds a feed together: its root, its channel, and whatever somebody wrapped around them.</summary>
internal sealed class FeedFraming : XmlFraming
{
    private int rootAt = -1;

    public FeedFraming()
    {
    }

    /// <summary>For an entry of a feed read before.</summary>
    public FeedFraming(FeedFormat format) => Format = format;

    /// <summary>Null before the root was found.</summary>
    public FeedFormat? Format { get; private set; }

    /// <summary>Kept when the document is over.</summary>
    public XmlFrame? Root { get; private set; }

    /// <summary>The first inside the root.</summary>
    public XmlFrame? Channel { get; private set; }

    public override bool HasRoot => Format is not null;

    /// <summary>An entry stood where the root should be (RFC 4287 §2: Atom Entry Document), so that only its own fields prove it one.</summary>
    public bool IsRootImplied { get; private set; }

    public override bool IsFrame(Tag tag, Vocabulary vocabulary)
    {
        if (!HasRoot && Frames.Count < 2 && tag is Tag.Entry or Tag.Item && vocabulary is Vocabulary.Rss or Vocabulary.Atom)
            (Format, IsRootImplied) = (tag == Tag.Entry ? FeedFormat.Atom : FeedFormat.Rss, true);
        if (!HasRoot)
            return true;
        return tag switch
        {
            Tag.Rss or Tag.Rdf or Tag.Feed or Tag.Channel => vocabulary is Vocabulary.Rss or Vocabulary.Atom or Vocabulary.Rdf or Vocabulary.Other,
            Tag.Items or Tag.Entries => vocabulary is Vocabulary.Rss or Vocabulary.Atom,
            _ => false,
        };
    }

    public override bool IsEntry(Tag tag, Vocabulary vocabulary) => vocabulary is Vocabulary.Rss or Vocabulary.Atom && Format switch
    {
        FeedFormat.Sitemap => tag == Tag.Url,
        FeedFormat.SitemapIndex => tag == Tag.Sitemap,
        null => false,
        _ => tag is Tag.Item or Tag.Entry,
    };

    public override void Opened(XmlFrame frame)
    {
        if (HasRoot)
        {
            if (frame.Tag == Tag.Channel)
                Channel ??= frame;
            return;
        }

        Format = FormatOf(frame.Tag, frame.Vocabulary);
        if (!HasRoot)
            return;
        Root = frame;
        Channel = frame.Tag == Tag.Channel ? frame : null;
        rootAt = Frames.Count - 1;
    }

    public override void Closed(int index) => IsOver |= HasRoot && index <= rootAt;

    /// <summary>The base of what follows in the channel: its own link, where no <c>xml:base</c> says otherwise.</summary>
    public void SetBase(string url)
    {
        for (var i = 0; i < Frames.Count; i++)
            Frames[i] = Frames[i] with { Context = Frames[i].Context with { Base = url } };
    }

    private static FeedFormat? FormatOf(Tag tag, Vocabulary vocabulary) => tag switch
    {
        Tag.Rdf => FeedFormat.Rdf,
        Tag.Rss or Tag.Channel => FeedFormat.Rss,
        Tag.Feed when vocabulary is Vocabulary.Atom or Vocabulary.Rss => FeedFormat.Atom,
        Tag.UrlSet => FeedFormat.Sitemap,
        Tag.SitemapIndex => FeedFormat.SitemapIndex,
        _ => null,
    };
}
