using Dibao.Extract.Page;

namespace Dibao.Extract.Body;

/// <summary>Takes out of the chosen element what is not its article: link lists inside; title, byline and date at its head; labels at its end.</summary>
internal sealed class Trimming(PageTree tree, PageWeights weights, int container, int headline, bool wholePage, StatedText? answers)
{
    private const int MaxBesideByline = 16;
    private const int MaxBesideBiography = 300;
    private const int MaxTitles = 16;
    private const int MaxLabel = 24;
    private const int MinStandfirst = 60;
    private const int MaxIdle = 3;

    // A lawyer's line in place of a film says what it is at its beginning.
    private const int MaxConsent = 1200;
    private const int MaxBeginning = 80;

    // Above the first paragraph. More of them are a text of short lines.
    private const int MaxLines = 6;

    private const int LeastBesideLinks = 30;
    private const int MaxHeadRow = 200;
    private const int MinPointed = 24;

    private readonly Footnotes _footnotes = new(tree);
    private (int Text, int Link)[]? _listed;

    /// <summary>The text of a date line at the head, for the reading's time.</summary>
    public string? DateLine { get; private set; }

    public void Run(PageHead head, string? language)
    {
        DropLinkLists();
        if (wholePage) Captions.Mark(tree, weights, container, headline);
        weights.Measure();
        TrimHead(head, language);
        DropBehindLabel();
        DropLabels();
        if (wholePage) DropAround();
        Repeats.Drop(tree, weights, container);
        if (wholePage) SecondCopies.Drop(tree, weights, container);
        TrimEnd(head, language);
        DropIdleHeadings();
    }

    // Lists, boxes and paragraphs that are mostly links to elsewhere.
    private void DropLinkLists()
    {
        var spine = Spine.Of(tree, weights, container);
        for (var i = container + 1; i < tree.End(container); i++)
        {
            if (tree.Dropped[i]) { i = tree.End(i) - 1; continue; }
            if (tree.Role(i) is not (TagRole.Block or TagRole.Heading) || weights.TextInside[i] == 0) continue;
            if (!IsLinkList(i, spine)) continue;
            tree.Dropped[i] = !_footnotes.Holds(i) && !(wholePage && IsList(i) && IsAnnounced(i, spine)) && !(tree.Name(i) == "p" && IsAllUnderHeading(i, spine));
            i = tree.End(i) - 1;
        }
    }

    private bool IsLinkList(int i, Spine spine)
    {
        if (weights.Prose[i] * 4 > weights.Prose[container]) return false;
        var (link, text) = (weights.LinkInside[i], weights.TextInside[i]);
        if (!wholePage) return link * 10 > text * 9 && text >= 8 && tree.Name(i) is "ul" or "ol";
        if (tree.Role(i) == TagRole.Heading && spine.Holds(i)) return false;
        return tree.Name(i) switch
        {
            "p" => link * 10 > text * 8,
            "td" or "th" => link * 10 > text * 8 && !IsData(i),
            "li" => false, // what its list is
            "ul" or "ol" => link * 2 > text && !(spine.Holds(i) && text - link >= LeastBesideLinks * Items(i)),
            _ => link * 2 > text && !(spine.IsAround(i) && IsTextBesideLists(i)),
        };
    }

    // In a wrapper of its own, or in none.
    private bool IsList(int i)
    {
        if (tree.Name(i) is "ul" or "ol") return true;
        for (var at = i + 1; at < tree.End(i); at = tree.End(at))
            if (weights.TextInside[at] > 0) return tree.Name(at) is "ul" or "ol" && weights.TextInside[at] == weights.TextInside[i];
        return false;
    }

    // A section of the article, most of which is a list.
    private bool IsTextBesideLists(int box)
    {
        _listed ??= Listed();
        var (text, link) = _listed[box - container];
        return weights.TextInside[box] - text >= PageWeights.MinParagraph && (weights.LinkInside[box] - link) * 4 < weights.TextInside[box] - text;
    }

    // Of each element: the text in lists inside, and how much of it is of links.
    private (int Text, int Link)[] Listed()
    {
        var listed = new (int Text, int Link)[tree.End(container) - container];
        for (var i = tree.End(container) - 1; i > container; i--)
        {
            var own = tree.Name(i) is "ul" or "ol" ? (Text: weights.TextInside[i], Link: weights.LinkInside[i]) : listed[i - container];
            ref var around = ref listed[tree.Parent(i) - container];
            around = (around.Text + own.Text, around.Link + own.Link);
        }

        return listed;
    }

    // Sentences that hold links, and not links with labels.
    private int Items(int list)
    {
        var items = 0;
        for (var i = list; i < tree.End(list); i++)
            if (tree.Name(i) == "li") items++;
        return Math.Max(items, 1);
    }

    // A cell of a table with headings: without it, the others of its row would stand under the wrong ones.
    private bool IsData(int cell)
    {
        var table = Math.Max(tree.Around(cell, "table", container), container);
        for (var i = table + 1; i < Math.Min(tree.End(table), table + MaxHeadRow); i++)
        {
            if (tree.Name(i) == "table") return false;
            if (tree.Name(i) == "th") return true;
        }

        return false;
    }

    // A list of links that a heading or a line with a colon leads up to is one of sources, addresses, parts: of the article.
    private bool IsAnnounced(int list, Spine spine)
    {
        var at = Before(list);
        if (at <= container || !(spine.Holds(list) || spine.Holds(at))) return false;
        var text = TextBlocks.OwnText(tree, at, 400);
        return !Labels.IsRelated(text) && (tree.Role(at) == TagRole.Heading || text[^1] is ':' or '：');
    }

    // <h3>Does it help?</h3><p>Yes, <a>many have found it does</a>.</p><h3>: without it, the heading would stand over nothing.
    private bool IsAllUnderHeading(int line, Spine spine)
    {
        var (before, behind) = (Before(line), tree.End(line));
        while (behind < tree.End(container) && weights.Text[behind] == 0) behind++;
        return before > container && behind < tree.End(container) && tree.Role(before) == TagRole.Heading && tree.Role(behind) == TagRole.Heading
            && spine.Holds(before) && spine.Holds(behind) && Labels.EndsSentence(TextBlocks.OwnText(tree, line, 400));
    }

    // The text before, outside of what a node stands in; the container for none.
    private int Before(int i)
    {
        var at = i - 1;
        while (at > container && (weights.Text[at] == 0 || tree.IsInside(i, at))) at--;
        return at;
    }

    private void TrimHead(PageHead head, string? language)
    {
        var blocks = TextBlocks.In(tree, weights, container, tree.End(container));
        blocks.RemoveRange(0, DropBeforeHeadline(blocks, head));
        var (paragraphs, lines) = (0, 0);
        var shown = !wholePage || (headline >= 0 && head.SaysTitle(tree.FoldedText(headline, 400)));
        foreach (var block in blocks)
        {
            if (!TextBlocks.BeginsWithOwn(tree, weights, block)) continue;
            var text = TextBlocks.OwnText(tree, block);
            var dated = Labels.IsDateLine(text, language);
            if (dated) DateLine ??= text;
            if (dated || tree.Name(block) == "h1" || head.SaysTitle(text) || Labels.IsByline(text) || (wholePage && head.NamesAuthor(text, MaxBesideByline)) || (paragraphs == 0 && IsHeadLabel(block)))
                TextBlocks.DropOwn(tree, weights, block);
            else if (paragraphs == 0 && tree.Role(block) == TagRole.Heading && (!shown || LeadsOwnHeader(block)))
                (shown, tree.Dropped[block]) = (true, true); // templates without h1 have their headline in the first h2
            else if (weights.IsParagraph(block)) paragraphs++;
            else if (!wholePage) return;
            else if (tree.Name(block) == "p" && weights.Link[block] == 0) lines++;
            if (paragraphs > (wholePage ? 1 : 0) || lines > MaxLines) return;
        }
    }

    // The h1 is for search engines, and elsewhere; readers see the first heading of the article's header.
    private bool LeadsOwnHeader(int block)
    {
        if (tree.Around(block, "header", container) is not (>= 0 and var header)) return false;
        for (var i = header + 1; i < block; i++)
            if (tree.Role(i) == TagRole.Heading) return false;
        return true;
    }

    // What stands above the title inside of the chosen element is of the page, unless it is most of the text.
    private int DropBeforeHeadline(List<int> blocks, PageHead head)
    {
        var headline = blocks.FindIndex(b => tree.Name(b) == "h1" && head.SaysTitle(TextBlocks.OwnText(tree, b)));
        if (headline <= 0) return 0;
        var before = blocks.Take(headline).Sum(b => weights.Text[b]);
        if (before * 3 > weights.TextInside[container]) return 0;
        for (var at = 0; at < headline; at++) TextBlocks.DropOwn(tree, weights, blocks[at]);
        return headline;
    }

    // Between title and first paragraph of a page: names, kickers, counters; never a line with sentence punctuation.
    private bool IsHeadLabel(int block) =>
        wholePage && tree.Role(block) != TagRole.Heading && weights.Text[block] < PageWeights.MinParagraph && weights.Marks[block] == 0
        && tree.Name(block) is not ("li" or "blockquote" or "pre" or "p");

    private void DropLabels()
    {
        foreach (var block in TextBlocks.In(tree, weights, container, tree.End(container)))
        {
            if (weights.Text[block] > 6 * PageWeights.MinParagraph)
            {
                if (wholePage && weights.Text[block] <= MaxConsent && ClosingLines.IsConsent(Beginning(block))) TextBlocks.DropOwn(tree, weights, block);
                continue;
            }

            var text = TextBlocks.OwnText(tree, block, 400);
            if (wholePage && (ClosingLines.IsConsent(text) || (tree.Name(block) != "li" && ClosingLines.IsDisclosure(text)) || Labels.IsEmbedCode(text) || IsPointer(block, text))) { TextBlocks.DropOwn(tree, weights, block); continue; }
            if (wholePage && weights.Link[block] > 0 && tree.Name(block) is not "blockquote" && ClosingLines.IsAppeal(text)) { TextBlocks.DropOwn(tree, weights, block); continue; }
            if (weights.Text[block] > 2 * PageWeights.MinParagraph) continue;
            if (Labels.IsShare(text) || (wholePage && Labels.IsSignpost(text)) || (Labels.IsRelated(text) && (wholePage || weights.Link[block] > 0)))
                TextBlocks.DropOwn(tree, weights, block);
        }
    }

    private string Beginning(int block)
    {
        var text = TextBlocks.OwnText(tree, block, MaxBeginning);
        return text.Length > MaxBeginning ? text[..MaxBeginning] : text;
    }

    // <p>Must read: <a>A ship runs aground near the bridge</a></p>
    private bool IsPointer(int block, string text)
    {
        if (tree.Name(block) is not ("p" or "div") || weights.Link[block] < MinPointed || weights.Text[block] - weights.Link[block] > MaxLabel) return false;
        var colon = text.AsSpan().IndexOfAny(':', '：');
        return colon is > 0 and <= MaxLabel && weights.Text[block] - weights.Link[block] <= colon + 1 && !text.Contains("://", StringComparison.Ordinal);
    }

    // Boxes before the article's first own paragraph and after its last one.
    private void DropAround()
    {
        weights.Measure();
        var spine = Spine.Of(tree, weights, container);
        var blocks = TextBlocks.In(tree, weights, container, tree.End(container));
        var own = blocks.ConvertAll(b => spine.Holds(b) && weights.IsParagraph(b));
        var (first, last) = (own.IndexOf(true), own.LastIndexOf(true));
        if (first < 0) return;
        Cards.Drop(tree, weights, container, spine, blocks[first], blocks[last]);
        var wrappers = new OwnWrappers(tree, weights, container, spine, blocks[last], answers);
        var sections = new ClosingSections(tree, weights, container, spine, wrappers, _footnotes);
        sections.DropOthers(blocks, last);
        var kept = 0;
        for (var at = 0; at < first; at++)
        {
            if (spine.Holds(blocks[at]) || sections.IsOfRecipe(blocks[at]) || (weights.Link[blocks[at]] == 0 && wrappers.HoldByMake(blocks[at]))) continue;
            if (IsSentence(blocks[at]) || (weights.Text[blocks[at]] >= MinStandfirst && weights.Link[blocks[at]] == 0) || (kept > 0 && tree.Role(blocks[at]) == TagRole.Heading)) kept++;
            else TextBlocks.DropOwn(tree, weights, blocks[at]);
        }
    }

    private bool IsSentence(int block) =>
        weights.Text[block] >= PageWeights.MinParagraph && weights.Link[block] * 2 < weights.Text[block]
        && (weights.Text[block] >= 3 * PageWeights.MinParagraph || Labels.EndsSentence(TextBlocks.OwnText(tree, block)));

    // "Related", and then titles; "Contact", and then whom to ask: short lines that are no sentences, up to the end.
    private void DropBehindLabel()
    {
        var blocks = TextBlocks.In(tree, weights, container, tree.End(container));
        for (var at = blocks.Count - 1; at > 0 && at >= blocks.Count - MaxTitles; at--)
        {
            var text = TextBlocks.OwnText(tree, blocks[at], 200);
            if (text.Length <= MaxLabel && (Labels.IsRelated(text) || (wholePage && Labels.IsContact(text))))
            {
                foreach (var block in blocks.Skip(at)) TextBlocks.DropOwn(tree, weights, block);
                return;
            }

            if (weights.Text[blocks[at]] > 3 * PageWeights.MinParagraph || Labels.EndsSentence(text)) return;
        }
    }

    private void TrimEnd(PageHead head, string? language)
    {
        var blocks = TextBlocks.In(tree, weights, container, tree.End(container));
        for (var at = blocks.Count - 1; at > 0; at--)
        {
            var text = TextBlocks.OwnText(tree, blocks[at], 600);
            if (!Labels.IsShare(text) && !Labels.IsDateLine(text, language) && !(wholePage ? ClosingLines.Is(text) || head.NamesAuthor(text, MaxBesideBiography) : Labels.IsEnding(text))) return;
            TextBlocks.DropOwn(tree, weights, blocks[at]);
        }
    }

    // A heading over nothing announced what was dropped; many of them are a list of their own.
    private void DropIdleHeadings()
    {
        var blocks = TextBlocks.In(tree, weights, container, tree.End(container));
        var last = blocks.FindLastIndex(b => tree.Role(b) != TagRole.Heading);
        if (blocks.Count - 1 - last > MaxIdle) return;
        for (var at = last + 1; at < blocks.Count; at++) tree.Dropped[blocks[at]] = true;
    }
}
