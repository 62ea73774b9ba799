using System.Globalization;

namespace Dibao.Server.Commands;

/// <summary>An article as it is named on the command line.</summary>
internal static class ArticleArgument
{
    /// <param name="which">Its number or its URL.</param>
    public static Article? Find(ArchiveReader archive, string which)
    {
        if (long.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return archive.Catalogue.Article(id);
        return ArticleUrl.TryNormalize(which, out var url) ? archive.Catalogue.Article(url) : null;
    }
}
