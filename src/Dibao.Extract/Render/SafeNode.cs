namespace Dibao.Extract.Render;

/// <summary>A node of the tree that all three forms of a reading are written from: nothing but allow-listed names and attributes.</summary>
internal sealed class SafeNode
{
    private SafeNode(string name, string text)
    {
        Name = name;
        Text = text;
    }

    /// <summary>Empty for text.</summary>
    public string Name { get; }

    /// <summary>Of a text node; white space already folded unless inside pre.</summary>
    public string Text { get; set; }

    public bool IsText => Name.Length == 0;

    public List<SafeNode> Children { get; } = [];

    public List<KeyValuePair<string, string>> Attributes { get; } = [];

    public static SafeNode Element(string name) => new(name, "");

    public static SafeNode OfText(string text) => new("", text);

    public string? Attribute(string name)
    {
        foreach (var (key, value) in Attributes)
            if (key == name) return value;
        return null;
    }
}
