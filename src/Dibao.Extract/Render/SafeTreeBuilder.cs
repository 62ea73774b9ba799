using System.Globalization;
using Dibao.Extract.Markup;
using Dibao.Extract.Page;

namespace Dibao.Extract.Render;

/// <summary>
/// Turns a part of a page into allow-listed nodes: text in paragraphs, double line breaks as paragraph ends, wrappers looked
/// through, links and images absolute, empty elements gone.
/// </summary>
internal sealed class SafeTreeBuilder
{
    private const int MaxOpen = 120;

    // No article shows so many films.
    private const int MaxEmbeds = 1000;

    // Letters of a heading with blocks inside.
    private const int MaxHeading = 200;

    private readonly PageTree _tree;
    private readonly Uri? _root;
    private readonly InlineText _text;
    private readonly List<SafeNode> _open;
    private int _images;
    private int _embeds;
    private SafeNode? _heading; // the last of one line

    // Figures with a picture that only a script of the page knows: what is said about it stays.
    private readonly HashSet<SafeNode> _unseen = [];

    // Of pictures: the addresses for browsers without scripts, and the others.
    private readonly HashSet<string> _fallbacks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);

    private SafeTreeBuilder(PageTree tree, string? baseUrl)
    {
        _tree = tree;
        _root = SafeUrl.Root(baseUrl);
        Top = SafeNode.Element("article");
        _open = [Top];
        _text = new InlineText();
    }

    private SafeNode Top { get; }

    private SafeNode Current => _open[^1];

    /// <summary>The children of the result are the body; its own name is of no account.</summary>
    public static SafeNode Build(PageTree tree, int from, string? baseUrl)
    {
        var builder = new SafeTreeBuilder(tree, baseUrl);
        builder.VisitChildren(from);
        builder.CloseTo(0);
        RemoveIdleRules(builder.Top.Children);
        return builder.Top;
    }

    // A rule divides two parts; before, behind and beside another it divided from what is gone.
    private static void RemoveIdleRules(List<SafeNode> blocks)
    {
        var kept = 0;
        for (var at = 0; at < blocks.Count; at++)
            if (blocks[at].Name != "hr" || (kept > 0 && blocks[kept - 1].Name != "hr")) blocks[kept++] = blocks[at];
        if (kept > 0 && blocks[kept - 1].Name == "hr") kept--;
        blocks.RemoveRange(kept, blocks.Count - kept);
    }

    private void VisitChildren(int i)
    {
        for (var child = i + 1; child < _tree.End(i); child = _tree.End(child)) Visit(child);
    }

    private void Visit(int i)
    {
        if (_tree.Dropped[i]) return;
        switch (_tree.Role(i))
        {
            case TagRole.Text: AddText(_tree.TextOf(i)); break;
            case TagRole.Image: AddImage(_tree.Element(i)!); break;
            case TagRole.Embed: AddEmbed(_tree.Element(i)!); break;
            case TagRole.LineBreak: AddBreak(_tree.Name(i)); break;
            case TagRole.Inline: VisitInline(i); break;
            default: VisitBlock(i); break;
        }
    }

    private void VisitInline(int i)
    {
        var element = _tree.Element(i)!;
        var name = SafeTags.Translate(element.LocalName);
        var href = name == "a" ? SafeUrl.Link(element.GetAttribute("href"), _root) : null;
        if (name is null || (name == "a" && href is null) || _open.Count >= MaxOpen || !SafeTags.Inlines.Contains(name))
        {
            VisitChildren(i);
            return;
        }

        EnsureTextBlock();
        var node = Open(name, element);
        if (href is not null)
        {
            node.Set("href", href);
            node.Set("rel", "nofollow noopener noreferrer");
        }

        VisitChildren(i);
        Close(node);
    }

    private void VisitBlock(int i)
    {
        var element = _tree.Element(i)!;
        var name = SafeTags.Translate(_tree.Name(i));
        if (IsInside("figcaption") || (_heading is not null && _open.Contains(_heading)))
        {
            _text.Space(); // a caption or a heading is one line, however its template divides it
            VisitChildren(i);
            _text.Space();
            return;
        }

        CloseParagraph();
        if (name is not null && SafeTags.Inlines.Contains(name))
        {
            VisitInline(i); // a line of its own
            CloseParagraph();
            return;
        }

        if (name == "figcaption" && !IsInside("figure"))
        {
            VisitCaptionBehind(i);
            return;
        }

        if (name is null || _open.Count >= MaxOpen || !SafeTags.Blocks.Contains(name) || !Fits(name))
        {
            VisitChildren(i);
            CloseParagraph();
            return;
        }

        var node = Open(name, element);
        if (_tree.Role(i) == TagRole.Heading && IsOneLine(i)) _heading = node;
        _text.StartBlock(name == "pre");
        VisitChildren(i);
        Close(node);
    }

    // <h3><div>5</div> The harbour</h3>; one that was never closed holds all that follows.
    private bool IsOneLine(int heading)
    {
        for (var i = heading + 1; i < _tree.End(heading); i++)
            if (_tree.Role(i) is TagRole.Heading or TagRole.Image or TagRole.Embed || (_tree.Role(i) == TagRole.Block && _tree.Name(i) is not ("div" or "p" or "button"))) return false;
        return TextWeight.Of(_tree, heading) <= MaxHeading;
    }

    // <figure><img></figure><figcaption>: of the figure before, or of a picture that is not there.
    private void VisitCaptionBehind(int i)
    {
        if (Current.Children is not [.., { Name: "figure" } figure] || figure.Children.Exists(part => part.Name == "figcaption")) return;
        _open.Add(figure);
        VisitBlock(i);
        Close(figure);
    }

    // Parts of lists and tables mean nothing outside of them.
    private bool Fits(string name) => name switch
    {
        "li" => Current.Name is "ul" or "ol",
        "dt" or "dd" => Current.Name is "dl",
        "tr" => Current.Name is "table" or "thead" or "tbody" or "tfoot",
        "td" or "th" => Current.Name is "tr",
        "thead" or "tbody" or "tfoot" or "caption" => Current.Name is "table",
        "figcaption" => Current.Name is "figure",
        "summary" => Current.Name is "details",
        _ => true,
    };

    private bool IsInside(string name)
    {
        foreach (var open in _open)
            if (open.Name == name) return true;
        return false;
    }

    private void AddText(string text)
    {
        var pre = IsInside("pre");
        if (!pre && string.IsNullOrWhiteSpace(text))
        {
            _text.Space();
            return;
        }

        EnsureTextBlock();
        var folded = pre ? text.ReplaceLineEndings("\n") : _text.Fold(text);
        if (folded.Length > 0) Current.Children.Add(SafeNode.OfText(folded));
    }

    private void AddBreak(string name)
    {
        if (name == "hr")
        {
            CloseParagraph();
            if (Current.Name is "article" or "blockquote") Current.Children.Add(SafeNode.Element("hr"));
            return;
        }

        var block = BlockIndex();
        var paragraph = _open[block].Name == "p";
        if (!SafeTags.TextBlocks.Contains(_open[block].Name) || IsEmpty(_open[block])) return;
        if (paragraph && Current.Children is [.., { Name: "br" }] && block == _open.Count - 1)
        {
            CloseTo(block);
            return;
        }

        Current.Children.Add(SafeNode.Element("br"));
        _text.StartLine();
    }

    private void AddImage(MarkupElement image)
    {
        if (++_images > ImageSource.MaxOnPage) return;
        if (ImageSource.Of(image, _root) is not { } source)
        {
            if (ImageSource.IsPlaceholder(image) && _open.FindLast(node => node.Name == "figure") is { } figure) _unseen.Add(figure);
            return;
        }

        if (Current.Name is "ul" or "ol" or "table" or "tr" or "dl" || IsTwice(image, source)) return;
        _text.EndWord();
        var node = SafeNode.Element("img");
        node.Set("src", source);
        CopyAttributes(image, node);
        if (node.Attribute("alt") is null) node.Set("alt", "");
        Current.Children.Add(node);
    }

    // A picture for browsers without scripts may stand far from the one that a script would load.
    private bool IsTwice(MarkupElement image, string source)
    {
        var fallback = image.ParentElement is { } parent && (parent.Is(Tag.NoScript) || parent.ParentElement?.Is(Tag.NoScript) == true);
        var name = SafeUrl.WithoutQuery(source).ToString();
        if (fallback) return !_fallbacks.Add(name) || _shown.Contains(name);
        _shown.Add(name);
        return _fallbacks.Contains(name);
    }

    // What is seen elsewhere is a link in a figure of its own.
    private void AddEmbed(MarkupElement element)
    {
        if (_embeds >= MaxEmbeds || IsInside("figcaption") || IsInside("table") || EmbedSource.Of(element, _root) is not { } source) return;
        CloseParagraph();
        if (Current.Name is not ("article" or "blockquote" or "figure" or "details")) return;
        var link = Link(source);
        link.Children.Add(SafeNode.OfText(EmbedSource.Label(element, source)));
        var line = SafeNode.Element("p");
        line.Children.Add(link);
        var figure = Current.Name == "figure" ? Current : SafeNode.Element("figure");
        if (figure != Current) Current.Children.Add(figure);
        figure.Children.Add(line);
        _embeds++;
    }

    private static SafeNode Link(string href)
    {
        var link = SafeNode.Element("a");
        link.Set("href", href);
        link.Set("rel", "nofollow noopener noreferrer");
        return link;
    }

    private void EnsureTextBlock()
    {
        var block = _open[BlockIndex()];
        if (SafeTags.TextBlocks.Contains(block.Name)) return;
        CloseTo(BlockIndex() + 1);
        var name = block.Name switch { "ul" or "ol" => "li", "dl" => "dd", _ => "p" };
        var node = SafeNode.Element(name);
        block.Children.Add(node);
        _open.Add(node);
        _text.StartBlock(pre: false);
    }

    // The innermost open element that is no inline.
    private int BlockIndex()
    {
        var at = _open.Count - 1;
        while (at > 0 && SafeTags.Inlines.Contains(_open[at].Name)) at--;
        return at;
    }

    private SafeNode Open(string name, MarkupElement element)
    {
        var node = SafeNode.Element(name);
        CopyAttributes(element, node);
        Current.Children.Add(node);
        _open.Add(node);
        return node;
    }

    private static void CopyAttributes(MarkupElement element, SafeNode node)
    {
        foreach (var name in SafeTags.AttributesOf(node.Name))
        {
            if (element.GetAttribute(name) is not { Length: > 0 and < 2000 } value) continue;
            if (name is "width" or "height" or "colspan" or "rowspan" or "start" or "value" && !IsSmallNumber(ref value)) continue;
            node.Set(name, value);
        }

        if (element.GetAttribute("dir") is "rtl" or "ltr" or "auto") node.Set("dir", element.GetAttribute("dir")!);
        if (element.GetAttribute("lang") is { Length: > 0 and < 36 } lang && lang.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            node.Set("lang", lang);
    }

    private static bool IsSmallNumber(ref string value)
    {
        if (!int.TryParse(value.Replace("px", "", StringComparison.OrdinalIgnoreCase), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        value = Math.Min(number, 10_000).ToString(CultureInfo.InvariantCulture);
        return true;
    }

    private void CloseParagraph()
    {
        var at = BlockIndex();
        if (SafeTags.Paragraphs.Contains(_open[at].Name)) CloseTo(at);
        else CloseTo(at + 1);
    }

    private void Close(SafeNode node)
    {
        var at = _open.LastIndexOf(node);
        if (at > 0) CloseTo(at);
    }

    private void CloseTo(int index)
    {
        for (var at = _open.Count - 1; at >= Math.Max(index, 1); at--)
        {
            var node = _open[at];
            _open.RemoveAt(at);
            if (!SafeTags.Inlines.Contains(node.Name)) TrimEnd(node);
            if (node.Name == "figure") LiftFigure(node);
            if (IsEmpty(node)) _open[at - 1].Children.RemoveAt(_open[at - 1].Children.Count - 1);
        }
    }

    // <figure><figure><img></figure><figcaption>: one picture in two wrappers.
    private static void LiftFigure(SafeNode figure)
    {
        if (figure.Children is not [{ Name: "figure" } inner, .. var captions] || !captions.TrueForAll(part => part.Name == "figcaption")) return;
        if (captions.Count > 0 && inner.Children.Exists(part => part.Name == "figcaption")) return;
        figure.Children.RemoveAt(0);
        figure.Children.InsertRange(0, inner.Children);
    }

    private bool IsEmpty(SafeNode node) =>
        node.Name switch
        {
            "td" or "th" => false,
            "figure" => node.Children.TrueForAll(c => c.Name == "figcaption") && !(node.Children.Count > 0 && _unseen.Contains(node)),
            _ => node.Children.Count == 0,
        };

    private static void TrimEnd(SafeNode node)
    {
        while (node.Children is [.., var last])
        {
            if (last.Name == "br") { node.Children.RemoveAt(node.Children.Count - 1); continue; }
            if (last.IsText && node.Name != "pre")
            {
                last.Text = last.Text.TrimEnd();
                if (last.Text.Length == 0) { node.Children.RemoveAt(node.Children.Count - 1); continue; }
            }
            else if (SafeTags.Inlines.Contains(last.Name) && last.Children.Count > 0)
            {
                node = last;
                continue;
            }

            return;
        }
    }
}
