namespace Dibao.Extract.Markup;

/// <summary>What the rules of tree construction ask about an element on the stack.</summary>
/// <remarks>Source: HTML §13.2.4.2 "the stack of open elements", §13.2.6.3 "closing elements that have implied end tags".</remarks>
[Flags]
internal enum Traits : ushort
{
    None = 0,
    Special = 1,

    /// <summary>Ends the search for an element "in scope".</summary>
    Scope = 2,
    ButtonScope = 4,
    ListScope = 8,
    TableScope = 16,

    /// <summary>Ends the search "in select scope": all but option and optgroup.</summary>
    SelectScope = 32,
    ImpliedEnd = 64,
    ImpliedEndThoroughly = 128,
    Formatting = 256,
    Void = 512,

    /// <summary>A start tag that ends what is drawn (HTML §13.2.6.5).</summary>
    Breakout = 1024,
}

internal static class TraitTable
{
    private static readonly Traits[] OfHtml = Build();

    public static Traits Of(Tag tag, NameSpace space) => space switch
    {
        NameSpace.Html => tag < Tag.Other ? OfHtml[(int)tag] : Traits.SelectScope,
        NameSpace.Svg when tag is Tag.ForeignObject or Tag.Desc or Tag.Title => Integration,
        NameSpace.MathML when tag is Tag.Mi or Tag.Mo or Tag.Mn or Tag.Ms or Tag.MText or Tag.AnnotationXml => Integration,
        _ => Traits.SelectScope,
    };

    private const Traits Integration = Traits.Special | Traits.Scope | Traits.ButtonScope | Traits.ListScope | Traits.SelectScope;

    private static Traits[] Build()
    {
        var traits = new Traits[(int)Tag.Other];
        Array.Fill(traits, Traits.SelectScope);
        traits[(int)Tag.Option] = traits[(int)Tag.OptGroup] = Traits.None;
        Set(Traits.Special, "address applet area article aside base basefont bgsound blockquote body br button caption center col colgroup dd details dir div dl dt embed fieldset " +
            "figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe img input keygen li link listing main marquee menu meta nav noembed " +
            "noframes noscript object ol p param plaintext pre script search section select source style summary table tbody td template textarea tfoot th thead title tr track ul wbr xmp");
        Set(Traits.Scope | Traits.ButtonScope | Traits.ListScope, "applet caption html table td th marquee object template");
        Set(Traits.ButtonScope, "button");
        Set(Traits.ListScope, "ol ul");
        Set(Traits.TableScope, "html table template");
        Set(Traits.ImpliedEnd | Traits.ImpliedEndThoroughly, "dd dt li optgroup option p rb rp rt rtc");
        Set(Traits.ImpliedEndThoroughly, "caption colgroup tbody td tfoot th thead tr");
        Set(Traits.Formatting, "a b big code em font i nobr s small strike strong tt u");
        Set(Traits.Void, "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr");
        Set(Traits.Breakout, "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p pre ruby s small span strong " +
            "strike sub sup table tt u ul var");
        return traits;

        void Set(Traits trait, string names)
        {
            foreach (var name in names.Split(' ')) traits[(int)Enum.Parse<Tag>(name, ignoreCase: true)] |= trait;
        }
    }
}
