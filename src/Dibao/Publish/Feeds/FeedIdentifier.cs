namespace Dibao.Publish.Feeds;

/// <summary>
/// Identifiers that stay the same when the archive moves to another address or is rebuilt: a feed reader would otherwise
/// show everything as new.
/// </summary>
/// <remarks>UUID version 8 (RFC 9562 §5.8) of a SHA-256, as <c>urn:uuid:…</c>.</remarks>
public static class FeedIdentifier
{
    public static string Of(Article article) => Urn($"article\n{article.Outlet.Slug}\n{article.Url}");

    public static string Of(ArticleFeed feed) => Urn($"feed\n{feed.Name}");

    private static string Urn(string name)
    {
        var bytes = Digest.OfText(name).ToBytes().AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return $"urn:uuid:{new Guid(bytes, bigEndian: true)}";
    }
}
