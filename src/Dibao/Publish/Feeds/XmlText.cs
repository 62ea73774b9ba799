using System.Text;
using System.Xml;

namespace Dibao.Publish.Feeds;

/// <summary>Outlets write what they like; an XML document holds only what XML 1.0 §2.2 allows.</summary>
public static class XmlText
{
    /// <summary>Without control characters and halves of surrogate pairs.</summary>
    public static string Clean(string text)
    {
        var at = FirstIllegal(text, 0);
        if (at < 0) return text;
        var clean = new StringBuilder(text.Length);
        var from = 0;
        for (; at >= 0; at = FirstIllegal(text, from))
        {
            clean.Append(text, from, at - from);
            from = at + 1;
        }
        return clean.Append(text, from, text.Length - from).ToString();
    }

    private static int FirstIllegal(string text, int from)
    {
        for (var at = from; at < text.Length; at++)
        {
            if (XmlConvert.IsXmlChar(text[at])) continue;
            if (at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1])) at++;
            else return at;
        }
        return -1;
    }
}
