namespace Dibao.Feeds.Xml;

internal enum XmlStep
{
    /// <summary>More text is needed in the window.</summary>
    More,

    /// <summary>A fragment is complete, or as complete as the document lets it be.</summary>
    Fragment,
    End,
}

/// <summary>Makes fragments of tokens, one after the other, closing what feeds forget to close.</summary>
internal sealed class XmlTreeBuilder(TextWindow window, XmlScanner scanner, XmlFragment fragment, XmlFraming framing, FeedLimits limits)
{
    private readonly List<Open> open = [];
    private bool isOver;

    private readonly record struct Open(int Node, Tag Tag, Vocabulary Vocabulary, NamespaceScope? Scope);

    /// <summary>End tags that fitted nothing, or elements closed on another's behalf.</summary>
    public int Mended { get; private set; }

    /// <summary>Reading stopped at <see cref="FeedLimits.MaxDepth"/>.</summary>
    public bool TooDeep { get; private set; }

    /// <summary>Reading stopped at <see cref="FeedLimits.MaxNodes"/> or <see cref="FeedLimits.MaxEntryLength"/>.</summary>
    public bool TooLarge { get; private set; }

    /// <summary>The document ended with elements open.</summary>
    public bool Truncated { get; private set; }

    private NamespaceScope? Scope => open.Count > 0 ? open[^1].Scope : framing.Context.Scope;

    public XmlStep Next()
    {
        if (fragment.Count > 0 && open.Count == 0)
            fragment.Clear();
        while (!isOver)
        {
            if (fragment.Count == 0)
                window.Release(window.Position);
            var token = scanner.Next();
            if (token == XmlToken.More && !Outgrown())
                return XmlStep.More;
            if (token == XmlToken.End)
                return Finish();
            Take(token);
            isOver |= TooDeep || TooLarge || framing.IsOver || scanner.Entities.IsBomb;
            if (open.Count == 0 && fragment.Count > 0)
                return XmlStep.Fragment;
        }

        return XmlStep.End;
    }

    private bool Outgrown() => TooLarge = window.Length > limits.MaxEntryLength;

    // What stands open at the end is given out all the same: the reader judges whether enough of it is there.
    private XmlStep Finish()
    {
        isOver = true;
        Truncated = scanner.Truncated || open.Count > 0 || framing.Frames.Count > 0;
        open.Clear();
        return fragment.Count > 0 ? XmlStep.Fragment : XmlStep.End;
    }

    private void Take(XmlToken token)
    {
        switch (token)
        {
            case XmlToken.Text or XmlToken.CData:
                AddText(token == XmlToken.CData);
                break;
            case XmlToken.StartTag:
                Start();
                break;
            case XmlToken.EndTag:
                Close(window[scanner.Name]);
                break;
        }
    }

    private void AddText(bool verbatim)
    {
        if (open.Count == 0 || open.Count == 1 && framing.HasRoot && window[scanner.Value].IsWhiteSpace())
            return;
        fragment.AddText(open[^1].Node, scanner.Value, verbatim);
    }

    private void Start()
    {
        var qualified = window[scanner.Name];
        var colon = qualified.IndexOf(':');
        var prefix = colon < 0 ? default : qualified[..colon];
        var tag = Tags.Of(qualified[(colon + 1)..]);
        var scope = Declare();
        var vocabulary = NamespaceScope.Resolve(scope, prefix);
        if (open.Count > 0 && vocabulary is Vocabulary.Rss or Vocabulary.Atom && !MakeRoom(tag, vocabulary))
            return;
        var isVoid = scanner.SelfClosing || prefix.Length == 0 && tag.IsVoid();
        if (open.Count == 0 && framing.IsFrame(tag, vocabulary))
            PushFrame(tag, vocabulary, scope, isVoid);
        else
            Add(tag, vocabulary, scope, isVoid);
    }

    private NamespaceScope? Declare()
    {
        var scope = Scope;
        foreach (var attribute in scanner.Attributes)
            if (NamespaceScope.IsDeclaration(window[attribute.Name]))
            {
                var uri = XmlText.Decode(window[attribute.Value], verbatim: false, scanner.Entities, fragment.Scratch);
                scope = NamespaceScope.Declare(scope, window[attribute.Name], uri, isRoot: framing.Frames.Count == 0 && open.Count == 0);
            }

        return scope;
    }

    private void PushFrame(Tag tag, Vocabulary vocabulary, NamespaceScope? scope, bool isVoid)
    {
        var attributes = new KeyValuePair<string, string>[scanner.Attributes.Length];
        var context = framing.Context with { Scope = scope };
        for (var i = 0; i < attributes.Length; i++)
        {
            var (name, value) = scanner.Attributes[i];
            attributes[i] = new(window[name].ToString(), XmlText.Decode(window[value], verbatim: false, scanner.Entities, fragment.Scratch));
            if (attributes[i].Key.Equals("xml:base", StringComparison.OrdinalIgnoreCase))
                context = context with { Base = Urls.Rebase(attributes[i].Value, context.Base) };
            else if (attributes[i].Key.Equals("xml:lang", StringComparison.OrdinalIgnoreCase))
                context = context with { Language = attributes[i].Value };
        }

        var frame = new XmlFrame(tag, vocabulary, window[scanner.Name].ToString(), attributes, context);
        framing.Frames.Add(frame);
        framing.Opened(frame);
        if (isVoid)
            CloseFrame(framing.Frames.Count - 1);
        else
            TooDeep |= framing.Frames.Count >= limits.MaxDepth;
    }

    private void Add(Tag tag, Vocabulary vocabulary, NamespaceScope? scope, bool isVoid)
    {
        var parent = open.Count == 0 ? XmlFragment.None : open[^1].Node;
        if (fragment.Count == 0)
            (fragment.Entities, fragment.Context) = (scanner.Entities, framing.Context);
        var node = fragment.AddElement(parent, scanner.Name, tag, vocabulary, scope, scanner.Attributes);
        TooLarge |= fragment.Size > limits.MaxNodes;
        if (isVoid)
            fragment[node].Closed = true;
        else if (open.Count + framing.Frames.Count >= limits.MaxDepth)
            TooDeep = true;
        else
            open.Add(new(node, tag, vocabulary, scope));
    }

    /// <summary>Closes what the new element cannot stand in.</summary>
    /// <returns>False when the element is left out, or read again once what stands open was given out.</returns>
    private bool MakeRoom(Tag tag, Vocabulary vocabulary)
    {
        var (root, top) = (open[0], open[^1]);
        if (framing.IsEntry(tag, vocabulary) && (root.Tag == tag || !framing.IsEntry(root.Tag, root.Vocabulary)))
        {
            Mended++;
            if (scanner.SelfClosing)
                return false;
            CloseFrom(0);
            window.Position = scanner.TokenStart;
            return false;
        }

        if (tag.StartsSibling() && IsOpenLeaf(top))
        {
            Mended++;
            CloseFrom(open.Count - 1);
        }

        return true;
    }

    private bool IsOpenLeaf(Open top) =>
        top.Tag.IsLeaf() && top.Vocabulary is Vocabulary.Rss or Vocabulary.Atom && top.Node > 0 &&
        !(new XmlElement(fragment, top.Node).TryAttribute("type", out var type) &&
          fragment[type].Contains("xhtml", StringComparison.OrdinalIgnoreCase));

    private void Close(ReadOnlySpan<char> qualified)
    {
        var tag = Tags.Of(qualified[(qualified.IndexOf(':') + 1)..]);
        for (var i = open.Count - 1; i >= 0; i--)
        {
            if (fragment[fragment[open[i].Node].Span].Equals(qualified, StringComparison.OrdinalIgnoreCase))
            {
                Mended += i < open.Count - 1 ? 1 : 0;
                CloseFrom(i);
                return;
            }

            if (!tag.IsFrame() && open[i].Tag.IsFrame())
            {
                Mended++;
                return;
            }
        }

        // The name without its prefix, or with another: <dc:creator>…</creator>.
        if (open.Count > 0 && tag != Tag.Unknown && open[^1].Tag == tag)
            CloseFrom(open.Count - 1);
        else
            CloseFrames(qualified, tag);
    }

    private void CloseFrames(ReadOnlySpan<char> qualified, Tag tag)
    {
        for (var i = framing.Frames.Count - 1; i >= 0; i--)
        {
            if (qualified.Equals(framing.Frames[i].QualifiedName, StringComparison.OrdinalIgnoreCase))
            {
                Mended += open.Count > 0 || i < framing.Frames.Count - 1 ? 1 : 0;
                CloseFrom(0);
                CloseFrame(i);
                return;
            }

            if (!tag.IsFrame() && framing.Frames[i].Tag.IsFrame())
                break;
        }

        Mended++;
    }

    private void CloseFrame(int index)
    {
        framing.Frames.RemoveRange(index, framing.Frames.Count - index);
        framing.Closed(index);
    }

    private void CloseFrom(int index)
    {
        for (var i = index; i < open.Count; i++)
            fragment[open[i].Node].Closed = true;
        open.RemoveRange(Math.Min(index, open.Count), open.Count - Math.Min(index, open.Count));
    }
}
