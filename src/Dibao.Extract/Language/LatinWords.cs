using System.Collections.Frozen;

namespace Dibao.Extract.Language;

/// <summary>The commonest short words of languages in Latin script.</summary>
internal static class LatinWords
{
    private const int MinHits = 3;
    private static readonly (string Language, FrozenSet<string> Words)[] Lists =
    [
        List("en", "the and of to in that is was for with on as by at from have has it are be not this which"),
        List("de", "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch werden"),
        List("fr", "le la les des et une du dans pour que qui sur pas au est par plus avec sont ce il"),
        List("es", "el la los las una del que por con para se como más su al lo pero ha fue y"),
        List("it", "il che di della per una sono del non con gli nel alla più dei delle anche è si da"),
        List("pt", "o os uma não para com do da dos das em que foi mais ao pela são como no na"),
        List("nl", "de het een van en dat niet op zijn voor met aan er ook als bij door maar naar"),
        List("pl", "w na się nie że do jest oraz przez dla po ale od jak jego będzie który są"),
        List("tr", "ve bir bu için ile da de olarak daha çok olan gibi sonra kadar ancak değil"),
        List("vi", "và của là có cho các được trong không người với một những này đã khi ông"),
        List("id", "yang dan di dengan untuk dari ini itu pada tidak dalam akan juga oleh karena"),
        List("sv", "och att det som en på är av för med till den har inte om ett men"),
        List("da", "og at det er en på til af for med den som har ikke der et"),
        List("is", "og að er sem til var við það ekki með fyrir hann um en"),
        List("ro", "și în de la cu care pe pentru din este nu mai au fost"),
        List("cs", "a se na že je by to v ale jako jsou také který podle už"),
        List("fi", "ja on ei että se oli hän mutta ovat kun myös joka sen"),
        List("hu", "a az és hogy nem is egy meg volt ez csak már"),
    ];

    private static (string Language, FrozenSet<string> Words) List(string language, string words) =>
        (language, words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>Null when fewer than three words are known or no language leads.</summary>
    public static string? Detect(ReadOnlySpan<char> text)
    {
        Span<int> hits = stackalloc int[Lists.Length];
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetter(text[i])) { if (start < 0) start = i; continue; }
            if (start >= 0) Count(text[start..i], hits);
            start = -1;
        }

        var best = 0;
        for (var i = 1; i < hits.Length; i++)
            if (hits[i] > hits[best]) best = i;
        var second = 0;
        for (var i = 0; i < hits.Length; i++)
            if (i != best) second = Math.Max(second, hits[i]);
        return hits[best] >= MinHits && hits[best] > second ? Lists[best].Language : null;
    }

    private static void Count(ReadOnlySpan<char> word, Span<int> hits)
    {
        if (word.Length > 8) return;
        for (var i = 0; i < Lists.Length; i++)
            if (Lists[i].Words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word)) hits[i]++;
    }
}
