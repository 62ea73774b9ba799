using Dibao.Extract;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

public sealed class LanguageOfTextTests
{
    [Theory]
    [InlineData("zh-Hans", "镇长说，这座桥经过两年的修建，终于对居民开放。")]
    [InlineData("zh-Hant", "鎮長說，這座橋經過兩年的修建，終於對居民開放。")]
    [InlineData("ja", "町長は、この橋が二年ぶりに開通したと述べた。")]
    [InlineData("ko", "시장은 다리가 다시 열렸다고 말했다.")]
    [InlineData("ru", "Мэр сказал, что мост снова открыт для жителей.")]
    [InlineData("uk", "Мер сказав, що міст знову відкрито для її жителів.")]
    [InlineData("ar", "قال رئيس البلدية إن الجسر فتح من جديد أمام السكان")]
    [InlineData("fa", "شهردار گفت که پل پس از دو سال بازگشایی شد و چند نفر آمدند")]
    [InlineData("ug", "شەھەر باشلىقى كۆۋرۈكنىڭ قايتا ئېچىلغانلىقىنى ئېيتتى")]
    [InlineData("bo", "གྲོང་ཁྱེར་གྱི་ཟམ་པ་གསར་པ་དེ་ཕྱེ་བ་རེད།")]
    [InlineData("ur", "میئر نے کہا کہ پل دو سال کے بعد لوگوں کے لیے دوبارہ کھول دیا گیا ہے اور سڑک بھی کھلی ہے")]
    [InlineData("ps", "ښاروال وویل چې پل له دوو کلونو وروسته د خلکو پر مخ بېرته پرانیستل شو او لار خلاصه ده")]
    [InlineData("ckb", "سەرۆکی شارەوانی گوتی پردەکە دوای دوو ساڵ بۆ خەڵک کرایەوە و ڕێگاکەش کراوەیە")]
    [InlineData("be", "Мэр сказаў, што мост зноў адкрыты для жыхароў горада.")]
    [InlineData("bg", "Кметът каза, че мостът отново е отворен за жителите на града и че пътят също ще бъде готов до есента, както беше обещано.")]
    [InlineData("sr", "Градоначелник је рекао да је мост поново отворен за људе из насеља и да ће пут бити готов на јесен.")]
    [InlineData("mk", "Градоначалникот рече дека мостот е повторно отворен за жителите и дека патот ќе биде готов наесен.")]
    [InlineData("kk", "Әкім көпірдің екі жылдан кейін тұрғындар үшін қайта ашылғанын айтты.")]
    [InlineData("ky", "Шаар башчысы көпүрө эки жылдан кийин элге кайра ачылганын айтып, жолдун да бүтөрүн кошумчалады, эң негизгиси ушул.")]
    [InlineData("mn", "Хотын дарга гүүр хоёр жилийн дараа иргэдэд дахин нээгдсэн гэж хэлэв, зам ч мөн бэлэн болно.")]
    [InlineData("tg", "Раиси шаҳр гуфт, ки пул пас аз ду сол барои мардум аз нав кушода шуд ва роҳ низ тайёр мешавад, чунин ваъда доданд ҷомеа ба ӯ.")]
    [InlineData("hi", "मेयर ने कहा कि पुल दो साल बाद लोगों के लिए फिर से खुल गया है और सड़क भी तैयार है।")]
    [InlineData("mr", "महापौर म्हणाले की पूल दोन वर्षांनी लोकांसाठी पुन्हा खुला झाला आहे आणि रस्ताही तयार आहे.")]
    [InlineData("ne", "मेयरले पुल दुई वर्षपछि मानिसका लागि फेरि खुला भएको बताएका छन् र सडक पनि तयार छ।")]
    [InlineData("bn", "মেয়র বলেছেন, দুই বছর পর সেতুটি মানুষের জন্য আবার খুলে দেওয়া হয়েছে।")]
    [InlineData("ta", "இரண்டு ஆண்டுகளுக்குப் பிறகு பாலம் மக்களுக்காக மீண்டும் திறக்கப்பட்டது என்று மேயர் கூறினார்.")]
    [InlineData("te", "రెండేళ్ల తర్వాత వంతెనను ప్రజల కోసం మళ్లీ తెరిచారని మేయర్ చెప్పారు.")]
    [InlineData("my", "မြို့တော်ဝန်က တံတားကို နှစ်နှစ်အကြာမှာ ပြန်ဖွင့်လိုက်ပြီလို့ ပြောပါတယ်။")]
    [InlineData("km", "អភិបាលក្រុងនិយាយថា ស្ពានត្រូវបានបើកឡើងវិញសម្រាប់ប្រជាជន។")]
    [InlineData("lo", "ເຈົ້າເມືອງກ່າວວ່າ ຂົວໄດ້ເປີດຄືນໃໝ່ໃຫ້ປະຊາຊົນແລ້ວ")]
    [InlineData("th", "นายกเทศมนตรีกล่าวว่าสะพานเปิดให้ประชาชนใช้อีกครั้งแล้ว")]
    [InlineData("ka", "მერმა თქვა, რომ ხიდი ორი წლის შემდეგ ხალხისთვის კვლავ გაიხსნა.")]
    [InlineData("hy", "Քաղաքապետն ասաց, որ կամուրջը երկու տարի անց կրկին բացվել է բնակիչների համար։")]
    [InlineData("am", "ከንቲባው ድልድዩ ከሁለት ዓመት በኋላ ለሕዝብ ዳግም መከፈቱን ተናገሩ።")]
    [InlineData("el", "Ο δήμαρχος είπε ότι η γέφυρα άνοιξε ξανά για τους κατοίκους.")]
    [InlineData("he", "ראש העיר אמר שהגשר נפתח מחדש לתושבים.")]
    [InlineData("en", "The mayor said that the bridge is open and that it will not close again for years.")]
    [InlineData("de", "Der Bürgermeister sagte, dass die Brücke für die Bewohner wieder offen ist.")]
    [InlineData("fr", "Le maire a dit que le pont est ouvert pour les habitants et que la route est libre.")]
    [InlineData("es", "El alcalde dijo que el puente se abre para los vecinos y que la obra costó más.")]
    [InlineData("zu", "Imeya ithe ukuthi ibhuloho selivuliwe futhi abantu bayawela, kodwa ngoba lina kakhulu abaningi basale emakhaya ukuze bangamanzi.")]
    [InlineData("ha", "Magajin gari ya ce an sake buɗe gadar bayan shekaru biyu, kuma mutane sun fara wucewa daga wannan gefe zuwa wani.")]
    [InlineData("so", "Duqa magaalada ayaa sheegay in buundada dib loo furay laba sano kadib, waxaana ay dadku bilaabeen in ay ka gudbaan.")]
    [InlineData("uz", "Shahar hokimi ko'prik ikki yildan keyin aholi uchun yana ochilganini aytdi va bu yil yo'l ham tayyor bo'ladi deb qo'shimcha qildi.")]
    [InlineData("ku", "Şaredar got ku pir piştî du salan ji nû ve ji bo xelkê vebû û rê jî di demek nêz de dê amade be.")]
    [InlineData("rw", "Umuyobozi w'umujyi yavuze ko ikiraro cyongeye gufungurwa nyuma y'imyaka ibiri, kandi ko umuhanda na wo uzaba witeguye mu minsi iri imbere.")]
    [InlineData("ig", "Onye isi obodo kwuru na e meghere akwa mmiri ahụ ọzọ maka ndị obodo, na okporo ụzọ ahụ ga-adị njikere n'oge na-adịghị anya, ya bụ n'ọnwa na-abịa.")]
    [InlineData("mg", "Nilaza ny ben'ny tanàna fa nosokafana indray ny tetezana ary efa vonona ihany koa ny lalana ho an'ny mponina.")]
    [InlineData("cy", "Dywedodd y maer fod y bont wedi ailagor i drigolion y dref a bod y ffordd yn barod hefyd.")]
    [InlineData("ga", "Dúirt an méara go bhfuil an droichead ar oscailt arís agus go mbeidh an bóthar réidh sular i bhfad, mar a bhí geallta ag an gcomhairle.")]
    [InlineData("ht", "Majistra a di pon an louvri ankò pou moun ki rete nan vil la, ak wout la ap pare tou nan yon ti tan.")]
    [InlineData("lb", "De Buergermeeschter sot, datt d'Bréck no zwee Joer nees op ass, an datt d'Strooss fir d'Leit och geschwënn fäerdeg ass.")]
    [InlineData("ceb", "Matod sa mayor, giablihan na usab ang taytayan alang sa mga tawo ug ang dalan andam na usab, nga dili na sirado.")]
    public void The_language_is_told_by_the_text(string language, string text) => LanguageOfText.Detect(text).ShouldBe(language);

    [Theory]
    [InlineData("")]
    [InlineData("12:30 — 15 %")]
    [InlineData("Xyzzy plugh")]
    public void A_text_that_does_not_say_has_none(string text) => LanguageOfText.Detect(text).ShouldBeNull();

    [Fact]
    public void A_chinese_text_with_much_code_in_it_is_chinese() =>
        LanguageOfText.Detect("把容器的端口映射到主机上，然后重新启动服务，再检查一次日志。\n" + string.Concat(Enumerable.Repeat("docker run -p 28080:8080 --init localhost/apollo\n", 12))).ShouldBe("zh-Hans");

    [Fact]
    public void Three_words_of_a_language_in_a_long_text_of_another_do_not_name_it()
    {
        var text = string.Concat(Enumerable.Repeat("bebaningi ebhulohweni namhlanje ekuseni bezobona umkhumbi wokuqala usuka izingane zibalile izinyoni ezimhlophe ", 10));

        LanguageOfText.Detect("o uma da " + text).ShouldBeNull();
        LanguageOfText.Detect("o uma da " + text[..60]).ShouldBe("pt");
    }

    [Fact]
    public void Chinese_in_characters_of_both_scripts_names_none() => LanguageOfText.Detect("今天下雨，我在家。").ShouldBe("zh");

    private const string Ukrainian = "<p>Мер сказав, що міст знову відкрито для мешканців міста після двох років ремонту, і дорога до нього теж готова.</p><p>За його словами, роботи коштували дешевше, ніж планувалося, бо більшу частину каменю знайшли поруч із річкою.</p>";
    private const string Russian = "<p>Мэр сказал, что мост снова открыт для жителей города после двух лет ремонта, и дорога к нему тоже готова.</p><p>По его словам, работы стоили дешевле, чем планировалось, потому что большую часть камня нашли рядом с рекой.</p>";
    private const string Norwegian = "<p>Ordføreren sa at broen er åpen igjen for dem som bor i byen, og at veien til den også er klar.</p><p>Ifølge ham ble arbeidet billigere enn det som var planlagt, fordi det meste av steinen ble funnet ved elven.</p>";

    [Theory]
    [InlineData("uk", "ru", Ukrainian)]
    [InlineData("ru", "uk", Russian)]
    [InlineData("ru", "en", Russian)]
    [InlineData("sah", "sah", Russian)]
    [InlineData("da", "da", Norwegian)]
    [InlineData("nb", "en", Norwegian)]
    public void A_page_that_claims_another_language_decides_only_what_letters_leave_open(string language, string claimed, string text) =>
        ArticleReader.Read($"<html lang='{claimed}'><body><article><h1>2024</h1>{text}</article></body></html>", "https://paper.test/a/b").Language.ShouldBe(language);
}
