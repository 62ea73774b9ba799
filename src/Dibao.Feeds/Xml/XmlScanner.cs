using Dibao.Feeds.Text;

namespace Dibao.Feeds.Xml;

internal enum XmlToken
{
    End,
    StartTag,
    EndTag,
    Text,
    CData,
}

/// <summary>
/// Cuts text into tags and text and never fails: what is no markup is text. Linear time: each search that may reach the end of
/// the text remembers when it found nothing.
/// </summary>
/// <remarks>XML 1.0 where the text is XML; what HTML parsers do where it is not.</remarks>
internal sealed class XmlScanner(string text, EntityTable entities)
{
    private readonly Seek commentEnd = new(text, "-->");
    private readonly Seek cdataEnd = new(text, "]]>");
    private readonly Seek instructionEnd = new(text, "?>");
    private readonly Seek tagEnd = new(text, ">");
    private readonly Seek tagStart = new(text, "<");
    private readonly Seek doubleQuote = new(text, "\"");
    private readonly Seek singleQuote = new(text, "'");
    private int position;

    /// <summary>Where the current token begins, in characters.</summary>
    public int TokenStart { get; private set; }

    /// <summary>Qualified name of the current tag, as written.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The current tag closes itself (<c>&lt;a/&gt;</c>).</summary>
    public bool SelfClosing { get; private set; }

    /// <summary>The text ended inside a tag or a CDATA section.</summary>
    public bool Truncated { get; private set; }

    /// <summary>Of the current start tag, names qualified, values with references replaced; the first of a name comes first.</summary>
    public List<KeyValuePair<string, string>> Attributes { get; } = [];

    /// <summary>The current text, references replaced (not in CDATA), controls that XML forbids left out.</summary>
    public string Value { get; private set; } = "";

    public XmlToken Next()
    {
        while (position < text.Length)
        {
            TokenStart = position;
            if (text[position] != '<' || !OpensMarkup(position))
                return ReadText();
            switch (text[position + 1])
            {
                case '!' when StartsWith("<![CDATA["):
                    return ReadCData();
                case '!' or '?':
                    SkipDeclaration();
                    break;
                case '/':
                    return ReadEndTag();
                default:
                    return ReadStartTag();
            }
        }

        return XmlToken.End;
    }

    private bool StartsWith(string what) => string.CompareOrdinal(text, position, what, 0, what.Length) == 0;

    private bool OpensMarkup(int at)
    {
        if (at + 1 >= text.Length)
            return false;
        var next = text[at + 1];
        return next is '!' or '?' || IsNameStart(next) || next == '/' && at + 2 < text.Length && IsNameStart(text[at + 2]);
    }

    private static bool IsNameStart(char character) => char.IsLetter(character) || character is '_' or ':';

    private static bool IsNamePart(char character) =>
        character > ' ' && character is not ('<' or '>' or '/' or '=' or '"' or '\'') && !char.IsWhiteSpace(character);

    private XmlToken ReadText()
    {
        var end = position + 1;
        while (end < text.Length && (text[end] != '<' || !OpensMarkup(end)))
            end++;
        Value = XmlText.Clean(entities.Replace(text[position..end]));
        position = end;
        return XmlToken.Text;
    }

    private XmlToken ReadCData()
    {
        var from = position + "<![CDATA[".Length;
        var end = cdataEnd.From(from);
        Truncated |= end < 0;
        Value = XmlText.Clean(end < 0 ? text[from..] : text[from..end]);
        position = end < 0 ? text.Length : end + 3;
        return XmlToken.CData;
    }

    // Comments, processing instructions and the document type: nothing in them is content. Entities were read beforehand.
    private void SkipDeclaration()
    {
        if (StartsWith("<!--"))
            SkipTo(commentEnd, 4, 3);
        else if (StartsWith("<?"))
            SkipTo(instructionEnd, 2, 2);
        else if (DocumentType.TryMeasure(text, position, out var length))
            position += length;
        else
            SkipTo(tagEnd, 2, 1);
    }

    private void SkipTo(Seek end, int opening, int closing)
    {
        var found = end.From(position + opening);
        if (found >= 0)
        {
            position = found + closing;
            return;
        }

        var next = tagEnd.From(position + opening);
        Truncated |= next < 0;
        position = next < 0 ? text.Length : next + 1;
    }

    private XmlToken ReadEndTag()
    {
        var from = position += 2;
        Name = ReadName();
        var end = tagEnd.From(from);
        var nextTag = tagStart.From(position);
        if (end < 0 || nextTag >= 0 && nextTag < end)
            position = nextTag < 0 ? text.Length : nextTag;
        else
            position = end + 1;
        return XmlToken.EndTag;
    }

    private string ReadName()
    {
        var from = position;
        while (position < text.Length && IsNamePart(text[position]))
            position++;
        return text[from..position];
    }

    private XmlToken ReadStartTag()
    {
        position++;
        Name = ReadName();
        Attributes.Clear();
        SelfClosing = false;
        while (true)
        {
            SkipSpace();
            if (position >= text.Length)
            {
                Truncated = true;
                return XmlToken.End;
            }

            var character = text[position];
            if (character == '<' && OpensMarkup(position))
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
                ReadAttribute();
        }
    }

    private void ReadAttribute()
    {
        var name = ReadName();
        SkipSpace();
        var value = "";
        if (position < text.Length && text[position] == '=')
        {
            position++;
            SkipSpace();
            value = XmlText.Clean(entities.Replace(ReadAttributeValue()));
        }

        if (name.Length > 0 && Attributes.Count < 100)
            Attributes.Add(new(name, value));
    }

    private string ReadAttributeValue()
    {
        if (position >= text.Length)
            return "";
        var quote = text[position];
        if (quote is not ('"' or '\''))
            return ReadUnquoted();
        var from = position + 1;
        var end = (quote == '"' ? doubleQuote : singleQuote).From(from);
        if (end < 0 || !EndsAttribute(from, end))
        {
            position = from;
            return ReadUnquoted();
        }

        position = end + 1;
        return text[from..end];
    }

    // A forgotten closing quote would swallow the tags up to the next one.
    private bool EndsAttribute(int from, int end) =>
        text.AsSpan(from, end - from).IndexOf('<') < 0 || end + 1 >= text.Length ||
        text[end + 1] is '>' or '/' or '?' || char.IsWhiteSpace(text[end + 1]);

    private string ReadUnquoted()
    {
        var from = position;
        while (position < text.Length && text[position] is not ('>' or '<' or '"' or '\'') && !char.IsWhiteSpace(text[position]) &&
               !(text[position] == '/' && position + 1 < text.Length && text[position + 1] == '>'))
            position++;
        return text[from..position];
    }

    private void SkipSpace()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
            position++;
    }
}

/// <summary>Finds the next occurrence, and remembers where it lies, so that asking again from before it costs nothing.</summary>
internal sealed class Seek(string text, string what)
{
    private int next = -2;
    private int searchedFrom;

    /// <summary>Index at or after <paramref name="start"/>, or -1.</summary>
    public int From(int start)
    {
        var known = next != -2 && start >= searchedFrom && (next == -1 || next >= start);
        if (known)
            return next;
        searchedFrom = start;
        return next = start > text.Length ? -1 : text.IndexOf(what, start, StringComparison.Ordinal);
    }
}
