using System.IO.Compression;

namespace Dibao.Warc;

/// <summary>A WACZ package that was opened and checked.</summary>
/// <param name="Faults">Empty when every file is the one that was described, and the description is the one that was signed.</param>
/// <param name="Warcs">Entries with WARC files, in their order; empty when the package cannot be trusted to be opened.</param>
/// <param name="Signer">SHA-256 of the signing key (SubjectPublicKeyInfo), hexadecimal; null for an unsigned package.</param>
public sealed record WaczReading(IReadOnlyList<WarcFault> Faults, IReadOnlyList<string> Warcs, string? Signer);

/// <summary>Opens packages that strangers wrote: checks names, sizes, digests and the signature before anything in them is used.</summary>
/// <remarks>Source: WACZ 1.1.1, and 1.0 and 1.1.0 which differ in nothing that is read here.</remarks>
public sealed class WaczFile : IDisposable
{
    private readonly ZipArchive zip;

    private WaczFile(ZipArchive zip, WaczReading reading) => (this.zip, Reading) = (zip, reading);

    public WaczReading Reading { get; }

    /// <param name="name">Stands in every fault.</param>
    /// <param name="file">Seekable; read until the package is disposed, and left open.</param>
    public static WaczFile Open(string name, Stream file, WaczLimits limits, CancellationToken cancel)
    {
        ZipArchive? zip = null;
        try
        {
            zip = new(file, ZipArchiveMode.Read, leaveOpen: true);
            return new(zip, new WaczCheck(name, zip, file.Length, limits).Run(cancel));
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            // What a damaged ZIP throws, as .NET reads it: there is no narrower contract.
            zip?.Dispose();
            return new(new(new MemoryStream(), ZipArchiveMode.Create), new([new(name, 0, $"the ZIP is damaged: {broken.Message.TrimEnd('.')}", "Fetch the package again")], [], null));
        }
    }

    /// <summary>One of the reading's <see cref="WaczReading.Warcs"/>; not seekable.</summary>
    /// <exception cref="FileNotFoundException">There is no entry of that name.</exception>
    public Stream OpenWarc(string entry) => zip.GetEntry(entry)?.Open() ?? throw new FileNotFoundException($"The package has no {entry}.", entry);

    public void Dispose() => zip.Dispose();
}

/// <summary>What a package may cost to check.</summary>
public sealed record WaczLimits
{
    /// <summary>Files in the package.</summary>
    public int MaxEntries { get; init; } = 10_000;

    /// <summary>Bytes of <c>datapackage.json</c> and of <c>datapackage-digest.json</c>.</summary>
    public int MaxDescriptionBytes { get; init; } = 8 << 20;

    /// <summary>How often its own size a package may unpack to: WARC files in it are gzip already, and the rest is text.</summary>
    public int MaxExpansion { get; init; } = 50;
}
