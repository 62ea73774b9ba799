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
    [InlineData("en", "The mayor said that the bridge is open and that it will not close again for years.")]
    [InlineData("de", "Der Bürgermeister sagte, dass die Brücke für die Bewohner wieder offen ist.")]
    [InlineData("fr", "Le maire a dit que le pont est ouvert pour les habitants et que la route est libre.")]
    [InlineData("es", "El alcalde dijo que el puente se abre para los vecinos y que la obra costó más.")]
    [InlineData("zu", "Imeya ithe ukuthi ibhuloho selivuliwe futhi abantu bayawela, kodwa ngoba lina kakhulu abaningi basale emakhaya ukuze bangamanzi.")]
    public void The_language_is_told_by_the_text(string language, string text) => LanguageOfText.Detect(text).ShouldBe(language);

    [Theory]
    [InlineData("")]
    [InlineData("12:30 — 15 %")]
    [InlineData("Xyzzy plugh")]
    public void A_text_that_does_not_say_has_none(string text) => LanguageOfText.Detect(text).ShouldBeNull();

    [Fact]
    public void Three_words_of_a_language_in_a_long_text_of_another_do_not_name_it()
    {
        var text = string.Concat(Enumerable.Repeat("bebaningi ebhulohweni namhlanje ekuseni bezobona umkhumbi wokuqala usuka izingane zibalile izinyoni ezimhlophe ", 10));

        LanguageOfText.Detect("o uma da " + text).ShouldBeNull();
        LanguageOfText.Detect("o uma da " + text[..60]).ShouldBe("pt");
    }

    [Fact]
    public void Chinese_in_characters_of_both_scripts_names_none() => LanguageOfText.Detect("今天下雨，我在家。").ShouldBe("zh");
}
