namespace Dibao.Feeds.Xml;

/// <summary>Namespace declarations in force: a list from the innermost outwards.</summary>
/// <remarks>Namespaces in XML 1.0 §6. At most <see cref="MaxDeclarations"/> are kept, so that a lookup stays cheap.</remarks>
internal sealed record NamespaceScope(string Prefix, Vocabulary Vocabulary, NamespaceScope? Outer, int Count)
{
    private const int MaxDeclarations = 200;

    public static NamespaceScope? Declare(NamespaceScope? scope, List<KeyValuePair<string, string>> attributes, bool isRoot)
    {
        foreach (var (name, uri) in attributes)
            if (name.StartsWith("xmlns", StringComparison.OrdinalIgnoreCase) && (scope?.Count ?? 0) < MaxDeclarations)
                scope = name.Length == 5
                    ? Add(scope, "", OfDefault(uri, isRoot))
                    : name[5] == ':' ? Add(scope, name[6..], OfPrefixed(uri, name[6..])) : scope;
        return scope;
    }

    /// <summary>By declaration, or by what the prefix conventionally means.</summary>
    public static Vocabulary Resolve(NamespaceScope? scope, string prefix)
    {
        for (var at = scope; at is not null; at = at.Outer)
            if (at.Prefix.Equals(prefix, StringComparison.OrdinalIgnoreCase))
                return at.Vocabulary;
        return prefix.Length == 0 ? Vocabulary.Rss : Vocabularies.OfPrefix(prefix);
    }

    private static NamespaceScope Add(NamespaceScope? scope, string prefix, Vocabulary vocabulary) =>
        new(prefix, vocabulary, scope, (scope?.Count ?? 0) + 1);

    // A root in a namespace nobody knows is still a feed when its names say so.
    private static Vocabulary OfDefault(string uri, bool isRoot) =>
        uri.Length == 0 ? Vocabulary.Rss
        : Vocabularies.OfUri(uri) is not Vocabulary.Other and var known ? known
        : isRoot ? Vocabulary.Rss : Vocabulary.Other;

    private static Vocabulary OfPrefixed(string uri, string prefix) =>
        Vocabularies.OfUri(uri) is not Vocabulary.Other and var known ? known : Vocabularies.OfPrefix(prefix);
}
