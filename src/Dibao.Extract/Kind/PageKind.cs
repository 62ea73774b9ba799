namespace Dibao.Extract;

/// <summary>What a page is.</summary>
public enum PageKind
{
    Article = 0,

    /// <summary>One event told in entries with their times.</summary>
    LiveBlog = 1,

    /// <summary>A film with a text beside it.</summary>
    Video = 2,

    /// <summary>Pictures with their captions.</summary>
    Gallery = 3,

    /// <summary>Links to articles: a section, an author's page, search results.</summary>
    List = 4,

    /// <summary>An outlet's front page.</summary>
    Home = 5,

    /// <summary>What several people wrote to each other.</summary>
    Forum = 6,

    /// <summary>Says that there is nothing here, whatever its status: not found, forbidden, a robot check.</summary>
    ErrorPage = 7,

    /// <summary>Asks for consent, or a login, in place of the article.</summary>
    ConsentWall = 8,

    /// <summary>Nothing until its scripts have run: to be captured with a browser.</summary>
    EmptyShell = 9,

    /// <summary>Next to no text, and no sign that a browser would show more.</summary>
    Nothing = 10,
}
