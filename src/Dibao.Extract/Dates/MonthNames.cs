using System.Collections.Frozen;

namespace Dibao.Extract.Dates;

internal static class MonthNames
{
    // One line a language, January first; forms of one month divided by a slash.
    private static readonly string[] Lines =
    [
        "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept october/oct november/nov december/dec",
        "januar/jänner/jän februar/feber/febr märz/mrz/mär april mai juni juli august september oktober/okt november dezember/dez",
        "janvier/janv février/févr/fevrier mars avril/avr mai juin juillet/juil août/aout septembre octobre novembre décembre/déc/decembre",
        "enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre octubre noviembre diciembre/dic",
        "gennaio/gen febbraio marzo aprile maggio/mag giugno/giu luglio/lug agosto settembre/set ottobre/ott novembre dicembre",
        "janeiro fevereiro/fev março abril maio/mai junho julho agosto setembro outubro/out novembro dezembro",
        "januari februari maart/mrt april mei juni juli augustus september oktober november december",
        "januari februari mars april maj juni juli augusti september oktober november december",
        "januar februar mars/marts april mai/maj juni juli august september oktober november desember/december/des",
        "janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września/wrzesnia października/pazdziernika listopada grudnia",
        "ocak şubat/subat mart nisan mayıs/mayis haziran temmuz ağustos/agustos eylül/eylul ekim kasım/kasim aralık/aralik",
        "января/янв февраля/фев марта/мар апреля/апр мая июня/июн июля/июл августа/авг сентября/сен октября/окт ноября/ноя декабря/дек",
        "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
        "januari februari/peb maret april mei juni juli agustus/agt september oktober november/nop desember",
        "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
        "ledna února března dubna května června července srpna září října listopadu prosince",
        "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου",
        "يناير فبراير مارس أبريل/ابريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
        "जनवरी फ़रवरी/फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर/सितम्बर अक्टूबर नवंबर/नवम्बर दिसंबर/दिसम्बर",
    ];

    public static FrozenDictionary<string, int> Numbers { get; } = Read().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What may stand between the parts of a date.</summary>
    public static FrozenSet<string> Between { get; } = new[] { "de", "of", "del", "st", "nd", "rd", "th", "er", "den", "di" }.ToFrozenSet(StringComparer.Ordinal);

    private static Dictionary<string, int> Read()
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in Lines)
        {
            var month = 0;
            foreach (var forms in line.Split(' '))
            {
                month++;
                foreach (var form in forms.Split('/')) numbers.TryAdd(form, month);
            }
        }

        return numbers;
    }
}
