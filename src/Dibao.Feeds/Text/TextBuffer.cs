namespace Dibao.Feeds.Text;

/// <summary>Characters being put together, in memory that is used again for the next text.</summary>
internal sealed class TextBuffer
{
    private char[] chars = [];

    /// <summary>May be made less, never more.</summary>
    public int Length { get; set; }

    public ReadOnlySpan<char> Span => chars.AsSpan(0, Length);

    /// <summary>What was appended from there on, to be changed in place.</summary>
    public Span<char> From(int start) => chars.AsSpan(start, Length - start);

    public void Clear() => Length = 0;

    public TextBuffer Append(char character)
    {
        if (Length == chars.Length)
            Grow(1);
        chars[Length++] = character;
        return this;
    }

    public TextBuffer Append(ReadOnlySpan<char> text)
    {
        if (text.Length > chars.Length - Length)
            Grow(text.Length);
        text.CopyTo(chars.AsSpan(Length));
        Length += text.Length;
        return this;
    }

    /// <summary>The text without white space around it.</summary>
    public string ToTrimmedString() => Span.Trim().ToString();

    public override string ToString() => Span.ToString();

    private void Grow(int by) => Array.Resize(ref chars, Math.Max(Math.Max(chars.Length * 2, 256), Length + by));
}
