using AngleSharp.Dom;

namespace Dibao.Extract.Page;

/// <summary>The rows of a tree while it grows. Their room is used again by the next page of the thread.</summary>
/// <remarks>Lists that double and are thrown away were an eighth of what a reading allocated beside the parser: <c>bench extract speed</c>.</remarks>
internal sealed class TreeRows
{
    private const int MaxKept = 32_768;

    [ThreadStatic]
    private static TreeRows? s_spare;

    public List<int> Parents { get; } = new(1024);
    public List<int> Ends { get; } = new(1024);
    public List<TagRole> Roles { get; } = new(1024);
    public List<IElement?> Elements { get; } = new(1024);

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
    public int Add(INode node, int parent, TagRole role)
    {
        var element = node as IElement;
        Elements.Add(element);
        Words.Add(element is not null ? element.LocalName : node is ICharacterData text ? text.Data : "");
        Parents.Add(parent);
        Ends.Add(Count);
        Roles.Add(role);
        return Count - 1;
    }

    /// <summary>Holds on to no page: only to the room.</summary>
    public void Return()
    {
        if (Count > MaxKept) return;
        Elements.Clear();
        Words.Clear();
        Parents.Clear();
        Ends.Clear();
        Roles.Clear();
        s_spare = this;
    }
}
