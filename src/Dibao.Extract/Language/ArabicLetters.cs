namespace Dibao.Extract.Language;

/// <summary>Tells languages in Arabic script apart by letters that the others do not write.</summary>
internal static class ArabicLetters
{
    public static string LanguageOf(ReadOnlySpan<char> text)
    {
        var seen = new LetterCounts(text, '\u0600', '\u06ff');
        if (seen.Has(10, "ټډړږښګڼۍ")) return "ps";
        if (seen.Has(10, "ڕڵێ")) return "ckb";
        if (seen.Has(84, "ۇۆۈۋېەڭ")) return "ug";
        if (seen.Has(10, "ٻڀٿڦڳڪ")) return "sd";
        if (seen.Has(25, "ٹڈڑےں")) return "ur";
        return seen.Has(17, "پچژگ") ? "fa" : "ar";
    }
}
