using System.Buffers;
namespace Dibao.Feeds.Xml;

internal enum XmlToken
{
    /// <summary>The document is over.</summary>
    End,

    /// <summary>The token is not whole in the window: ask again when more text has come.</summary>
    More,
    StartTag,
    EndTag,
    Text,
    CData,
}

/// <summary>An attribute by where its qualified name and its value lie, references not yet replaced.</summary>
internal readonly record struct XmlAttribute(TextSpan Name, TextSpan Value);

/// <summary>
/// Cuts text into tags and text and never fails: what is no markup is text. Linear time: each search that may reach the end of
/// the text remembers how far it looked.
/// </summary>
/// <remarks>XML 1.0 where the text is XML; what HTML parsers do where it is not.</remarks>
internal sealed class XmlScanner(TextWindow window)
{
    private const int MaxAttributes = 100;
    private const int LongestOpening = 9;
    private const int MaxDocumentType = 1 << 20;

    private static readonly SearchValues<string> EntryEnds = SearchValues.Create(["</item>", "</entry>"], StringComparison.OrdinalIgnoreCase);
    private readonly Seek commentEnd = new("-->");
    private readonly Seek cdataEnd = new("]]>");
    private readonly Seek instructionEnd = new("?>");
    private readonly Seek tagEnd = new(">");
    private readonly Seek tagStart = new("<");
    private readonly Seek doubleQuote = new("\"");
    private readonly Seek singleQuote = new("'");
    private XmlAttribute[] attributes = new XmlAttribute[16];
    private int attributeCount;
    private int position;

    /// <summary>Where the current token begins.</summary>
    public int TokenStart { get; private set; }

    /// <summary>Qualified name of the current tag, as written.</summary>
    public TextSpan Name { get; private set; }

    /// <summary>The current tag closes itself (<c>&lt;a/&gt;</c>).</summary>
    public bool SelfClosing { get; private set; }

    /// <summary>The document ended inside a tag, a comment or a CDATA section.</summary>
    public bool Truncated { get; private set; }

    /// <summary>Of the current start tag; the first of a name comes first.</summary>
    public ReadOnlySpan<XmlAttribute> Attributes => attributes.AsSpan(0, attributeCount);

    /// <summary>The current text as written: references and control characters still in it.</summary>
    public TextSpan Value { get; private set; }

    /// <summary>What the document type declared; none before it was read.</summary>
    public EntityTable Entities { get; set; } = EntityTable.None;

    public int MaxEntityExpansion { get; init; }

    private bool IsFinal => window.IsFinal;

    public XmlToken Next()
    {
        position = window.Position;
        var token = Read();
        if (token != XmlToken.More)
            window.Position = position;
        return token;
    }

    private XmlToken Read()
    {
        while (true)
        {
            var text = window.Text;
            TokenStart = position;
            if (position >= text.Length)
                return IsFinal ? XmlToken.End : XmlToken.More;
            if (text[position] == '<' && text.Length - position < LongestOpening && !IsFinal)
                return XmlToken.More;
            if (text[position] != '<' || !OpensMarkup(text, position))
                return ReadText(text);
            if (text[position + 1] == '/')
                return ReadEndTag(text);
            if (text[position + 1] is not ('!' or '?'))
                return ReadStartTag(text);
            if (text[position..].StartsWith("<![CDATA["))
                return ReadCData();
            // What is skipped is skipped for good, whatever stays incomplete behind it.
            if (!SkipDeclaration(text))
                return XmlToken.More;
            window.Position = position;
        }
    }

    private static bool OpensMarkup(ReadOnlySpan<char> text, int at)
    {
        if (at + 1 >= text.Length)
            return false;
        var next = text[at + 1];
        return char.IsAsciiLetter(next) || next is '!' or '?' || IsNameStart(next) ||
               next == '/' && at + 2 < text.Length && IsNameStart(text[at + 2]);
    }

    private static bool IsNameStart(char character) => char.IsLetter(character) || character is '_' or ':';

    private static bool IsNamePart(char character) =>
        char.IsAsciiLetterOrDigit(character) ||
        character > ' ' && character is not ('<' or '>' or '/' or '=' or '"' or '\'') && !char.IsWhiteSpace(character);

    private XmlToken ReadText(ReadOnlySpan<char> text)
    {
        var at = position + 1;
        while (true)
        {
            var bracket = text[at..].IndexOf('<');
            if (bracket < 0 && !IsFinal)
                return XmlToken.More;
            at = bracket < 0 ? text.Length : at + bracket;
            if (text.Length - at < 3 && !IsFinal)
                return XmlToken.More;
            if (at == text.Length || OpensMarkup(text, at))
                break;
            at++;
        }

        Value = new(position, at - position);
        position = at;
        return XmlToken.Text;
    }

    private XmlToken ReadCData()
    {
        var from = position + LongestOpening;
        var end = cdataEnd.From(window, from);
        if (end < 0 && !IsFinal)
            return XmlToken.More;
        if (Swallowed(window.Text[from..(end < 0 ? window.Length : end)], isOpen: end < 0) is { } own)
        {
            Value = new(from, own);
            position = from + own;
            return XmlToken.CData;
        }

        Truncated |= end < 0;
        Value = new(from, (end < 0 ? window.Length : end) - from);
        position = end < 0 ? window.Length : end + 3;
        return XmlToken.CData;
    }

    // A section without its end takes everything up to the next one's end, entries and all: its own is what stands before the first end tag.
    private static int? Swallowed(ReadOnlySpan<char> section, bool isOpen)
    {
        var taken = isOpen ? section.Length : section.IndexOf("<![CDATA[");
        return taken >= 0 && section[..taken].IndexOfAny(EntryEnds) >= 0 ? section.IndexOf("</") : null;
    }

    // Comments, processing instructions and the document type: nothing in them is content but the entities.
    private bool SkipDeclaration(ReadOnlySpan<char> text)
    {
        var rest = text[position..];
        if (rest.StartsWith("<!--"))
            return SkipTo(commentEnd, 4, 3);
        if (rest.StartsWith("<?"))
            return SkipTo(instructionEnd, 2, 2);
        if (!DocumentType.Begins(rest))
            return SkipTo(tagEnd, 2, 1);
        if (DocumentType.TryMeasure(rest[..Math.Min(rest.Length, MaxDocumentType)], out var length))
        {
            Declare(rest[..length]);
            position += length;
            return true;
        }

        if (!IsFinal && rest.Length < MaxDocumentType)
            return false;
        Declare(rest);
        return SkipTo(tagEnd, 2, 1);
    }

    private void Declare(ReadOnlySpan<char> documentType)
    {
        if (Entities == EntityTable.None && DocumentType.ReadEntities(documentType) is { Count: > 0 } declared)
            Entities = new(declared, MaxEntityExpansion);
    }

    private bool SkipTo(Seek end, int opening, int closing)
    {
        var found = end.From(window, position + opening);
        if (found < 0 && !IsFinal)
            return false;
        if (found >= 0)
        {
            position = found + closing;
            return true;
        }

        var next = tagEnd.From(window, position + opening);
        Truncated |= next < 0;
        position = next < 0 ? window.Length : next + 1;
        return true;
    }

    private XmlToken ReadEndTag(ReadOnlySpan<char> text)
    {
        var from = position + 2;
        position = from;
        Name = ReadName(text);
        if (position < text.Length && text[position] == '>')
        {
            position++;
            return XmlToken.EndTag;
        }

        var end = tagEnd.From(window, from);
        var nextTag = tagStart.From(window, position);
        if (end < 0 && nextTag < 0 && !IsFinal)
            return XmlToken.More;
        if (end < 0 || nextTag >= 0 && nextTag < end)
            position = nextTag < 0 ? text.Length : nextTag;
        else
            position = end + 1;
        return XmlToken.EndTag;
    }

    private TextSpan ReadName(ReadOnlySpan<char> text)
    {
        var from = position;
        while (position < text.Length && IsNamePart(text[position]))
            position++;
        return new(from, position - from);
    }

    private XmlToken ReadStartTag(ReadOnlySpan<char> text)
    {
        position++;
        Name = ReadName(text);
        attributeCount = 0;
        SelfClosing = false;
        while (true)
        {
            SkipSpace(text);
            if (position >= text.Length)
            {
                Truncated |= IsFinal;
                return IsFinal ? XmlToken.End : XmlToken.More;
            }

            var character = text[position];
            if (character == '<' && OpensMarkup(text, position))
                return XmlToken.StartTag;
            if (character == '>')
            {
                position++;
                return XmlToken.StartTag;
            }

            SelfClosing = character == '/';
            if (SelfClosing || !IsNamePart(character))
                position++;
            else
                ReadAttribute(text);
        }
    }

    private void ReadAttribute(ReadOnlySpan<char> text)
    {
        var name = ReadName(text);
        SkipSpace(text);
        var value = new TextSpan(position, 0);
        if (position < text.Length && text[position] == '=')
        {
            position++;
            SkipSpace(text);
            value = ReadAttributeValue(text);
        }

        if (attributeCount == MaxAttributes)
            return;
        if (attributeCount == attributes.Length)
            Array.Resize(ref attributes, MaxAttributes);
        attributes[attributeCount++] = new(name, value);
    }

    private TextSpan ReadAttributeValue(ReadOnlySpan<char> text)
    {
        if (position >= text.Length)
            return default;
        var quote = text[position];
        if (quote is not ('"' or '\''))
            return ReadUnquoted(text);
        var from = position + 1;
        var end = (quote == '"' ? doubleQuote : singleQuote).From(window, from);
        if (end < 0 && !IsFinal)
        {
            // Not whole yet: the tag is read again from its start.
            position = text.Length;
            return default;
        }

        if (end < 0 || !EndsAttribute(text, from, end))
        {
            position = from;
            return ReadUnquoted(text);
        }

        position = end + 1;
        return new(from, end - from);
    }

    // A forgotten closing quote would swallow the tags up to the next one.
    private static bool EndsAttribute(ReadOnlySpan<char> text, int from, int end) =>
        end + 1 >= text.Length || text[end + 1] is '>' or '/' or '?' || char.IsWhiteSpace(text[end + 1]) ||
        text[from..end].IndexOf('<') < 0;

    private TextSpan ReadUnquoted(ReadOnlySpan<char> text)
    {
        var from = position;
        while (position < text.Length && text[position] is not ('>' or '<' or '"' or '\'') && !char.IsWhiteSpace(text[position]) &&
               !(text[position] == '/' && position + 1 < text.Length && text[position + 1] == '>'))
            position++;
        return new(from, position - from);
    }

    private void SkipSpace(ReadOnlySpan<char> text)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
            position++;
    }
}
