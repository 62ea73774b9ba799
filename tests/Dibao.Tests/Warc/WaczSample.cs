using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Dibao.Warc;

namespace Dibao.Tests.Warc;

/// <summary>A package of <see cref="WarcSample"/>, and what can be done to it.</summary>
internal static class WaczSample
{
    public static readonly WaczDescription Description = new() { Title = "河湾的桥", Software = "Dibao/0.1", Created = WarcSample.At };

    public static byte[] Package(ECDsa? key = null)
    {
        using var output = new MemoryStream();
        using (var package = new WaczWriter(output, key))
        {
            foreach (var record in WarcSample.Records()) package.Add(((WarcReading.Complete)WarcRecord.Read(record)).Record);
            package.Add(new WaczPage("p1", "https://hewan.example/bridge", WarcSample.At, "桥"));
            package.Finish(Description);
        }
        return output.ToArray();
    }

    /// <summary>The package with its files changed, written as a new ZIP.</summary>
    public static byte[] Changed(byte[] package, Action<Dictionary<string, byte[]>> change, CompressionLevel level = CompressionLevel.NoCompression)
    {
        var files = new Dictionary<string, byte[]>();
        using (var zip = new ZipArchive(new MemoryStream(package)))
        {
            foreach (var entry in zip.Entries)
            {
                using var content = entry.Open();
                using var bytes = new MemoryStream();
                content.CopyTo(bytes);
                files[entry.FullName] = bytes.ToArray();
            }
        }
        change(files);
        using var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var content = zip.CreateEntry(name.TrimEnd('\u0001'), level).Open();
                content.Write(bytes);
            }
        }
        return output.ToArray();
    }

    public static void Replace(this Dictionary<string, byte[]> files, string name, string from, string to)
    {
        var text = Encoding.UTF8.GetString(files[name]);
        if (!text.Contains(from, StringComparison.Ordinal)) throw new InvalidOperationException($"{name} has no {from}.");
        files[name] = Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
    }
}
