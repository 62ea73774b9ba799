namespace Dibao.Feeds.Xml;

/// <summary>Namespace declarations in force: a list from the innermost outwards.</summary>
/// <remarks>Namespaces in XML 1.0 §6. At most <see cref="MaxDeclarations"/> are kept, so that a lookup stays cheap.</remarks>
internal sealed class NamespaceScope(string prefix, string uri, Vocabulary vocabulary, NamespaceScope? outer)
{
    private const int MaxDeclarations = 200;
    private readonly int count = (outer?.count ?? 0) + 1;

    /// <param name="name">The attribute's qualified name.</param>
    public static bool IsDeclaration(ReadOnlySpan<char> name) =>
        name.Length >= 5 && name[0] is 'x' or 'X' && name.StartsWith("xmlns", StringComparison.OrdinalIgnoreCase) &&
        (name.Length == 5 || name[5] == ':');

    /// <param name="isRoot">A root in a namespace nobody knows is still a feed when its names say so.</param>
    public static NamespaceScope? Declare(NamespaceScope? scope, ReadOnlySpan<char> name, string uri, bool isRoot)
    {
        if (scope?.count >= MaxDeclarations)
            return scope;
        // A document that declares the same on every element has it once.
        var prefix = name.Length == 5 ? "" : name[6..];
        if (Find(scope, prefix) is { } known && known.Uri == uri)
            return scope;
        var vocabulary = uri.Length == 0 ? Vocabulary.Rss : Vocabularies.OfUri(uri);
        if (vocabulary == Vocabulary.Other)
            vocabulary = prefix.Length > 0 ? Vocabularies.OfPrefix(prefix) : isRoot ? Vocabulary.Rss : Vocabulary.Other;
        return new(prefix.ToString(), uri, vocabulary, scope);
    }

    private string Uri => uri;

    /// <summary>By declaration, or by what the prefix conventionally means.</summary>
    public static Vocabulary Resolve(NamespaceScope? scope, ReadOnlySpan<char> prefix) =>
        Find(scope, prefix) is { } found ? found.VocabularyOf
        : prefix.Length == 0 ? Vocabulary.Rss : Vocabularies.OfPrefix(prefix);

    /// <summary>The declared URI; empty where none is.</summary>
    public static string UriOf(NamespaceScope? scope, ReadOnlySpan<char> prefix) => Find(scope, prefix)?.Uri ?? "";

    private Vocabulary VocabularyOf => vocabulary;

    private static NamespaceScope? Find(NamespaceScope? scope, ReadOnlySpan<char> prefix)
    {
        for (var at = scope; at is not null; at = at.Outer)
            if (prefix.Equals(at.Prefix, StringComparison.OrdinalIgnoreCase))
                return at;
        return null;
    }

    private string Prefix => prefix;

    private NamespaceScope? Outer => outer;
}
