using System.Text.Json;
using Dibao.Feeds.Formats;
using Dibao.Feeds.Xml;

namespace Dibao.Feeds;

/// <summary>An element as the publisher wrote it, whatever vocabulary it is of. Of a JSON Feed: a member, its values as children.</summary>
/// <param name="Namespace">The declared URI; empty when there is none.</param>
/// <param name="Prefix">As written; empty when there is none.</param>
/// <param name="Name">Local name as written.</param>
/// <param name="Attributes">Qualified names as written, values with references replaced.</param>
/// <param name="Text">All text inside, markup dropped, ends trimmed.</param>
/// <param name="Children">Elements only, in the order of the document.</param>
public sealed record FeedElement(
    string Namespace,
    string Prefix,
    string Name,
    IReadOnlyList<KeyValuePair<string, string>> Attributes,
    string Text,
    IReadOnlyList<FeedElement> Children)
{
    internal static FeedElement Empty { get; } = new("", "", "", [], "", []);

    /// <summary>A property of the entry may come from it.</summary>
    internal bool IsField { get; init; }

    /// <summary>By qualified or else local name, in any case; null when absent.</summary>
    public string? Attribute(string wanted)
    {
        foreach (var (name, value) in Attributes)
            if (name.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                return value;
        foreach (var (name, value) in Attributes)
            if (name.AsSpan(name.IndexOf(':', StringComparison.Ordinal) + 1).Equals(wanted, StringComparison.OrdinalIgnoreCase))
                return value;
        return null;
    }

    /// <summary>The first child of that local name, in any case; null when absent.</summary>
    public FeedElement? Child(string name) =>
        Children.FirstOrDefault(child => child.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    internal static FeedElement Of(XmlElement element)
    {
        var attributes = new KeyValuePair<string, string>[element.Attributes.Length];
        for (var i = 0; i < attributes.Length; i++)
        {
            var (name, value) = element.Attributes[i];
            attributes[i] = new(element.Fragment[name].ToString(), element.Decode(value));
        }

        var children = new List<FeedElement>();
        foreach (var child in element.Elements)
            children.Add(Of(child));
        var qualified = element.QualifiedName;
        var prefix = qualified[..Math.Max(0, qualified.IndexOf(':'))];
        return new(
            NamespaceScope.UriOf(element.Scope, prefix), prefix.ToString(), element.LocalName.ToString(), attributes, element.Text(), children)
        {
            IsField = EntryFields.Knows(element.Vocabulary, element.Tag),
        };
    }

    internal static FeedElement Of(string name, JsonElement value)
    {
        IReadOnlyList<FeedElement> children = value.ValueKind switch
        {
            JsonValueKind.Object => [.. value.EnumerateObject().Select(member => Of(member.Name, member.Value))],
            JsonValueKind.Array => [.. value.EnumerateArray().Select(item => Of("", item))],
            _ => [],
        };
        return new("", "", name, [], children.Count > 0 ? "" : JsonText.Of(value) ?? "", children) { IsField = JsonFeed.Knows(name) };
    }
}
