namespace Dibao.Extract.Markup;

/// <summary>The attributes of an element, one after the other.</summary>
internal ref struct MarkupAttributes(MarkupTree tree, int row)
{
    private int _at = -1;

    public readonly MarkupAttributes GetEnumerator() => this;

    public bool MoveNext() => ++_at < tree[row].Length;

    public readonly MarkupAttributes Current => this;

    /// <summary>As it was written, in any case.</summary>
    public readonly ReadOnlySpan<char> Name => tree.NameOf(ref tree.AttributesOf(row)[_at]);

    public readonly string Value => tree.ValueOf(ref tree.AttributesOf(row)[_at]);

    public readonly bool IsNamed(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    public readonly bool NameBegins(string start) => Name.StartsWith(start, StringComparison.OrdinalIgnoreCase);
}
