namespace Dibao.Find;

/// <summary>A day as it is typed in a query: <c>2023</c>, <c>2023-11</c>, <c>2023-11-01</c>, also with <c>/</c> or <c>.</c></summary>
internal static class QueryDate
{
    /// <param name="text">As typed.</param>
    /// <param name="day">The first day of what was named.</param>
    public static bool TryRead(string text, out DateOnly day)
    {
        day = default;
        var parts = text.Split('-', '/', '.');
        if (parts.Length > 3 || !TryNumber(parts[0], 4, out var year) || year == 0) return false;
        var month = 1;
        var date = 1;
        if (parts.Length > 1 && (!TryNumber(parts[1], 2, out month) || month is 0 or > 12)) return false;
        if (parts.Length > 2 && (!TryNumber(parts[2], 2, out date) || date == 0 || date > DateTime.DaysInMonth(year, month))) return false;
        day = new DateOnly(year, month, date);
        return true;
    }

    private static bool TryNumber(string digits, int maxLength, out int number)
    {
        number = 0;
        if (digits.Length == 0 || digits.Length > maxLength) return false;
        foreach (var c in digits)
        {
            var digit = c is >= '０' and <= '９' ? c - '０' : c - '0';
            if (digit is < 0 or > 9) return false;
            number = (number * 10) + digit;
        }
        return maxLength == 2 || digits.Length == 4;
    }
}
