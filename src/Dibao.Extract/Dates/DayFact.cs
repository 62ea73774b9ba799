namespace Dibao.Extract.Dates;

/// <summary>What is found of a day that may be the article's; and, of no day at all, what kind of page it would be.</summary>
internal enum DayFact
{
    /// <summary>datePublished of the article's data.</summary>
    Data,

    /// <summary>datePublished of a recipe, a film, a product.</summary>
    DataOfOther,

    /// <summary>That of the article, where the data gives the change the same time: a template that knows one time.</summary>
    DataForBoth,

    /// <summary>When the content management system made the page, by data that names no article.</summary>
    DataOfPage,

    /// <summary>The data's change.</summary>
    DataChange,
    Meta,

    /// <summary>The meta element that is named "date" and no more.</summary>
    MetaDate,
    MetaPerhaps,
    MetaChange,

    /// <summary>datePublished as itemprop or property.</summary>
    Property,
    PropertyMade,
    PropertyChange,

    /// <summary>A data attribute of the body, or of the article around the headline, that is named for a date: data-pubdate; or a day in their id.</summary>
    Attribute,

    /// <summary>A time that is marked as the publication: pubdate, or an abbr of hAtom.</summary>
    TimeMarked,
    TimeFirst,
    TimeLater,

    /// <summary>A line that begins as "Published" does.</summary>
    LinePublished,

    /// <summary>A line that begins as "Updated" does.</summary>
    LineChanged,

    /// <summary>A line around the headline.</summary>
    LineNear,

    /// <summary>A line above the body that was trimmed from it.</summary>
    LineTrimmed,

    /// <summary>An element with the name of a date, where all such elements show one day.</summary>
    NamedOnly,
    NamedFirst,
    NamedLater,
    Address,

    /// <summary>The document's title.</summary>
    Title,

    /// <summary>The beginning of a paragraph: "Halden (12.11.2021). The council …".</summary>
    Opening,

    /// <summary>A sentence that says it was published, or posted, then.</summary>
    Sentence,
    Script,
    Feed,
    Rule,

    /// <summary>Shown in a line of its own, or in a short text, wherever.</summary>
    Shown,

    /// <summary>The first that is shown behind the headline.</summary>
    ShownFirst,

    /// <summary>Shown in what belongs to other pieces: beside the article, in a list.</summary>
    ShownElsewhere,

    /// <summary>The first of these behind the headline.</summary>
    ElsewhereFirst,

    /// <summary>A time element of these.</summary>
    ElsewhereTime,

    /// <summary>The one day of the page, and shown there.</summary>
    ElsewhereSole,

    /// <summary>Shown in one of the three blocks before the headline, wherever.</summary>
    ShownBefore,

    /// <summary>In one of the three behind it, and not said to be a change.</summary>
    ShownAfter,

    /// <summary>With a time of day.</summary>
    ShownTimed,

    /// <summary>In a line that says nothing else.</summary>
    ShownBare,

    /// <summary>No reader sees it, but beside other pieces.</summary>
    Hidden,

    /// <summary>No other day that the page says is before it.</summary>
    Earliest,

    /// <summary>One of four or more that the page shows: a list's.</summary>
    OfMany,

    /// <summary>One of these that data or a meta element says.</summary>
    OfManySaid,

    /// <summary>From here on: of no day.</summary>
    None,
    NoneOfNews,
    NoneOfArticleCard,
    NoneOfRecipe,
    NoneOfMany,
    NoneWithoutAuthor,

    /// <summary>The class of the body says, as content management systems write it, that this is a page of the site and no post.</summary>
    NoneOfStanding,

    /// <summary>The address ends in a headline.</summary>
    NoneOfSlug,

    /// <summary>The address has a number of four digits.</summary>
    NoneOfNumber,

    /// <summary>The data names a page and no article.</summary>
    NoneOfPageData,

    /// <summary>How many there are.</summary>
    Count,
}
