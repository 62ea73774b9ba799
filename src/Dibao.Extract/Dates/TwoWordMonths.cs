namespace Dibao.Extract.Dates;

/// <summary>Months of more than one token: the Levant's (كانون الثاني), and Thai's short forms (พ.ย.).</summary>
internal static class TwoWordMonths
{
    private static readonly Dictionary<(string, string), int> Levant = new()
    {
        [("كانون", "الثاني")] = 1, [("تشرين", "الأول")] = 10, [("تشرين", "الاول")] = 10, [("تشرين", "الثاني")] = 11, [("كانون", "الأول")] = 12, [("كانون", "الاول")] = 12,
    };

    private static readonly Dictionary<(string, string), int> Thai = new()
    {
        [("ม", "ค")] = 1, [("ก", "พ")] = 2, [("มี", "ค")] = 3, [("เม", "ย")] = 4, [("พ", "ค")] = 5, [("มิ", "ย")] = 6,
        [("ก", "ค")] = 7, [("ส", "ค")] = 8, [("ก", "ย")] = 9, [("ต", "ค")] = 10, [("พ", "ย")] = 11, [("ธ", "ค")] = 12,
    };

    public static bool TryRead(List<DateToken> t, int at, out int month, out int used)
    {
        (month, used) = (0, 0);
        if (at + 1 < t.Count && Levant.TryGetValue((t[at].Word, t[at + 1].Word), out month)) { used = 2; return true; }
        if (at + 2 >= t.Count || t[at + 1].Mark != '.' || !Thai.TryGetValue((t[at].Word, t[at + 2].Word), out month)) return false;
        used = 3;
        return true;
    }
}
