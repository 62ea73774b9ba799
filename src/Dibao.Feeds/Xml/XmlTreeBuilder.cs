namespace Dibao.Feeds.Xml;

/// <summary>Builds the tree from tokens, closing what feeds forget to close.</summary>
internal sealed class XmlTreeBuilder(XmlScanner scanner, EntityTable entities, FeedLimits limits)
{
    private readonly XmlElement document = new("#document", Vocabulary.Other, parent: null, offset: 0);
    private readonly List<Open> open = [];
    private int nodes;
    private int entries;
    private int mended;
    private bool tooDeep;
    private bool full;

    private readonly record struct Open(XmlElement Element, string QualifiedName, NamespaceScope? Scope);

    private XmlElement Current => open.Count == 0 ? document : open[^1].Element;

    public XmlTree Build()
    {
        while (!tooDeep && !full && !entities.IsBomb && scanner.Next() is var token && token != XmlToken.End)
        {
            if (token is XmlToken.Text or XmlToken.CData)
                AddText(token == XmlToken.CData);
            else if (token == XmlToken.StartTag)
                Start();
            else
                Close(scanner.Name);
            full |= nodes >= limits.MaxNodes || entries > limits.MaxEntries;
        }

        return new(document, scanner.Truncated || open.Count > 0, tooDeep, full, entities.IsBomb, mended);
    }

    private void AddText(bool verbatim)
    {
        if (scanner.Value.Length == 0 || open.Count == 0)
            return;
        nodes++;
        Current.Add(new XmlTextNode(scanner.Value, verbatim));
    }

    private void Start()
    {
        var qualified = scanner.Name;
        var colon = qualified.IndexOf(':', StringComparison.Ordinal);
        var name = qualified[(colon + 1)..].ToLowerInvariant();
        var prefix = colon < 0 ? "" : qualified[..colon];
        var scope = NamespaceScope.Declare(open.Count == 0 ? null : open[^1].Scope, scanner.Attributes, isRoot: open.Count == 0);
        var vocabulary = NamespaceScope.Resolve(scope, prefix);
        if (vocabulary is Vocabulary.Rss or Vocabulary.Atom && !MakeRoom(name))
            return;
        var element = new XmlElement(name, vocabulary, Current, scanner.TokenStart) { Attributes = [.. scanner.Attributes] };
        Current.Add(element);
        nodes += 1 + element.Attributes.Length;
        if (scanner.SelfClosing || prefix.Length == 0 && FeedNames.IsVoid(name))
            element.Closed = true;
        else if (open.Count >= limits.MaxDepth)
            tooDeep = true;
        else
            open.Add(new(element, qualified, scope));
        if (FeedNames.IsEntry(name))
            entries++;
    }

    /// <summary>Closes what the new element cannot stand in.</summary>
    /// <returns>False when the element itself is to be left out.</returns>
    private bool MakeRoom(string name)
    {
        if (FeedNames.IsEntry(name) && open.FindLastIndex(o => o.Element.Name == name) is >= 0 and var outer)
        {
            mended++;
            if (scanner.SelfClosing)
                return false;
            CloseFrom(outer);
        }
        else if (FeedNames.StartsSibling(name) && IsOpenLeaf(Current))
        {
            mended++;
            CloseFrom(open.Count - 1);
        }

        return true;
    }

    private static bool IsOpenLeaf(XmlElement current) =>
        FeedNames.IsLeaf(current.Name) && current.Vocabulary is Vocabulary.Rss or Vocabulary.Atom &&
        current.Attribute("type")?.Contains("xhtml", StringComparison.OrdinalIgnoreCase) != true;

    private void Close(string qualified)
    {
        var name = qualified[(qualified.IndexOf(':', StringComparison.Ordinal) + 1)..].ToLowerInvariant();
        var isFrame = FeedNames.IsFrame(name);
        for (var i = open.Count - 1; i >= 0; i--)
        {
            if (open[i].QualifiedName.Equals(qualified, StringComparison.OrdinalIgnoreCase))
            {
                mended += i < open.Count - 1 ? 1 : 0;
                CloseFrom(i);
                return;
            }

            if (!isFrame && FeedNames.IsFrame(open[i].Element.Name))
                break;
        }

        mended++;
    }

    private void CloseFrom(int index)
    {
        for (var i = index; i < open.Count; i++)
            open[i].Element.Closed = true;
        open.RemoveRange(index, open.Count - index);
    }
}
