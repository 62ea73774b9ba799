namespace Dibao.Warc;

/// <summary>Follows records that were written in segments: each has its number, none is left out, and the whole is as long as was said.</summary>
/// <remarks>Source: WARC 1.1 §7.</remarks>
internal sealed class SegmentationCheck
{
    private readonly Dictionary<UInt128, (int Last, long Length)> open = [];

    public IEnumerable<string> Add(WarcRecord record)
    {
        var number = record.Headers["WARC-Segment-Number"];
        if (record.Type != "continuation")
        {
            if (number is null) yield break;
            if (number != "1") yield return $"a {record.Type} is segment {number}, and only a continuation is another than 1";
            open[WarcCheck.Short(record.Id)] = (1, record.BlockLength);
            yield break;
        }
        if (record.Headers["WARC-Segment-Origin-ID"] is not { } origin || !int.TryParse(number, out var place))
        {
            yield return "a continuation does not say what it continues (WARC-Segment-Origin-ID, WARC-Segment-Number)";
            yield break;
        }
        foreach (var fault in Continue(record, WarcCheck.Short(origin), place)) yield return fault;
    }

    private IEnumerable<string> Continue(WarcRecord record, UInt128 origin, int number)
    {
        if (!open.TryGetValue(origin, out var before)) { yield return "a continuation continues a record that did not come before it"; yield break; }
        if (number != before.Last + 1) yield return $"segment {number} follows segment {before.Last}";
        var length = before.Length + record.BlockLength;
        open[origin] = (number, length);
        if (record.Headers["WARC-Segment-Total-Length"] is { } total && total != length.ToString(null, null)) yield return $"its segments hold {length} bytes, and WARC-Segment-Total-Length says {total}";
    }
}
