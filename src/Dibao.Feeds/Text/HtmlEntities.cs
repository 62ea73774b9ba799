using System.Collections.Frozen;
using System.Globalization;

namespace Dibao.Feeds.Text;

/// <summary>
/// The named characters of HTML 4 (§24), XML's <c>apos</c>, those of HTML 5 (§13.5) that people write (ASCII's signs, the letters of Latin
/// Extended-A), and numeric references as browsers read them.
/// </summary>
internal static class HtmlEntities
{
    private const string Table = """
        AElig=198 Aacute=193 Acirc=194 Agrave=192 Alpha=913 Aring=197 Atilde=195 Auml=196 Beta=914 Ccedil=199 Chi=935
        Dagger=8225 Delta=916 ETH=208 Eacute=201 Ecirc=202 Egrave=200 Epsilon=917 Eta=919 Euml=203 Gamma=915
        Iacute=205 Icirc=206 Igrave=204 Iota=921 Iuml=207 Kappa=922 Lambda=923 Mu=924 Ntilde=209 Nu=925 OElig=338
        Oacute=211 Ocirc=212 Ograve=210 Omega=937 Omicron=927 Oslash=216 Otilde=213 Ouml=214 Phi=934 Pi=928 Prime=8243
        Psi=936 Rho=929 Scaron=352 Sigma=931 THORN=222 Tau=932 Theta=920 Uacute=218 Ucirc=219 Ugrave=217 Upsilon=933
        Uuml=220 Xi=926 Yacute=221 Yuml=376 Zeta=918 aacute=225 acirc=226 acute=180 aelig=230 agrave=224 alefsym=8501
        alpha=945 amp=38 and=8743 ang=8736 apos=39 aring=229 asymp=8776 atilde=227 auml=228 bdquo=8222 beta=946
        brvbar=166 bull=8226 cap=8745 ccedil=231 cedil=184 cent=162 chi=967 circ=710 clubs=9827 cong=8773 copy=169
        crarr=8629 cup=8746 curren=164 dArr=8659 dagger=8224 darr=8595 deg=176 delta=948 diams=9830 divide=247
        eacute=233 ecirc=234 egrave=232 empty=8709 emsp=8195 ensp=8194 epsilon=949 equiv=8801 eta=951 eth=240 euml=235
        euro=8364 exist=8707 fnof=402 forall=8704 frac12=189 frac14=188 frac34=190 frasl=8260 gamma=947 ge=8805 gt=62
        hArr=8660 harr=8596 hearts=9829 hellip=8230 iacute=237 icirc=238 iexcl=161 igrave=236 image=8465 infin=8734
        int=8747 iota=953 iquest=191 isin=8712 iuml=239 kappa=954 lArr=8656 lambda=955 lang=9001 laquo=171 larr=8592
        lceil=8968 ldquo=8220 le=8804 lfloor=8970 lowast=8727 loz=9674 lrm=8206 lsaquo=8249 lsquo=8216 lt=60 macr=175
        mdash=8212 micro=181 middot=183 minus=8722 mu=956 nabla=8711 nbsp=160 ndash=8211 ne=8800 ni=8715 not=172
        notin=8713 nsub=8836 ntilde=241 nu=957 oacute=243 ocirc=244 oelig=339 ograve=242 oline=8254 omega=969
        omicron=959 oplus=8853 or=8744 ordf=170 ordm=186 oslash=248 otilde=245 otimes=8855 ouml=246 para=182 part=8706
        permil=8240 perp=8869 phi=966 pi=960 piv=982 plusmn=177 pound=163 prime=8242 prod=8719 prop=8733 psi=968
        quot=34 rArr=8658 radic=8730 rang=9002 raquo=187 rarr=8594 rceil=8969 rdquo=8221 real=8476 reg=174 rfloor=8971
        rho=961 rlm=8207 rsaquo=8250 rsquo=8217 sbquo=8218 scaron=353 sdot=8901 sect=167 shy=173 sigma=963 sigmaf=962
        sim=8764 spades=9824 sub=8834 sube=8838 sum=8721 sup=8835 sup1=185 sup2=178 sup3=179 supe=8839 szlig=223
        tau=964 there4=8756 theta=952 thetasym=977 thinsp=8201 thorn=254 tilde=732 times=215 trade=8482 uArr=8657
        uacute=250 uarr=8593 ucirc=251 ugrave=249 uml=168 upsih=978 upsilon=965 uuml=252 weierp=8472 xi=958 yacute=253
        yen=165 yuml=255 zeta=950 zwj=8205 zwnj=8204
        AMP=38 LT=60 GT=62 QUOT=34 COPY=169 REG=174 TRADE=8482 Tab=9 NewLine=10 excl=33 num=35 dollar=36 percnt=37 lpar=40
        rpar=41 ast=42 midast=42 plus=43 comma=44 period=46 sol=47 colon=58 semi=59 equals=61 quest=63 commat=64 lsqb=91
        lbrack=91 bsol=92 rsqb=93 rbrack=93 Hat=94 lowbar=95 grave=96 lcub=123 lbrace=123 verbar=124 vert=124 rcub=125
        rbrace=125 NonBreakingSpace=160 half=189 hyphen=8208 dash=8208 horbar=8213 Vert=8214 nldr=8229 mldr=8230
        check=10003 cross=10007 star=9734 starf=9733 phone=9742 male=9794 female=9792 sung=9834 flat=9837
        numsp=8199 puncsp=8200 hairsp=8202 numero=8470 copysr=8471 rsquor=8217 rdquor=8221 lsquor=8218 ldquor=8222
        Abreve=258 abreve=259 Amacr=256 amacr=257 Aogon=260 aogon=261 Cacute=262 cacute=263 Ccaron=268 ccaron=269
        Ccirc=264 ccirc=265 Cdot=266 cdot=267 Dcaron=270 dcaron=271 Dstrok=272 dstrok=273 Ecaron=282 ecaron=283
        Edot=278 edot=279 Emacr=274 emacr=275 Eogon=280 eogon=281 Gbreve=286 gbreve=287 Gcedil=290 Gcirc=284 gcirc=285
        Gdot=288 gdot=289 Hcirc=292 hcirc=293 Hstrok=294 hstrok=295 Idot=304 inodot=305 imath=305 Imacr=298 imacr=299
        Iogon=302 iogon=303 Itilde=296 itilde=297 Jcirc=308 jcirc=309 Kcedil=310 kcedil=311 kgreen=312 Lacute=313
        lacute=314 Lcaron=317 lcaron=318 Lcedil=315 lcedil=316 Lstrok=321 lstrok=322 Nacute=323 nacute=324 Ncaron=327
        ncaron=328 Ncedil=325 ncedil=326 ENG=330 eng=331 Odblac=336 odblac=337 Omacr=332 omacr=333 Racute=340
        racute=341 Rcaron=344 rcaron=345 Rcedil=342 rcedil=343 Sacute=346 sacute=347 Scedil=350 scedil=351 Scirc=348
        scirc=349 Tcaron=356 tcaron=357 Tcedil=354 tcedil=355 Tstrok=358 tstrok=359 Ubreve=364 ubreve=365 Udblac=368
        udblac=369 Umacr=362 umacr=363 Uogon=370 uogon=371 Uring=366 uring=367 Utilde=360 utilde=361 Wcirc=372
        wcirc=373 Ycirc=374 ycirc=375 Zacute=377 zacute=378 Zcaron=381 zcaron=382 Zdot=379 zdot=380
        """;

    private static readonly FrozenDictionary<string, string> Named = Table
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('='))
        .ToFrozenDictionary(pair => pair[0], pair => char.ConvertFromUtf32(int.Parse(pair[1], CultureInfo.InvariantCulture)));

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> ByName =
        Named.GetAlternateLookup<ReadOnlySpan<char>>();

    // What Windows-1252 has at 0x80-0x9F: publishers write &#146; and mean an apostrophe (HTML §13.2.5.80).
    private const string Windows1252Controls =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F" +
        "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    /// <summary>The longest reference that is looked for, so that a bare <c>&amp;</c> costs little.</summary>
    public const int MaxLength = 34;

    public static bool TryGetNamed(ReadOnlySpan<char> name, out string text) => ByName.TryGetValue(name, out text!);

    /// <param name="digits">What stands between <c>&amp;#</c> and <c>;</c>: decimal, or hexadecimal after x.</param>
    /// <returns>
    /// False when it is no number. Characters that no text may hold come back as an empty string; U+0080 to U+009F as they are, to be
    /// settled by <see cref="TwiceEncoded"/> when their neighbours are known.
    /// </returns>
    public static bool TryGetNumeric(ReadOnlySpan<char> digits, out string text)
    {
        text = "";
        var hex = digits.Length > 1 && digits[0] is 'x' or 'X';
        var style = hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        if (digits.Length > 12 || !long.TryParse(hex ? digits[1..] : digits, style, CultureInfo.InvariantCulture, out var code))
            return false;
        text = FromCode(code);
        return true;
    }

    /// <param name="control">U+0080 to U+009F.</param>
    public static char FromWindows1252(char control) => Windows1252Controls[control - 0x80];

    private static string FromCode(long code) => code switch
    {
        < 0x20 and not (9 or 10 or 13) => "",
        > 0x10FFFF or (>= 0xD800 and <= 0xDFFF) or 0xFFFE or 0xFFFF => "\uFFFD",
        _ => char.ConvertFromUtf32((int)code),
    };

    /// <summary>Replaces references once, left to right; what is not one stays as written. Linear in the text.</summary>
    public static string Decode(string text)
    {
        var at = text.IndexOf('&', StringComparison.Ordinal);
        if (at < 0)
            return text;
        var decoded = new System.Text.StringBuilder(text.Length);
        var from = 0;
        for (; at >= 0; at = text.IndexOf('&', from))
        {
            decoded.Append(text, from, at - from);
            if (TryReference(text.AsSpan(at), out var replacement, out var length) || TryUnended(text.AsSpan(at), out replacement, out length))
                decoded.Append(replacement);
            else
                decoded.Append(text, at, length = 1);
            from = at + length;
        }

        return TwiceEncoded.Settle(decoded.Append(text, from, text.Length - from).ToString());
    }

    /// <param name="text">Begins at <c>&amp;</c>.</param>
    /// <param name="length">Characters the reference takes, with its semicolon; both of two that are the halves of one character.</param>
    public static bool TryReference(ReadOnlySpan<char> text, out string replacement, out int length)
    {
        replacement = "";
        var window = text[..Math.Min(text.Length, MaxLength)];
        var end = window.IndexOf(';');
        length = end + 1;
        if (end < 2)
            return false;
        var name = window[1..end];
        if (name[0] != '#')
            return TryGetNamed(name, out replacement);
        return TryPair(window, out replacement, ref length) || TryGetNumeric(name[1..], out replacement);
    }

    // Programs that count in UTF-16 write a character beyond U+FFFF as two references.
    private static bool TryPair(ReadOnlySpan<char> window, out string replacement, ref int length)
    {
        replacement = "";
        if (!TryHalf(window, out var high, out var first) || !char.IsHighSurrogate(high) ||
            !TryHalf(window[first..], out var low, out var second) || !char.IsLowSurrogate(low))
            return false;
        replacement = new([high, low]);
        length = first + second;
        return true;
    }

    private static bool TryHalf(ReadOnlySpan<char> window, out char half, out int length)
    {
        (half, length) = ('\0', window.IndexOf(';') + 1);
        if (length < 7 || !window.StartsWith("&#"))
            return false;
        var digits = window[2..(length - 1)];
        var isHex = digits[0] is 'x' or 'X';
        var isNumber = ushort.TryParse(isHex ? digits[1..] : digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var code);
        half = (char)code;
        return isNumber && char.IsSurrogate(half);
    }

    // HTML §13.5: Latin-1's names are read without their semicolon too; here only where a word ends with them.
    private static bool TryUnended(ReadOnlySpan<char> text, out string replacement, out int length)
    {
        replacement = "";
        length = 1;
        while (length < Math.Min(text.Length, 9) && char.IsAsciiLetterOrDigit(text[length]))
            length++;
        return length > 2 && (length == text.Length || text[length] is not ('=' or ';') && !char.IsAsciiLetterOrDigit(text[length])) &&
            TryGetNamed(text[1..length], out replacement) && (replacement[0] is >= '\xA0' and <= '\xFF' or '&' or '<' or '>' or '"');
    }

    /// <summary>Appends what the reference means. The five of XML, by far the most, are looked at first.</summary>
    public static bool TryAppend(ReadOnlySpan<char> text, TextBuffer replaced, out int length)
    {
        var common = Common(text, out length);
        if (common != '\0')
            replaced.Append(common);
        else if (TryReference(text, out var replacement, out length))
            replaced.Append(replacement);
        else
            return false;
        return true;
    }

    private static char Common(ReadOnlySpan<char> text, out int length)
    {
        length = 4;
        if (text.StartsWith("&lt;"))
            return '<';
        if (text.StartsWith("&gt;"))
            return '>';
        length = 5;
        if (text.StartsWith("&amp;"))
            return '&';
        length = 6;
        return text.StartsWith("&quot;") ? '"' : text.StartsWith("&apos;") ? '\'' : '\0';
    }
}
