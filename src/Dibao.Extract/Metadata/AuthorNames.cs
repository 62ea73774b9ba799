using System.Buffers;
using System.Collections.Frozen;
using Dibao.Extract.Page;

namespace Dibao.Extract.Metadata;

/// <summary>Names out of bylines: no "By", no 记者, no roles, no dates; lists divided.</summary>
internal static class AuthorNames
{
    private const int MaxAuthors = 24;
    private const int MaxLength = 80;
    private const int MaxRaw = 600;
    private const int MaxDate = 40;

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly string[] Before =
    [
        "written by", "by:", "by", "von:", "von", "vom", "par:", "par", "por:", "por", "di", "door", "av", "af", "text:", "text von", "texte:", "texto:", "testo:", "words:", "words by", "author:", "author", "authors:", "autor:", "autor",
        "autoren:", "autorin:", "autor/in:", "autor*in:", "autor:in:", "autor(in):", "autorinnen:", "text und interview:", "text und fotos:", "text & fotos:", "text und bilder:", "text and photos:", "words and photos:", "texte et photos:", "auteur:", "auteur", "autore:", "autores:", "story by", "posted by", "published by", "reviewed by", "report by", "reported by", "article by", "this post was written by", "ein beitrag von", "interview:", "interview von", "recipe by", "veröffentlicht von", "erstellt von", "eingestellt von", "verfasst von", "geschrieben von", "publié par",
        "escrito por", "publicado por", "scritto da", "écrit par", "ein kommentar von", "eine kolumne von", "kommentar von", "from", "oleh", "oleh:", "автор:", "текст:", "yazan:", "tekst:", "autor tekstu:", "kirjoittaja:",
        "本报记者", "本报讯", "本台记者", "特约记者", "记者", "記者", "作者：", "作者:", "作者", "文/", "文／", "文：", "文 ", "撰文：", "撰文", "责任编辑：", "责任编辑:", "责编：", "责编:",
        "编辑：", "编辑:", "撰稿：", "报道：", "特约撰稿人", "特约评论员", "实习生", "執筆：", "執筆:", "文＝", "取材・文", "글 ", "글:",
    ];

    private static readonly string[] After =
    [
        "报道", "報導", "撰", "记者", "記者", "氏", " 기자", "기자", " 특파원", " sagt", " says", " said", " skrifar", " berichtet", " reports",
    ];

    private static readonly string[] Dividers =
    [
        " and ", " und ", " et ", " y ", " & ", " og ", " och ", " en ", " e ", " i ", " ve ", " dan ", ", ", "，", "、", ";", "；", " / ", "／", "|", "\n", " with ", " mit ", " und/oder ", " + ",
    ];

    private static readonly string[] Marks = [" · ", " • ", " | ", " – ", " — ", " - ", " / ", " by ", " von ", " par ", " por "];

    // What follows is no longer the name: a date, a counter, another sentence.
    private static readonly string[] Cuts =
    [
        " • ", " · ", " | ", " – ", " — ", " updated", " last updated", " published", " posted", " aktualisiert", " veröffentlicht", " edited by", " photo", " foto", " is a ", " is an ", " was ", " ist ", " est ", " es ",
        " hace ", " před ", " vor ", " il y a ", " on ", " am ", " at ", " in: ", " shares", " alle artikel", " weitere artikel", " all articles", " more articles", " view all", " follow", " read more", " min read", "(", "（",
    ];

    private static readonly FrozenSet<string> NoNames = Set(
        "admin administrator null undefined none n/a unknown unbekannt anonymous anonym author autor auteur staff editor editors editorial redaktion redaction redazione redacción redacao redação redactie redakcja name name* nom website weblog blog " +
        "red red. no-author no_author text texte texto stand foto fotos photo zvg guest user webmaster team contributor contributors about home mehr more weiter nachrichten news agency agentur agencies agenturen press presse newsroom by von image images and more");

    // Of companies, parties, offices: they publish, and none of them writes.
    private static readonly FrozenSet<string> Bodies = Set("gmbh ag ltd ltd. inc inc. llc e.v. ev. e.v s.a. s.r.l. gmbh, plc redaktion newsroom redaktionsteam pressestelle presseamt amt ministerium dpa afp sid apa epd kna reuters jiji ansa efe bundesministerium bundestagsfraktion");

    private static readonly FrozenSet<string> StandIns = new[] { "publisher", "herausgeber", "super user", "article by", "cortesía" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Staff = Set("staff editors contributor contributors writers reporters correspondents");

    // What stands between a name and a date.
    private static readonly FrozenSet<string> DateLabels = Set("stand le am on vor vom den el il op kl zuletzt published posted updated");

    private static readonly FrozenSet<string> NoPersonWords = Set(
        "gazetesi gazete gazeta post times herald tribune journal courier diario periódico jornal folha dziennik kurier kurir noviny tidning tidningen avis dagblad krant nieuws notizie giornale corriere noticias blatt tageblatt bote anzeiger morgenpost echo kitchens deutschland österreich schweiz " +
        "veröffentlicht aktualisiert geändert published updated posted erstellt erschienen publié publicado mis " +
        "redaktion redaction redazione redacción redação redactie redakcja newsroom staff editorial editors team news desk nachrichten agency agentur agencia agence agenzia press presse zeitung verlag gmbh inc llc ltd ag e.v. magazine magazin online tv radio fernsehen rundfunk " +
        "stiftung verein foundation institute institut association university universität archiv archive articles artikel alle all show mehr more comment kommentar reply share follow subscribe uhr lesezeit min read minutes minuten today heute yesterday gestern " +
        "feb apr jul aug sept oct nov dec фото bildquelle quelle pressemitteilung monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag january february march april june july august september october november december " +
        "januar februar märz mai juni juli oktober dezember about website email profile profil newsletter copyright bild bilder photo photos foto fotos image for of manufacturer category the this that your our home leave cookie cookies");

    private static readonly FrozenSet<string> RoleWords = Set(
        "writer editor reporter correspondent journalist journalistin columnist kolumnist technologist expert specialist manager director producer photographer fotograf autor autorin author redakteur redakteurin chefredakteur korrespondent korrespondentin " +
        "head lead founder co-founder ceo cto cfo president professor md m.d. phd ph.d. dvm mba rd rdn lvt va vmd jd cpa esq facl ms ma msc bsc senior junior chief analyst reviewer volontär volontärin redactor redactora periodista corresponsal journaliste rédacteur rédactrice giornalista " +
        "marketing content coordinator strategist development hardware software engineer scientist researcher doctor nurse lawyer attorney publisher blogger cfa cfp");

    private static readonly string[] Months =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec",
    ];

    public static IReadOnlyList<string> Clean(IEnumerable<string> raw, bool persons = false, bool penNames = false, bool bodies = false)
    {
        var names = new List<string>();
        foreach (var entry in raw)
        {
            foreach (var part in Split(entry))
            {
                var name = WithoutRole(Bare(part));
                if (!IsName(name) || (!bodies && IsBody(name)) || (persons && !IsPerson(name) && !(penNames && IsPlausible(name))) || (names.Count > 0 && IsRole(name))) continue;
                if (!names.Contains(name, StringComparer.OrdinalIgnoreCase)) names.Add(name);
                if (names.Count >= MaxAuthors) return names;
            }
        }

        return names;
    }

    /// <summary>One to five words that begin with a capital, of letters only; two to four characters in Han.</summary>
    public static bool IsPerson(string name)
    {
        if (name.Length == 0 || name.Any(char.IsDigit) || name.IndexOfAny([':', '!', '?', '→', '›', '»', '@', '*', '<', '>', '=', '"', '…']) >= 0) return false;
        if (TextWeight.IsWide(name[0])) return name.Count(char.IsLetter) is >= 2 and <= 8 && !name.Contains('的', StringComparison.Ordinal);
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 5 || !char.IsLetter(name[0])) return false;
        var cased = name.Any(c => char.IsUpper(c) || char.IsLower(c));
        if (cased && (words.Length < 2 || !char.IsUpper(words[0][0]) || !char.IsUpper(words[^1][0]))) return false;
        return !words.Any(word => NoPersonWords.Contains(word.TrimEnd('.', ',')));
    }

    /// <summary>What an element that is named for authors may hold: also one word, a pen name.</summary>
    public static bool IsPlausible(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length is > 0 and <= 4 && name.Length <= 40 && char.IsLetter(name[0]) && name.IndexOfAny([':', '!', '?', '→', '›', '»', '@', '*', '<', '>', '=', '"', '…']) < 0
            && !char.IsDigit(name[^1]) && !words.Any(word => NoPersonWords.Contains(word.TrimEnd('.', ',')));
    }

    /// <summary>What content management systems call a writer that nobody named.</summary>
    public static bool IsNobody(string name) => NoNames.Contains(name) || name.Contains("admin", StringComparison.OrdinalIgnoreCase) || name.Contains('@', StringComparison.Ordinal);

    private static string[] Split(string text)
    {
        if (text.Length > MaxRaw) return [];
        var cut = Cut(StripPrefix(WithoutDate(FoldedText.Of(text))));
        return cut.Split(Dividers, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    // "Dec. 19, 2025 · Ida Lund", "Posted on December 19, 2025 by Ida Lund": what stands before the mark is a date, and the name behind it.
    private static string WithoutDate(string text)
    {
        foreach (var mark in Marks)
            if (text.IndexOf(mark, StringComparison.OrdinalIgnoreCase) is > 0 and var at && at < MaxDate && text.AsSpan(0, at).ContainsAnyInRange('0', '9') && at + mark.Length < text.Length) return WithoutDate(text[(at + mark.Length)..]);
        return text;
    }

    private static string Cut(string text)
    {
        var end = text.Length;
        // 記者林小美／山城報導: after the stroke stands where from.
        if (text.EndsWith("報導", StringComparison.Ordinal) || text.EndsWith("报道", StringComparison.Ordinal) || text.EndsWith("報道", StringComparison.Ordinal))
            end = text.IndexOfAny(['／', '/']) is > 1 and var stroke ? stroke : end;
        foreach (var cut in Cuts)
            if (text.IndexOf(cut, StringComparison.OrdinalIgnoreCase) is > 1 and var at && at < end) end = at;
        for (var i = 1; i < end; i++)
        {
            // "Emily Burack 8 January 2020", "Luke KimDecember 17"; a nick may end in digits, but none begins a word with one.
            if (char.IsDigit(text[i]) && char.IsWhiteSpace(text[i - 1])) end = WithoutLabel(text, Month(text, i));
        }

        return text[..end].TrimEnd(' ', ',', '-', '–', '|', '/');
    }

    // The month's name before a day goes with it, glued to the name though it may be.
    private static int Month(string text, int digit)
    {
        var before = text[..digit].TrimEnd(' ', '.', ',');
        foreach (var month in Months)
            if (before.EndsWith(month, StringComparison.Ordinal) && before.Length > month.Length + 2) return before.Length - month.Length;
        return digit;
    }

    // "Ida Lund Stand: 8. November", "Ida Lund le 8 novembre"
    private static int WithoutLabel(string text, int end)
    {
        var name = text.AsSpan(0, end).TrimEnd(" :,");
        var last = name.LastIndexOf(' ');
        return last > 0 && DateLabels.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name[(last + 1)..]) ? last : end;
    }

    private static string Bare(string text)
    {
        var name = StripPrefix(text.Trim(' ', ':', '：', '(', ')', '（', '）', '【', '】', '[', ']', '-', '—', '/', ',', '·', '&', '"', '“', '”', '*'));
        foreach (var word in After)
            if (name.Length > word.Length + 1 && name.EndsWith(word, StringComparison.OrdinalIgnoreCase)) name = name[..^word.Length].TrimEnd();
        return name;
    }

    private static string StripPrefix(string text)
    {
        var name = text.TrimStart(' ', ':', '：', '/', '／', '-', '–', '•', '·', '|', '(', '（', '【', '[');
        for (var again = true; again;)
        {
            again = false;
            foreach (var word in Before)
            {
                if (!name.StartsWith(word, StringComparison.OrdinalIgnoreCase) || name.Length == word.Length) continue;
                if (char.IsAsciiLetter(word[^1]) && char.IsLetterOrDigit(name[word.Length])) continue;
                name = name[word.Length..].TrimStart(' ', ':', '：', '/', '／', '-');
                again = true;
            }
        }

        return name;
    }

    // "Zackery Cuevas Writer"
    private static string WithoutRole(string name)
    {
        while (name.LastIndexOf(' ') is > 0 and var last && name.IndexOf(' ', StringComparison.Ordinal) < last && RoleWords.Contains(name[(last + 1)..])) name = name[..last].TrimEnd(' ', ',');
        return name;
    }

    private static bool IsRole(string name) => name.Split(' ').Any(word => RoleWords.Contains(word.TrimEnd(',')));

    private static bool IsName(string name) =>
        name.Length is > 1 and <= MaxLength && name.Any(char.IsLetter)
        && !name.Contains("http", StringComparison.OrdinalIgnoreCase) && !name.Contains('@', StringComparison.Ordinal) && !name.Contains("[at]", StringComparison.Ordinal)
        && !NoNames.Contains(name.TrimEnd('.', '*', ' ')) && !DateLabels.Contains(name) && !name.Equals("No Author", StringComparison.OrdinalIgnoreCase) && !IsStaff(name);

    // "Our Foreign Staff", "The Editors": somebody, but nobody named.
    private static bool IsStaff(string name) => Staff.Contains(name[(name.LastIndexOf(' ') + 1)..]);

    private static bool IsBody(string name)
    {
        var words = Bodies.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var word in name.AsSpan().Split(' '))
            if (words.Contains(name.AsSpan()[word])) return true;
        return false;
    }

    /// <summary>What stands where nobody is named: an outlet's address ("varn-courier.example"), a label, what content management systems call a writer until somebody names one.</summary>
    public static bool IsStandIn(string name) => IsHost(name) || StandIns.Contains(name);

    private static bool IsHost(string name) =>
        name.LastIndexOf('.') is > 1 and var dot && name.Length - dot - 1 is >= 2 and <= 7 && !name.Contains(' ', StringComparison.Ordinal) && name.AsSpan(dot + 1).IndexOfAnyExcept(Letters) < 0;

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
