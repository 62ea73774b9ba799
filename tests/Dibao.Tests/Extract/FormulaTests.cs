using Dibao.Extract;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Extract;

/// <summary>Formulas are words of an article.</summary>
public sealed class FormulaTests
{
    private const string Before = "<p>The lock keeper of Varn opened the gates at six, as her mother had done before her, and waited for the first barge of the season.</p>";
    private const string Behind = "<p>By evening eleven boats had passed, more than in any week of the last year, and the keeper wrote each of them into her book.</p>";

    [Theory]
    [InlineData("<span class=katex><span class=katex-mathml><math><semantics><mrow><mi>E</mi></mrow><annotation encoding=\"application/x-tex\">E=mc^2</annotation></semantics></math></span><span class=katex-html aria-hidden=true>E=mc2</span></span>", "E=mc^2")]
    [InlineData("<math alttext=\"{\\displaystyle a^{2}+b^{2}}\"><mi>a</mi></math>", "a^{2}+b^{2}")]
    [InlineData("<math><msup><mi>c</mi><mn>2</mn></msup><mo>=</mo><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>d</mi></mfrac></math>", "c^2=(a+b)/d")]
    [InlineData("<math> <msqrt> <mi>x</mi> <mo>\u2062</mo> <mi>y</mi> </msqrt> </math>", "√(xy)")]
    [InlineData("<math><mo>(</mo><mfrac linethickness=0><mi>n</mi><mi>k</mi></mfrac><mo>)</mo></math>", "(n k)")]
    [InlineData("<mjx-container><mjx-math aria-hidden=true><mjx-c></mjx-c></mjx-math><mjx-assistive-mml><math><msub><mi>a</mi><mi>i</mi></msub></math></mjx-assistive-mml></mjx-container>", "a_i")]
    public void A_formula_stands_in_its_sentence(string formula, string written)
    {
        var text = ArticleReader.Read(Page($"<p>The height {formula} of the water decides, and nobody else on the river does.</p>"), null).Text;

        text.ShouldContain($"\n\nThe height {written} of the water decides, and nobody else on the river does.\n\n");
    }

    [Fact]
    public void A_formula_of_its_own_is_a_line() =>
        ArticleReader.Read(Page("<mjx-container class=\"MathJax CtxtMenu_Attached_0\" display=true><mjx-assistive-mml><math><mi>x</mi><mo>=</mo><mn>5</mn></math></mjx-assistive-mml></mjx-container>"), null).Text.ShouldContain("\n\nx=5\n\n");

    [Theory]
    [InlineData("<mrow>", "<mi>x</mi>")]
    [InlineData("<msup><mi>x</mi>", "")]
    [InlineData("<mi>x</mi>", "")]
    public void A_formula_without_end_is_cut(string part, string core)
    {
        var page = Page("<p>It is <math>" + string.Concat(Enumerable.Repeat(part, 50_000)) + core + "</math> and more.</p>");

        ArticleReader.Read(page, null).Text.Length.ShouldBeLessThan(5000);
    }

    private static string Page(string body) => "<html><head><title>Varn opens its lock</title></head><body><article><h1>Varn opens its lock</h1>" + Before + body + Behind + "</article></body></html>";
}
