using System.Collections.Frozen;

namespace Dibao.Extract.Dates;

/// <summary>Times told from the reader's now: <c>2 hours ago</c>, <c>hace 2 horas</c>, <c>vor 3 Tagen</c>, <c>5小时前</c>, <c>2 часа назад</c>.</summary>
internal static class RelativeTime
{
    private const int MaxRest = 24;

    private static readonly FrozenSet<string> Ago = Set(
        "ago hace vor il há fa geleden sedan siden temu назад тому önce قبل منذ پیش पहले আগে trước lalu sitten 前 전 เมื่อ ที่แล้ว πριν před pred przed");

    private static readonly FrozenDictionary<string, int> Minutes = Units(
        (1, "minute minutes min mins minuto minutos minuti minuut minuten minuter minutter minut minuty minutu minúta dakika минут минуты минуту хвилин хвилини دقيقة دقائق دقیقه मिनट মিনিট phút menit minit minuuttia 分 分钟 分鐘 분 นาที λεπτά perc dakika"),
        (60, "hour hours hr hrs h hora horas heure heures stunde stunden std ore ora uur uren timmar timme timer time godzin godziny godzinę hodin hodinami hodinou saat часов часа час годин години ساعة ساعات ساعت घंटे घंटा ঘণ্টা giờ jam tuntia 小时 小時 時間 시간 ชั่วโมง ώρες óra sati sata masaa"),
        (1440, "day days día días dia dias jour jours tag tage tagen giorno giorni dag dagen dagar dage dager dni dzień dny dny gün дней дня день днів дні يوم أيام روز दिन দিন ngày hari päivää 天 日 일 วัน ημέρες nap dana"),
        (10080, "week weeks semana semanas semaine semaines woche wochen settimana settimane weken vecka veckor uke uker tygodni hafta недель недели тижнів أسبوع أسابيع هفته सप्ताह tuần minggu viikkoa 周 週 주"));

    /// <summary>False for anything with more around it than a label.</summary>
    public static bool TryRead(string text, DateTimeOffset now, out DateTimeOffset time)
    {
        time = default;
        if (text.Length > 80) return false;
        var tokens = DateToken.Read(text);
        var number = tokens.FindIndex(t => t.IsNumber && t.Digits <= 3);
        if (number < 0 || number + 1 >= tokens.Count || !tokens.Exists(t => Ago.Contains(t.Word))) return false;
        if (!TryUnit(tokens, number + 1, out var minutes, out var used)) return false;
        var rest = tokens.Where((t, i) => i < number || i >= number + 1 + used).Sum(t => t.Word.Length + t.Digits);
        if (rest > MaxRest) return false;
        time = now - TimeSpan.FromMinutes((double)tokens[number].Number * minutes);
        return true;
    }

    // Han and hangul come a character a token.
    private static bool TryUnit(List<DateToken> t, int at, out int minutes, out int used)
    {
        used = 2;
        if (at + 1 < t.Count && t[at].Word.Length == 1 && Minutes.TryGetValue(t[at].Word + t[at + 1].Word, out minutes)) return true;
        used = 1;
        return Minutes.TryGetValue(t[at].Word, out minutes);
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, int> Units(params (int Minutes, string Words)[] units)
    {
        var all = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (minutes, words) in units)
            foreach (var word in words.Split(' ')) all.TryAdd(word, minutes);
        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
