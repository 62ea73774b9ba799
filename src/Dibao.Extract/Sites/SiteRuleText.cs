using System.Globalization;
using System.Xml.XPath;
using AngleSharp.Css.Parser;

namespace Dibao.Extract.Sites;

/// <summary>Reads a rule's text: <c>name: value</c> a line, # for comments. Names that only other programs act on are passed over in silence.</summary>
internal sealed class SiteRuleText
{
    private const int MaxLines = 2000;

    // Of other programs: how they parse, cache, and log in.
    private static readonly HashSet<string> Elsewhere = new(StringComparer.Ordinal)
    {
        "tidy", "parser", "convert_double_br_tags", "src_lazy_load_attr", "insert_detected_image", "test_contains", "requires_login", "login_uri", "login_username_field", "login_password_field",
        "login_extra_fields", "not_logged_in_xpath", "skip_json_ld", "skip_id_or_class_filters", "native_ad_clue", "wrap_in", "strip_attr", "dissolve", "move_into", "footnotes", "strip_comments", "single_page_link_in_feed", "replace_string_in_feed", "favour_feed_titles", "favour_effective_url",
    };

    private static readonly CssSelectorParser Selectors = new();

    private readonly string _file;
    private readonly List<SiteRuleProblem> _problems;
    private readonly Dictionary<string, List<Place>> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ConditionalPlace>> _links = new(StringComparer.Ordinal);
    private readonly List<(string Find, string Replace)> _replacements = [];
    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);
    private string? _find;
    private List<ConditionalPlace>? _lastLink;

    private SiteRuleText(string file, List<SiteRuleProblem> problems) => (_file, _problems) = (file, problems);

    public static SiteRule Parse(string host, string text, List<SiteRuleProblem> problems)
    {
        var rule = new SiteRuleText(host + ".txt", problems);
        var number = 0;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n', MaxLines))
        {
            number++;
            var trimmed = line.Trim('\ufeff', ' ', '\t');
            if (trimmed.Length == 0 || trimmed[0] == '#') continue;
            if (rule.Take(trimmed) is { } problem) problems.Add(new(rule._file, number, problem));
        }

        return rule.Build(host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host);
    }

    // Null, or what is wrong with the line.
    private string? Take(string line)
    {
        var colon = Colon(line);
        if (colon < 0) return "has no colon";
        var (name, argument) = Name(line[..colon].Trim());
        var value = line[(colon + 1)..].Trim();
        switch (name)
        {
            case "find_string": _find = value; return null;
            case "replace_string": return Replace(argument, value);
            case "http_header": _headers[argument ?? ""] = value; return argument is { Length: > 0 } ? null : "names no header: http_header(user-agent): …";
            case "strip_id_or_class" or "strip_image_src" or "strip_text" or "test_url" or "prune" or "autodetect_on_failure" or "holds_until" or "timezone":
                Add(_texts, name, value.Trim('"', '\''));
                return name == "holds_until" && Day(value) is null ? "holds_until wants a day: 2027-01-31" : null;
            case "title" or "body" or "author" or "date" or "strip": return Take(name, value);
            case "single_page_link" or "next_page_link": return TakeLink(name, value);
            case "if_page_contains": return TakeCondition(value);
            default: return Elsewhere.Contains(name) ? null : $"\"{name}\" is not known";
        }
    }

    // replace_string(a: b): c — the colon after the parenthesis.
    private static int Colon(string line)
    {
        var open = line.IndexOf('(', StringComparison.Ordinal);
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return open > 0 && open < colon && line.IndexOf("):", open, StringComparison.Ordinal) is > 0 and var close ? close + 1 : colon;
    }

    private static (string Name, string? Argument) Name(string head)
    {
        var open = head.IndexOf('(', StringComparison.Ordinal);
        return open < 0 ? (head.ToLowerInvariant(), null) : (head[..open].ToLowerInvariant(), head[(open + 1)..].TrimEnd(')'));
    }

    private string? Replace(string? argument, string value)
    {
        var find = argument ?? _find;
        _find = null;
        if (string.IsNullOrEmpty(find)) return "replace_string follows find_string, or names what to find: replace_string(x): y";
        _replacements.Add((find, value));
        return null;
    }

    private string? Take(string name, string value)
    {
        if (!TryPlace(value, out var place)) return $"\"{value}\" is no XPath 1.0 and no CSS selector";
        Add(_places, name, place);
        return null;
    }

    private string? TakeLink(string name, string value)
    {
        if (!TryPlace(value, out var place)) return $"\"{value}\" is no XPath 1.0 and no CSS selector";
        Add(_links, name, new ConditionalPlace(place, null));
        _lastLink = _links[name];
        return null;
    }

    // The condition is of the link before it.
    private string? TakeCondition(string value)
    {
        if (_lastLink is not [.., var last]) return "if_page_contains follows a single_page_link or next_page_link";
        if (!TryPlace(value, out var condition)) return $"\"{value}\" is no XPath 1.0 and no CSS selector";
        _lastLink[^1] = last with { Condition = condition };
        return null;
    }

    private static bool TryPlace(string value, out Place place)
    {
        var selector = value.StartsWith("css:", StringComparison.OrdinalIgnoreCase);
        place = new Place(selector ? value[4..].Trim() : value, selector);
        if (selector) return place.Query.Length > 0 && Selectors.ParseSelector(place.Query) is not null;
        try
        {
            return XPathExpression.Compile(value).ReturnType is XPathResultType.NodeSet or XPathResultType.String;
        }
        catch (Exception bad) when (bad is XPathException or ArgumentException)
        {
            return false;
        }
    }

    private static void Add<T>(Dictionary<string, List<T>> lists, string name, T value)
    {
        if (!lists.TryGetValue(name, out var list)) lists[name] = list = [];
        list.Add(value);
    }

    private static DateOnly? Day(string? value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private SiteRule Build(string host) => new()
    {
        Host = host.ToLowerInvariant(),
        HoldsUntil = Day(Texts("holds_until").FirstOrDefault()),
        Title = Places("title"), Body = Places("body"), Author = Places("author"), Date = Places("date"), Strip = Places("strip"),
        StripIdOrClass = Texts("strip_id_or_class"), StripImageSource = Texts("strip_image_src"), StripText = Texts("strip_text"),
        SinglePage = _links.GetValueOrDefault("single_page_link") ?? [], NextPage = _links.GetValueOrDefault("next_page_link") ?? [],
        Replacements = _replacements, Headers = _headers, TestUrls = Texts("test_url"),
        Prune = Texts("prune").LastOrDefault() is not ("no" or "false"),
        AutodetectOnFailure = Texts("autodetect_on_failure").LastOrDefault() is not ("no" or "false"),
        TimeZone = Texts("timezone").LastOrDefault(),
    };

    private List<Place> Places(string name) => _places.GetValueOrDefault(name) ?? [];

    private List<string> Texts(string name) => _texts.GetValueOrDefault(name)?.FindAll(text => text.Length > 0) ?? [];
}
