namespace Dibao.Feeds.Xml;

/// <summary>A document as far as it could be read.</summary>
/// <param name="Document">Holds the root and whatever stood around it.</param>
/// <param name="Truncated">The text ended, or a bound was reached, with elements open.</param>
/// <param name="TooDeep">Reading stopped at <see cref="FeedLimits.MaxDepth"/>.</param>
/// <param name="Full">Reading stopped at <see cref="FeedLimits.MaxNodes"/> or after <see cref="FeedLimits.MaxEntries"/>.</param>
/// <param name="Mended">End tags that fitted nothing, or elements closed on another's behalf.</param>
internal sealed record XmlTree(XmlElement Document, bool Truncated, bool TooDeep, bool Full, bool EntityBomb, int Mended)
{
    public static XmlTree Parse(string text, FeedLimits limits)
    {
        var entities = new EntityTable(DocumentType.ReadEntities(text), limits.MaxEntityExpansion);
        return new XmlTreeBuilder(new XmlScanner(text, entities), entities, limits).Build();
    }
}
