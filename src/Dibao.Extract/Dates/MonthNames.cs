using System.Collections.Frozen;

namespace Dibao.Extract.Dates;

/// <summary>Names of months as news writes them: full and short, as a date declines them.</summary>
internal static class MonthNames
{
    // One line a language, January first; forms of one month divided by a slash. The first to name a word has it.
    private static readonly string[] Lines =
    [
        "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept october/oct november/nov december/dec",
        "januar/jänner/jän februar/feber/febr märz/mrz/mär april mai juni juli august september oktober/okt november dezember/dez",
        "janvier/janv février/févr/fevrier/fév mars avril/avr mai juin juillet/juil août/aout septembre octobre novembre décembre/déc/decembre",
        "enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre octubre noviembre diciembre/dic",
        "gennaio/gen febbraio marzo aprile maggio/mag giugno/giu luglio/lug agosto settembre/set ottobre/ott novembre dicembre",
        "janeiro fevereiro/fev março abril maio/mai junho julho agosto setembro outubro/out novembro dezembro",
        "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
        "januari februari maart/mrt april mei juni juli augustus september oktober november december",
        "januari februari mars april maj juni juli augusti september oktober november december",
        "januar februar mars/marts april mai/maj juni juli august september oktober november desember/december/des",
        "janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",
        "tammikuuta/tammikuu helmikuuta/helmikuu maaliskuuta/maaliskuu huhtikuuta/huhtikuu toukokuuta/toukokuu kesäkuuta/kesäkuu heinäkuuta/heinäkuu elokuuta/elokuu syyskuuta/syyskuu lokakuuta/lokakuu marraskuuta/marraskuu joulukuuta/joulukuu",
        "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
        "janvāris/janvāra/janvārī februāris/februāra/februārī marts/marta/martā aprīlis/aprīļa/aprīlī maijs/maija/maijā jūnijs/jūnija/jūnijā jūlijs/jūlija/jūlijā augusts/augusta/augustā septembris/septembra/septembrī oktobris/oktobra/oktobrī novembris/novembra/novembrī decembris/decembra/decembrī",
        "sausio/sausis vasario/vasaris kovo/kovas balandžio/balandis gegužės/gegužė birželio/birželis liepos/liepa rugpjūčio/rugpjūtis rugsėjo/rugsėjis spalio/spalis lapkričio/lapkritis gruodžio/gruodis",
        "stycznia/styczeń lutego/luty marca/marzec kwietnia/kwiecień maja/maj czerwca/czerwiec lipca/lipiec sierpnia/sierpień września/wrzesnia/wrzesień października/pazdziernika/październik listopada/listopad grudnia/grudzień",
        "ledna/leden února/únor března/březen dubna/duben května/květen června/červen července/červenec srpna/srpen září října/říjen listopadu prosince/prosinec",
        "januára februára marca/marec apríla/apríl mája/máj júna/jún júla/júl augusta septembra októbra/október novembra decembra",
        "siječnja/siječanj veljače/veljača ožujka/ožujak travnja/travanj svibnja/svibanj lipnja/lipanj srpnja/srpanj kolovoza/kolovoz rujna/rujan listopada studenoga/studenog/studeni prosinca/prosinac",
        "januara februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra",
        "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra",
        "január/jan február/febr március/márc április/ápr május/máj június/jún július/júl augusztus/aug szeptember/szept október/okt november/nov december/dec",
        "ianuarie/ian februarie martie aprilie mai iunie/iun iulie/iul august septembrie octombrie noiembrie/noi decembrie",
        "ocak şubat/subat mart nisan mayıs/mayis haziran temmuz ağustos/agustos eylül/eylul ekim kasım/kasim aralık/aralik",
        "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
        "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor",
        "urtarrilaren/urtarrila otsailaren/otsaila martxoaren/martxoa apirilaren/apirila maiatzaren/maiatza ekainaren/ekaina uztailaren/uztaila abuztuaren/abuztua irailaren/iraila urriaren/urria azaroaren/azaroa abenduaren/abendua",
        "januari februari/peb maret april mei juni juli agustus/agt/ags september oktober november/nop desember",
        "januari februari mac april mei jun julai ogos september oktober november disember/dis",
        "enero pebrero marso abril mayo hunyo hulyo agosto setyembre oktubre nobyembre disyembre",
        "januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba",
        "января/январь/янв февраля/февраль/фев/февр марта/март/мар апреля/апрель/апр мая/май июня/июнь/июн июля/июль/июл августа/август/авг сентября/сентябрь/сен/сент октября/октябрь/окт ноября/ноябрь/ноя/нояб декабря/декабрь/дек",
        "січня/січень лютого/лютий березня/березень квітня/квітень травня/травень червня/червень липня/липень серпня/серпень вересня/вересень жовтня/жовтень листопада/листопад грудня/грудень",
        "студзеня/студзень лютага/люты сакавіка/сакавік красавіка/красавік мая/май чэрвеня/чэрвень ліпеня/ліпень жніўня/жнівень верасня/верасень кастрычніка/кастрычнік лістапада/лістапад снежня/снежань",
        "януари февруари март април май юни юли август септември октомври ноември декември",
        "јануар/јануара фебруар/фебруара март/марта април/априла мај/маја јун/јуна јул/јула август/августа септембар/септембра октобар/октобра новембар/новембра децембар/децембра",
        "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
        "ιανουαρίου/ιανουάριος/ιαν φεβρουαρίου/φεβρουάριος/φεβ μαρτίου/μάρτιος/μαρ απριλίου/απρίλιος/απρ μαΐου/μάιος/μαϊ/μαΐ ιουνίου/ιούνιος/ιουν ιουλίου/ιούλιος/ιουλ αυγούστου/αύγουστος/αυγ σεπτεμβρίου/σεπτέμβριος/σεπ οκτωβρίου/οκτώβριος/οκτ νοεμβρίου/νοέμβριος/νοε δεκεμβρίου/δεκέμβριος/δεκ",
        "ιανουαριου φεβρουαριου μαρτιου απριλιου μαϊου/μαιου ιουνιου ιουλιου αυγουστου σεπτεμβριου οκτωβριου νοεμβριου δεκεμβριου", // capitals have no accents
        "يناير/جانفي فبراير/فيفري/شباط مارس/آذار أبريل/ابريل/أفريل/إبريل/نيسان مايو/ماي/أيار/ايار يونيو/جوان/حزيران يوليو/جويلية/تموز أغسطس/اغسطس/أوت/آب سبتمبر/شتنبر/أيلول/ايلول أكتوبر/اكتوبر نوفمبر/نونبر ديسمبر/دجنبر",
        "ژانویه فوریه مارس آوریل مه/می ژوئن/جون ژوئیه/جولای اوت/آگوست سپتامبر اکتبر نوامبر دسامبر",
        "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
        "जनवरी फ़रवरी/फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर/सितम्बर अक्टूबर नवंबर/नवम्बर दिसंबर/दिसम्बर",
        "जानेवारी फेब्रुवारी/फेब्रुअरी मार्च एप्रिल/अप्रिल मे जून/जुन जुलै/जुलाई ऑगस्ट/अगस्त सप्टेंबर/सेप्टेम्बर ऑक्टोबर/अक्टोबर नोव्हेंबर/नोभेम्बर डिसेंबर/डिसेम्बर",
        "জানুয়ারি/জানুয়ারী ফেব্রুয়ারি/ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট/অগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
        "ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்",
        "జనవరి ఫిబ్రవరి మార్చి ఏప్రిల్ మే జూన్ జులై/జూలై ఆగస్టు సెప్టెంబర్ అక్టోబర్ నవంబర్ డిసెంబర్",
        "જાન્યુઆરી ફેબ્રુઆરી માર્ચ એપ્રિલ મે જૂન જુલાઈ ઓગસ્ટ સપ્ટેમ્બર ઓક્ટોબર નવેમ્બર ડિસેમ્બર",
        "ജനുവരി ഫെബ്രുവരി മാർച്ച് ഏപ്രിൽ മേയ് ജൂൺ ജൂലൈ ഓഗസ്റ്റ് സെപ്റ്റംബർ ഒക്ടോബർ നവംബർ ഡിസംബർ",
        "ਜਨਵਰੀ ਫਰਵਰੀ ਮਾਰਚ ਅਪ੍ਰੈਲ ਮਈ ਜੂਨ ਜੁਲਾਈ ਅਗਸਤ ਸਤੰਬਰ ਅਕਤੂਬਰ ਨਵੰਬਰ ਦਸੰਬਰ",
        "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
        "ינואר/בינואר פברואר/בפברואר מרץ/מרס/במרץ/במרס אפריל/באפריל מאי/במאי יוני/ביוני יולי/ביולי אוגוסט/באוגוסט ספטמבר/בספטמבר אוקטובר/באוקטובר נובמבר/בנובמבר דצמבר/בדצמבר",
        "იანვარი/იანვარს თებერვალი/თებერვალს მარტი/მარტს აპრილი/აპრილს მაისი/მაისს ივნისი/ივნისს ივლისი/ივლისს აგვისტო/აგვისტოს სექტემბერი/სექტემბერს ოქტომბერი/ოქტომბერს ნოემბერი/ნოემბერს დეკემბერი/დეკემბერს",
        "հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի հոկտեմբերի նոյեմբերի դեկտեմբերի",
    ];

    // The Solar Hijri months of Iran and Afghanistan, Farvardin first.
    private const string SolarHijri = "فروردین/حمل اردیبهشت/ثور خرداد/جوزا تیر/سرطان مرداد/اسد شهریور/سنبله مهر/میزان آبان/عقرب آذر/قوس دی/جدی بهمن/دلو اسفند/حوت";

    public static FrozenDictionary<string, int> Numbers { get; } = Read(Lines).ToFrozenDictionary(StringComparer.Ordinal);

    public static FrozenDictionary<string, int> SolarHijriNumbers { get; } = Read([SolarHijri]).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What may stand between the parts of a date.</summary>
    public static FrozenSet<string> Between { get; } = new[]
    {
        "de", "of", "del", "d", "st", "nd", "rd", "th", "er", "den", "di", "da", "the", "g", "gada", "m", "i", "ng", "року", "года", "г", "р", "ta", "a", "tháng", "năm", "thang", "nam", "º",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Short forms, of which most are words in other languages; and listopada, which is October in Croatian, November in Polish and Ukrainian.
    private static readonly Dictionary<string, Dictionary<string, int>> OfLanguage = new(StringComparer.Ordinal)
    {
        ["pl"] = Read(["sty lut mar kwi maj cze lip sie wrz paź lis gru"]),
        ["cs"] = Read(["led úno bře dub kvě čvn čvc srp zář říj lis pro"]),
        ["hr"] = Read(["sij velj ožu tra svi lip srp kol ruj lis/listopad/listopada stu pro"]),
        ["bs"] = Read(["sij velj ožu tra svi lip srp kol ruj lis/listopad/listopada stu pro"]),
        ["fi"] = Read(["tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu"]),
        ["tr"] = Read(["oca şub mar nis may haz tem ağu eyl eki kas ara"]),
        ["id"] = Read(["jan feb mar apr mei jun jul agu sep okt nov des"]),
        ["uk"] = Read(["січ лют бер/берез кві/квіт тра/трав чер/черв лип сер/серп вер/верес жов/жовт лис/лист гру/груд"]),
    };

    /// <param name="language">With or without a region.</param>
    public static bool TryMonth(string word, string? language, out int month)
    {
        if (language is { Length: >= 2 } && (language.Length == 2 || language[2] == '-') && OfLanguage.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(language.AsSpan(0, 2), out var own) && own.TryGetValue(word, out month)) return true;
        return Numbers.TryGetValue(word, out month);
    }

    private static Dictionary<string, int> Read(IEnumerable<string> lines)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in lines)
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
