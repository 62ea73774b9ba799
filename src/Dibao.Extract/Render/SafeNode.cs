namespace Dibao.Extract.Render;

/// <summary>A node of the tree that all three forms of a reading are written from: nothing but allow-listed names and attributes.</summary>
internal sealed class SafeNode
{
    private List<KeyValuePair<string, string>>? _attributes;

    private SafeNode(string name, string text)
    {
        Name = name;
        Text = text;
        Children = name.Length == 0 ? NoChildren : [];
    }

    /// <summary>Empty for text.</summary>
    public string Name { get; }

    /// <summary>Of a text node; white space already folded unless inside pre.</summary>
    public string Text { get; set; }

    public bool IsText => Name.Length == 0;

    // Text, half of all nodes, has neither.
    private static readonly List<SafeNode> NoChildren = [];

    public List<SafeNode> Children { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Attributes => _attributes ?? (IReadOnlyList<KeyValuePair<string, string>>)[];

    public void Set(string name, string value) => (_attributes ??= []).Add(new(name, value));

    public static SafeNode Element(string name) => new(name, "");

    public static SafeNode OfText(string text) => new("", text);

    public string? Attribute(string name)
    {
        if (_attributes is null) return null;
        foreach (var (key, value) in _attributes)
            if (key == name) return value;
        return null;
    }
}
