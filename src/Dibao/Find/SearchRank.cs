using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Dibao.Find.Native;

namespace Dibao.Find;

/// <summary>
/// The rank of one hit, from that hit alone: bm25() asks how rare each word is, which for a common word means
/// reading all its hits, half a second in an archive of a million.
/// </summary>
internal static unsafe class SearchRank
{
    private const int Body = 0;
    private const int Title = 1;

    private const double TitleWeight = 4;
    private const double FactWeight = 2;
    private const double LeadWeight = 1;

    /// <summary>Tokens from the beginning of the body within which an earlier match counts more.</summary>
    private const int LeadLength = 100;

    /// <summary>Tokens; a body of this length is neither favoured nor held back.</summary>
    private const double UsualLength = 800;

    private const double Unranked = -1;

    /// <summary><c>dibao_rank(search, n, most)</c>: n is how many phrases, from the first, are words that were asked for;
    /// from row <c>most</c> of the query on the rank is -1, since ranking costs several times what counting does.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static void Rank(Fts5.ExtensionApi* api, nint row, nint result, int count, nint* values)
    {
        if (count != 2 || !IsAmongFirst(api, row, Fts5.ValueInt(values[1])))
        {
            Fts5.ResultDouble(result, Unranked);
            return;
        }
        var phrases = Math.Clamp(Fts5.ValueInt(values[0]), 0, SearchQuery.MaxTerms);
        var found = stackalloc Counts[SearchQuery.MaxTerms];
        CountInstances(api, row, found, phrases);
        int length;
        if (api->ColumnSize(row, Body, &length) != Fts5.Ok) length = (int)UsualLength;
        double score = 0;
        for (var i = 0; i < phrases; i++) score += Score(found[i], length);
        Fts5.ResultDouble(result, score);
    }

    // FTS5 keeps one pointer for each function in a query: here it is the number of rows, not an address.
    private static bool IsAmongFirst(Fts5.ExtensionApi* api, nint row, int most)
    {
        var rows = api->GetAuxiliary(row, 0);
        return rows < most && api->SetAuxiliary(row, rows + 1, 0) == Fts5.Ok;
    }

    private static void CountInstances(Fts5.ExtensionApi* api, nint row, Counts* found, int phrases)
    {
        int instances;
        if (api->InstanceCount(row, &instances) != Fts5.Ok) return;
        for (var i = 0; i < instances; i++)
        {
            int phrase, column, offset;
            if (api->Instance(row, i, &phrase, &column, &offset) != Fts5.Ok) return;
            if (phrase < phrases) Add(ref found[phrase], column, offset);
        }
    }

    private static void Add(ref Counts counts, int column, int offset)
    {
        if (column == Title) { counts.Title++; return; }
        if (column != Body) { counts.Facts++; return; }
        if (counts.Body++ == 0) counts.First = offset; // instances come in order
    }

    // Saturating, as in BM25 (k1 = 1.2, b = 0.75): the tenth mention says less than the second.
    private static double Score(Counts counts, int length)
    {
        var score = counts.Body / (counts.Body + (1.2 * (0.25 + (0.75 * length / UsualLength))));
        if (counts.Body > 0 && counts.First < LeadLength) score += LeadWeight * (1 - ((double)counts.First / LeadLength));
        score += TitleWeight * counts.Title / (counts.Title + 0.5);
        return score + (counts.Facts > 0 ? FactWeight : 0);
    }

    private struct Counts
    {
        public int Body;
        public int Title;
        public int Facts;
        public int First;
    }
}
