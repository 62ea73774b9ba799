namespace Dibao.Capture.Import;

/// <summary>What one file of an import comes to.</summary>
public abstract record ImportItem
{
    private ImportItem() { }

    /// <summary>Something to keep: an article, a page of a WARC file, or a URL that is only known.</summary>
    /// <param name="File">What <see cref="ArticleFile"/> read of the bundle's file, so that it is not read twice; null for what is no such file.</param>
    public sealed record Ready(CaptureBundle Bundle, ArticleFileReading.Parsed? File = null) : ImportItem;

    /// <summary>Feeds to watch.</summary>
    public sealed record Outlines(string Path, IReadOnlyList<Feeds.OpmlOutline> Feeds) : ImportItem;

    /// <param name="Line">From 1; 0 where lines mean nothing.</param>
    public sealed record Refused(string Path, long Line, string Reason) : ImportItem;

    /// <summary>Nothing to keep, and nothing wrong: a list whose articles are files of the same archive, a WARC record that is no page.</summary>
    public sealed record Passed(string Path, string Why) : ImportItem;
}

/// <summary>How an import names things.</summary>
public sealed record ImportOptions
{
    /// <summary>The outlet of everything; null takes the folder <c>articles/&lt;outlet&gt;/</c>, or else the host of each URL.</summary>
    public OutletName? Outlet { get; init; }

    /// <summary>Bytes of one file; a larger one is refused.</summary>
    [System.ComponentModel.DataAnnotations.Range(1, 1 << 30)]
    public int MaxFileBytes { get; init; } = 64 << 20;
}
