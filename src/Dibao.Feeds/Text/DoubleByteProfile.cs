using System.Collections.Frozen;

namespace Dibao.Feeds.Text;

/// <summary>How well bytes read in the East Asian encodings, judged by code: where a national standard put its frequent characters.</summary>
internal static class DoubleByteProfile
{
    private const double Invalid = -2;

    private static readonly FrozenSet<int> Simplified = Codes("gb18030",
        "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文" +
        "无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业" +
        "最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活" +
        "难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱" +
        "让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技" +
        "标闻发布网中国政府经济记者社会企业习近平主席香港台湾美国疫情服务中心讯版副刊评论财经体育娱乐科技国际，。、：；？！“”《》（）");

    private static readonly FrozenSet<int> Traditional = Codes("big5",
        "的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可她裡後小麼心多天而能好都然沒日於起還發成事只作當想看文" +
        "無開手十用主行方又如前所本見經頭面公同三已老從動兩長知民樣現分將外但身些與高意進把法此實回二理美點月明其種聲全工己話兒者向情部正名定女問力機給等幾很業" +
        "最間新什打便位因重被走電四第門相次東政海口使教西再平真聽世氣信北少關並內加化由卻代軍產入先山五太水萬市眼體別處總才場師書比住員九笑性通目華報立馬命張活" +
        "難神數件安表原車白應路期叫死常提感金何更反合放做系計或司利受光王果親界及今京務制解各任至清物台象記邊共風戰幹接它許八特覺望直服毛林題建南度統色字請交愛" +
        "讓認算論百吃義科怎元社術結六功指思非流每青管夫連遠資隊跟帶花快條院變聯言權往展該領傳近留紅治決周保達辦運武半候七必城父強步完革深區即求品士轉量空甚眾技" +
        "標聞網政府經濟記者社會企業主席香港臺灣美國疫情服務中心訊版評論財經體育娛樂科技國際立法會選舉，。、：；？！「」《》（）");

    private static readonly FrozenSet<int> Hangul = Codes("euc-kr",
        "이다는의에을가고하지도로한인사기은를시아서대자나그리어해들보있일정수부과제전장으것게만라상주원국오동스여구안소생공신무화모비경조세회성거위연관마되와우" +
        "내유습니까말때방같면실문민중물식적번했던없영선차업임재계명발각당간통금원단증진속뉴계후년월일김박최한미북남청와대정치경제사회문화스포츠연예국제");

    public static double Score(KnownEncoding encoding, ReadOnlySpan<byte> bytes)
    {
        var sum = 0.0;
        var count = 0;
        for (var i = 0; i < bytes.Length;)
        {
            if (bytes[i] < 0x80)
            {
                i++;
                continue;
            }

            // A character cut off where the sample ends says nothing.
            if (i + 1 == bytes.Length)
                break;
            var weight = Weigh(encoding.CodePage, bytes[i..], out var length);
            sum += weight;
            count++;
            i += length;
        }

        return count == 0 ? 0 : sum / count;
    }

    /// <summary>Every byte is part of a character, one cut off at the end not counted.</summary>
    public static bool IsValid(KnownEncoding encoding, ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i + 1 < bytes.Length;)
        {
            var length = 1;
            if (bytes[i] >= 0x80 && Weigh(encoding.CodePage, bytes[i..], out length) <= Invalid)
                return false;
            i += length;
        }

        return true;
    }

    private static double Weigh(int codePage, ReadOnlySpan<byte> bytes, out int length)
    {
        length = 2;
        return codePage switch
        {
            54936 => Gb18030(bytes, ref length),
            950 => Big5(bytes[0], bytes[1], ref length),
            949 => EucKr(bytes[0], bytes[1], ref length),
            932 => ShiftJis(bytes[0], bytes[1], ref length),
            _ => EucJp(bytes, ref length),
        };
    }

    private static double Gb18030(ReadOnlySpan<byte> bytes, ref int length)
    {
        var (lead, trail) = (bytes[0], bytes[1]);
        if (lead is > 0x80 and < 0xFF && trail is >= 0x30 and <= 0x39 && bytes.Length > 3 && bytes[2] > 0x80 && bytes[3] is >= 0x30 and <= 0x39)
        {
            // Four such bytes do not come about by chance.
            length = 4;
            return 0.6;
        }

        if (lead is 0x80 or 0xFF || trail is < 0x40 or 0x7F or 0xFF)
            return Fail(ref length);
        if (Simplified.Contains(lead << 8 | trail))
            return 1;
        return trail < 0xA1 ? lead is >= 0xA1 and <= 0xA9 ? -1 : -0.4
            : lead switch
            {
                >= 0xB0 and <= 0xD7 or 0xA1 or 0xA3 => 0.5,
                0xA7 => trail is <= 0xC1 or >= 0xD1 and <= 0xF1 ? 0.6 : -0.5,
                0xA2 or 0xA4 or 0xA5 or 0xA8 => 0.1,
                >= 0xD8 and <= 0xF7 => -0.1,
                _ => -0.5,
            };
    }

    private static double Big5(byte lead, byte trail, ref int length)
    {
        if (lead is < 0x87 or 0xFF || !(trail is >= 0x40 and <= 0x7E or >= 0xA1 and <= 0xFE))
            return Fail(ref length);
        if (Traditional.Contains(lead << 8 | trail))
            return 1;
        return (lead << 8 | trail) switch
        {
            // Where Hong Kong's supplement has its characters: a few among many others.
            < 0xA140 or >= 0xFA40 => -0.8,
            >= 0xA440 and <= 0xC67E or < 0xA240 => 0.5,
            >= 0xC6A1 and <= 0xC875 => 0.3,
            < 0xA440 => 0,
            >= 0xC940 => -0.2,
            _ => -1,
        };
    }

    private static double EucKr(byte lead, byte trail, ref int length)
    {
        if (lead is 0x80 or 0xFF || trail is < 0x41 or > 0xFE || trail is > 0x5A and < 0x61 or > 0x7A and < 0x81)
            return Fail(ref length);
        if (Hangul.Contains(lead << 8 | trail))
            return 1;
        return trail < 0xA1 ? -0.6
            : lead switch
            {
                >= 0xB0 and <= 0xC8 or 0xA1 or 0xA3 => 0.5,
                0xA2 or 0xA8 or 0xA9 => 0.2,
                0xAC => 0.3,
                >= 0xCA and <= 0xFD => -0.3,
                _ => -0.6,
            };
    }

    private static double ShiftJis(byte lead, byte trail, ref int length)
    {
        if (lead is >= 0xA1 and <= 0xDF)
        {
            length = 1;
            return -0.3;
        }

        if (lead is 0x80 or 0xA0 or > 0xFC || trail is < 0x40 or 0x7F or > 0xFC)
            return Fail(ref length);
        return (lead, trail) switch
        {
            (0x82, >= 0x9F and <= 0xF1) => 1,
            (0x83, <= 0x96) => 0.95,
            (0x81, <= 0x7E) => 0.6,
            (0x81 or 0x82, _) => 0.1,
            (>= 0x88 and <= 0x97, _) => 0.5,
            (0x84, _) => 0.3,
            _ => -0.3,
        };
    }

    private static double EucJp(ReadOnlySpan<byte> bytes, ref int length)
    {
        var (lead, trail) = (bytes[0], bytes[1]);
        if (lead == 0x8F)
            length = Math.Min(3, bytes.Length);
        else if (lead is < 0xA1 and not 0x8E or 0xFF || trail is < 0xA1 or 0xFF)
            return Fail(ref length);
        return lead switch { 0xA4 => 1, 0xA5 => 0.95, 0xA1 => 0.5, >= 0xB0 and <= 0xCF => 0.4, 0xA2 or 0xA3 => 0, 0xA7 => 0.3, _ => -0.4 };
    }

    private static double Fail(ref int length)
    {
        length = 1;
        return Invalid;
    }

    private static FrozenSet<int> Codes(string encoding, string characters)
    {
        var coder = KnownEncoding.Get(encoding).Encoding;
        return characters.Distinct().Select(character => coder.GetBytes([character])).Where(code => code.Length == 2)
            .Select(code => code[0] << 8 | code[1]).ToFrozenSet();
    }
}
