using System.IO.Compression;
using Dibao.Prove;

namespace Dibao.Server.Read;

/// <summary>A proof bundle as one file to download, with its folder in it.</summary>
public static class ProofZip
{
    // The same bundle gives the same bytes, whenever it is asked for; earlier years do not fit the format.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Of(IReadOnlyList<ProofFile> files, string folder)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in files)
            {
                var entry = zip.CreateEntry($"{folder}/{file.Path}");
                entry.LastWriteTime = NoTime;
                using var content = entry.Open();
                content.Write(file.Bytes.Span);
            }
        }
        return bytes.ToArray();
    }
}
