using System.Text;
using Dibao.Extract.Markup;

namespace Dibao.Extract.Page;

/// <summary>The rows of a tree while it grows. Their room is used again by the next page of the thread.</summary>
/// <remarks>Lists that double and are thrown away were an eighth of what a reading allocated beside the parser: <c>bench extract speed</c>.</remarks>
internal sealed class TreeRows
{
    private const int MaxKept = 32_768;
    private const int MaxJoinedKept = 32_768;

    [ThreadStatic]
    private static TreeRows? s_spare;

    // The last row's text, where it came in more than one piece.
    private readonly StringBuilder _joined = new();

    public List<int> Parents { get; } = new(1024);
    public List<int> Ends { get; } = new(1024);
    public List<TagRole> Roles { get; } = new(1024);
    public List<MarkupElement?> Elements { get; } = new(1024);

    /// <summary>Names of elements, and texts.</summary>
    public List<string> Words { get; } = new(1024);

    public int Count => Words.Count;

    public static TreeRows Take()
    {
        var rows = s_spare ?? new TreeRows();
        s_spare = null;
        return rows;
    }

    /// <summary>The place of the new row.</summary>
    public int AddElement(MarkupTree markup, int row, int parent, TagRole role)
    {
        var element = markup[row].Kind == RowKind.Element ? markup.ElementOf(row) : null;
        // A form is a box like any other: it may stand around the whole page.
        return Add(element, element?.LocalName is "form" ? "div" : element?.LocalName ?? "", parent, role);
    }

    /// <summary>What is not shown does not divide a text: comments, scripts.</summary>
    public void AddText(string text, int parent)
    {
        if (Roles[^1] != TagRole.Text || Parents[^1] != parent) { Add(null, text, parent, TagRole.Text); return; }
        if (_joined.Length == 0) _joined.Append(Words[^1]);
        _joined.Append(text);
    }

    /// <summary>Ends the last row, and with it the tree.</summary>
    public void Finish()
    {
        Ends[0] = Count;
        Join();
    }

    // Once for all pieces: a page may hold a comment behind each of its words.
    private void Join()
    {
        if (_joined.Length == 0) return;
        Words[^1] = _joined.ToString();
        _joined.Clear();
    }

    private int Add(MarkupElement? element, string words, int parent, TagRole role)
    {
        Join();
        Elements.Add(element);
        Words.Add(words);
        Parents.Add(parent);
        Ends.Add(Count);
        Roles.Add(role);
        return Count - 1;
    }

    /// <summary>Holds on to no page: only to the room.</summary>
    public void Return()
    {
        if (Count > MaxKept || _joined.Capacity > MaxJoinedKept) return;
        Elements.Clear();
        Words.Clear();
        Parents.Clear();
        Ends.Clear();
        Roles.Clear();
        s_spare = this;
    }
}
