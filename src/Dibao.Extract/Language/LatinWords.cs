using System.Collections.Frozen;
using System.Numerics;

namespace Dibao.Extract.Language;

/// <summary>The commonest short words of languages in Latin script.</summary>
internal static class LatinWords
{
    private const int MinHits = 3;

    // Of all words; in texts of the languages that are listed no fewer than 1 in 28 is one. Of Zulu's 1 in 60 looks like Portuguese.
    private const int MostWordsAHit = 33;

    private static readonly (string Language, FrozenSet<string> Words)[] Lists =
    [
        List("en", "the and of to in that is was for with on as by at from have has it are be not this which"),
        List("de", "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch werden"),
        List("fr", "le la les un une des et à en du dans pour que qui sur pas au est par plus avec sont ce il ne se"),
        List("es", "el la los las un una de del en que y por con para se como más su al lo pero ha fue no es"),
        List("it", "il lo la gli le i un una di del della dei delle al alla nel nella che è e per con non sono più anche come ma si da dal ha hanno"),
        List("pt", "a o os as um uma de do da dos das em no na que e não para com por mais ao pela são como foi se"),
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
        List("nb", "og i det er en på til for med som av den at ikke et har om fra ble være"),
        List("ca", "el la els les un una de del i en que per amb no és al dels més com ha va"),
        List("hr", "i u je na se za da od su koji kao iz što ne bi nije te ili"),
        List("sk", "a v na sa je že to do zo aj ako ktorý pre sú pri po od bol"),
        List("sl", "in je v na se za da so ki ne pa po od bi tudi ali pri"),
        List("et", "ja on ei et ta see oli kui ka mis aga või oma tema ning"),
        List("lv", "un ir par no ar uz ka kas bet arī tas pie lai nav vai"),
        List("lt", "ir yra kad su už į iš bet tai kaip ne buvo apie jau dėl"),
        List("sq", "dhe në e të një për me nga që është i ka më se"),
        List("sw", "na ya wa kwa ni katika za la kuwa hii hiyo kama au lakini"),
        List("tl", "ang ng sa na mga at ay para si ito hindi may kung"),
        List("af", "die van en in is het dat nie vir op met om te wat sy"),
        List("eu", "eta da ez du bat dira zuen dute baina ere izan zen"),
        List("az", "və bu bir ilə üçün də ki daha olan kimi sonra edib"),
        List("zu", "ukuthi nokuthi futhi kodwa kanye ukuze uma lapho ngoba kusho nje kakhulu khona lokho le lo la ngesikhathi wathi uthe"),
        List("fi", "ja on ei että se oli hän mutta ovat kun myös joka sen"),
        List("hu", "a az és hogy nem is egy meg volt ez csak már"),
        List("ha", "da na a ta ya ce cewa ba don wannan kuma sun an wani daga amma wanda cikin"),
        List("so", "oo ka ku ay iyo in uu waa la ee ayaa waxa soo kale waxaa waxay"),
        List("uz", "va bu bilan uchun ham bir deb edi esa kerak haqida shu emas"),
        List("ku", "û li ku bi de ji di ya yê jî ev wî ser xwe ew nav"),
        List("tk", "we bu bilen üçin hem bir boldy edip diýip soň ýyl"),
        List("rw", "mu na ku ko ni iyo kandi muri kuri aho bya cyane ariko kugira"),
        List("ig", "na nke ndị ya bụ ka onye maka dị ahụ ha ga"),
        List("mg", "ny sy ary fa dia izany amin tsy ho ao no tamin efa ireo"),
        List("cy", "yn ar yr ei ac am mae bod gan wedi oedd eu fod hefyd"),
        List("ga", "an na agus ar go le is bhí sé tá ag do chun sin"),
        List("mt", "il li u ta fil minn ma kien għal biex dan ghal hija fuq"),
        List("ht", "nan yo ki pou ak te pa sou li yon gen"),
        List("lb", "an de vun der déi den op ass fir mat huet och et si"),
        List("ceb", "ang sa na nga mga usab alang ug ni kay niya dili kini"),
    ];

    // For each word a bit for every list that has it: one look-up a word, not one a language.
    private static readonly FrozenDictionary<string, ulong> ListsOf = Lists
        .SelectMany((list, at) => list.Words.Select(word => (Word: word, Bit: 1UL << at)))
        .GroupBy(word => word.Word, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(group => group.Key, group => group.Aggregate(0UL, (bits, word) => bits | word.Bit), StringComparer.OrdinalIgnoreCase);

    private static (string Language, FrozenSet<string> Words) List(string language, string words) =>
        (language, words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>Null when fewer than three words are known, or too few of all, or no language leads.</summary>
    public static string? Detect(ReadOnlySpan<char> text)
    {
        Span<int> hits = stackalloc int[Lists.Length];
        var (start, words) = (-1, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetter(text[i])) { if (start < 0) start = i; continue; }
            if (start < 0) continue;
            Count(text[start..i], hits);
            (start, words) = (-1, words + 1);
        }

        var best = 0;
        for (var i = 1; i < hits.Length; i++)
            if (hits[i] > hits[best]) best = i;
        var second = 0;
        for (var i = 0; i < hits.Length; i++)
            if (i != best) second = Math.Max(second, hits[i]);
        return hits[best] >= MinHits && hits[best] > second && hits[best] * MostWordsAHit >= words ? Lists[best].Language : null;
    }

    private static void Count(ReadOnlySpan<char> word, Span<int> hits)
    {
        if (word.Length > 8) return;
        if (!ListsOf.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var lists)) return;
        for (; lists != 0; lists &= lists - 1) hits[BitOperations.TrailingZeroCount(lists)]++;
    }
}
