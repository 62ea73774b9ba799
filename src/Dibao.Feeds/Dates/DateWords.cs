using System.Collections.Frozen;
using System.Globalization;

namespace Dibao.Feeds.Dates;

/// <summary>Months, weekdays, zones and the words between them.</summary>
internal static class DateWords
{
    // English, French, German, Spanish, Italian, Portuguese, Dutch, Scandinavian, Polish, Czech, Russian, Ukrainian, Greek, Turkish,
    // Hungarian, Romanian, Finnish, Indonesian, Vietnamese is written with numbers. One line a month.
    private const string Months = """
        january jan janv janvier januar jänner jän enero ene gennaio gen janeiro januari styczeń stycznia sty leden ledna январь января янв січень січня січ ιανουάριος ιανουαρίου ιαν ocak oca január ianuarie ian tammikuu tammikuuta
        february feb febr février févr fév februar feber febrero febbraio fevereiro fev februari luty lutego lut únor února февраль февраля фев февр лютий лютого лют φεβρουάριος φεβρουαρίου φεβ şubat şub február februarie helmikuu helmikuuta
        march mar mars märz mär mrz marzo março maart mrt marts marzec marca březen března март марта мар березень березня бер μάρτιος μαρτίου μαρ μάρ mart március márc martie maaliskuu maaliskuuta maret
        april apr avril avr abril abr aprile kwiecień kwietnia kwi duben dubna апрель апреля апр квітень квітня кві απρίλιος απριλίου απρ nisan nis április ápr aprilie huhtikuu huhtikuuta
        may mai mayo maggio mag maio mei maj maja květen května май мая травень травня тра μάιος μαΐου μαι μάι mayıs május máj toukokuu toukokuuta
        june jun juin juni junio giugno giu junho czerwiec czerwca cze červen června июнь июня июн червень червня чер ιούνιος ιουνίου ιουν ιούν haziran haz június jún iunie iun kesäkuu kesäkuuta
        july jul juil juillet juli julio luglio lug julho lipiec lipca lip červenec července июль июля июл липень липня лип ιούλιος ιουλίου ιουλ ιούλ temmuz tem július júl iulie iul heinäkuu heinäkuuta
        august aug août aout agosto ago augustus augusti sierpień sierpnia sie srpen srpna август августа авг серпень серпня сер αύγουστος αυγούστου αυγ αύγ ağustos ağu augusztus elokuu elokuuta agustus agu
        september sep sept septembre septiembre set settembre setembro wrzesień września wrz září сентябрь сентября сен сент вересень вересня вер σεπτέμβριος σεπτεμβρίου σεπ σεπτ eylül eyl szeptember szept septembrie syyskuu syyskuuta
        october oct octobre oktober okt octubre ottobre ott outubro out październik października paź říjen října октябрь октября окт жовтень жовтня жов οκτώβριος οκτωβρίου οκτ ekim eki október octombrie lokakuu lokakuuta
        november nov novembre noviembre novembro listopad listopada lis ноябрь ноября ноя нояб листопад листопада лис νοέμβριος νοεμβρίου νοε νοέ kasım kas noiembrie marraskuu marraskuuta
        december dec déc décembre dezember dez diciembre dic dicembre dezembro desember des grudzień grudnia gru prosinec prosince декабрь декабря дек грудень грудня гру δεκέμβριος δεκεμβρίου δεκ aralık ara decembrie joulukuu joulukuuta desember
        """;

    // Minutes east of Greenwich.
    private const string Zones =
        "z=0 gmt=0 utc=0 ut=0 wet=0 et=-300 est=-300 edt=-240 ct=-360 cst=-360 cdt=-300 mt=-420 mst=-420 mdt=-360 pt=-480 pst=-480 " +
        "pdt=-420 at=-240 ast=-240 adt=-180 nst=-210 ndt=-150 akst=-540 akdt=-480 hst=-600 cet=60 cest=120 met=60 mest=120 mez=60 " +
        "mesz=120 eet=120 eest=180 msk=180 msd=240 bst=60 ist=330 west=60 wat=60 cat=120 eat=180 sast=120 trt=180 irst=210 gst=240 " +
        "pkt=300 npt=345 ict=420 wib=420 bjt=480 hkt=480 sgt=480 pht=480 myt=480 awst=480 jst=540 kst=540 acst=570 acdt=630 aest=600 " +
        "aedt=660 nzst=720 nzdt=780 brt=-180 brst=-120 art=-180 clt=-240 clst=-180";

    private const string Fillers =
        "t at on of the de del le la les den der am um uhr h à o ora ore kl klo th st nd rd er º ª г года год в р y and " +
        "mon tue tues wed wednes thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday";

    private static readonly FrozenDictionary<string, int> MonthByName = Months.Split('\n')
        .SelectMany((line, index) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => (Name: Fold(name), index)))
        .DistinctBy(month => month.Name)
        .ToFrozenDictionary(month => month.Name, month => month.index + 1);

    private static readonly FrozenDictionary<string, int> ZoneByName = Zones.Split(' ')
        .Select(pair => pair.Split('='))
        .ToFrozenDictionary(pair => pair[0], pair => int.Parse(pair[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));

    private static readonly FrozenSet<string> FillerWords = Fillers.Split(' ').Select(Fold).ToFrozenSet();

    /// <summary>1 to 12, or 0 when the word is no month.</summary>
    public static int Month(string word) => MonthByName.GetValueOrDefault(word);

    public static bool TryZone(string word, out int minutes) => ZoneByName.TryGetValue(word, out minutes);

    public static bool IsFiller(string word) => FillerWords.Contains(word);

    /// <summary>Lower case without accents, so that <c>fevrier</c> and <c>Février</c> are one word.</summary>
    public static string Fold(string word)
    {
        var lower = word.ToLowerInvariant();
        return System.Text.Ascii.IsValid(lower)
            ? lower
            : string.Concat(lower.Normalize(System.Text.NormalizationForm.FormD)
                .Where(character => char.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark));
    }
}
