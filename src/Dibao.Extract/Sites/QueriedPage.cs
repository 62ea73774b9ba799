using System.Xml.XPath;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Dibao.Extract.Sites;

/// <summary>Answers a rule's questions about one page, within a bounded number of steps for all of them.</summary>
internal sealed class QueriedPage(IHtmlDocument document)
{
    private const int MaxFound = 2000;
    private readonly StepBudget _budget = new();

    /// <summary>True when a question was given up: the page is too large for the rule's queries.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>In document order.</summary>
    public IReadOnlyList<INode> Nodes(Place place)
    {
        try
        {
            return place.IsSelector ? [.. document.QuerySelectorAll(place.Query).Take(MaxFound)] : [.. Found(place).Select(at => at.Underlying)];
        }
        catch (Exception given) when (given is StepBudget.ExceededException or DomException or XPathException)
        {
            GaveUp = true;
            return [];
        }
    }

    /// <summary>The text of the first that is found: of an attribute its value, of an element the named attribute or its text.</summary>
    public string? Text(Place place, string? attribute = null)
    {
        try
        {
            if (place.IsSelector) return document.QuerySelector(place.Query) is { } element ? TextOf(element, attribute) : null;
            if (Evaluate(place) is string text) return text.Length == 0 ? null : text;
            return Found(place).Select(at => at.Underlying is IElement element && !at.IsAttribute ? TextOf(element, attribute) : at.Value).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));
        }
        catch (Exception given) when (given is StepBudget.ExceededException or DomException or XPathException)
        {
            GaveUp = true;
            return null;
        }
    }

    public bool Holds(Place place) => !place.IsSelector && place.Query.Length > 0 ? Text(place) is not null || Nodes(place).Count > 0 : Nodes(place).Count > 0;

    private static string? TextOf(IElement element, string? attribute)
    {
        if (attribute is not null && element.GetAttribute(attribute) is { } value) return value;
        return element.GetAttribute("content") ?? element.GetAttribute("datetime") ?? element.TextContent;
    }

    private object Evaluate(Place place) => new DomNavigator(document, _budget).Evaluate(XPathExpression.Compile(place.Query));

    private IEnumerable<DomNavigator> Found(Place place)
    {
        if (Evaluate(place) is not XPathNodeIterator found) yield break;
        for (var count = 0; count < MaxFound && found.MoveNext(); count++) yield return (DomNavigator)found.Current!.Clone();
    }
}

/// <summary>Steps that queries may take on one page.</summary>
internal sealed class StepBudget
{
    private const int MaxSteps = 4_000_000;
    private int _left = MaxSteps;

    /// <exception cref="ExceededException">None are left.</exception>
    public void Take(int steps)
    {
        if ((_left -= steps) < 0) throw new ExceededException();
    }

    public sealed class ExceededException() : Exception("A rule's queries took too many steps on this page.");
}
