using System.Text;

namespace Dibao.Warc;

/// <summary>Gathers entries and writes them sorted, as a CDXJ index has to be. Memory: the lines themselves.</summary>
public sealed class CdxjWriter
{
    private readonly List<byte[]> lines = [];

    public int Count => lines.Count;

    public void Add(CdxEntry entry) => lines.Add(Encoding.UTF8.GetBytes(entry.ToString() + "\n"));

    /// <summary>By bytes, as <c>LC_ALL=C sort</c> does; the same line once.</summary>
    public void WriteTo(Stream output)
    {
        foreach (var line in Sorted()) output.Write(line);
    }

    internal IEnumerable<byte[]> Sorted()
    {
        lines.Sort(static (a, b) => a.AsSpan().SequenceCompareTo(b));
        byte[] before = [];
        foreach (var line in lines)
        {
            if (!line.AsSpan().SequenceEqual(before)) yield return line;
            before = line;
        }
    }
}
