using System.Xml;
using System.Xml.XPath;
using AngleSharp.Dom;

namespace Dibao.Extract.Sites;

/// <summary>Lets the platform's XPath 1.0 walk a parsed page. Names have no namespace; comments and doctypes are not there.</summary>
/// <remarks>A place knows its index among its siblings: the DOM itself would search for it at every step.</remarks>
internal sealed class DomNavigator : XPathNavigator
{
    private const int CharactersAStep = 32;
    private static readonly NameTable Names = new();

    private readonly StepBudget _budget;
    private Frame _at;
    private int _attribute = -1;

    public DomNavigator(IDocument document, StepBudget budget) => (_at, _budget) = (new Frame(document, 0, null), budget);

    private DomNavigator(DomNavigator other) => (_at, _attribute, _budget) = (other._at, other._attribute, other._budget);

    private sealed record Frame(INode Node, int Index, Frame? Parent);

    /// <summary>Of an attribute its element.</summary>
    public INode Underlying => _at.Node;

    public bool IsAttribute => _attribute >= 0;

    public override XPathNodeType NodeType => IsAttribute ? XPathNodeType.Attribute : _at.Node switch
    {
        IDocument => XPathNodeType.Root,
        IElement => XPathNodeType.Element,
        _ => XPathNodeType.Text,
    };

    public override string LocalName => IsAttribute ? Attribute.LocalName : _at.Node is IElement element ? element.LocalName : "";
    public override string Name => LocalName;
    public override string NamespaceURI => "";
    public override string Prefix => "";
    public override string BaseURI => "";
    public override bool IsEmptyElement => _at.Node.ChildNodes.Length == 0;
    public override XmlNameTable NameTable => Names;

    public override string Value
    {
        get
        {
            var value = IsAttribute ? Attribute.Value : _at.Node.TextContent;
            _budget.Take(1 + (value.Length / CharactersAStep));
            return value;
        }
    }

    private IAttr Attribute => ((IElement)_at.Node).Attributes[_attribute]!;

    public override XPathNavigator Clone() => new DomNavigator(this);

    public override bool IsSamePosition(XPathNavigator other) => other is DomNavigator dom && ReferenceEquals(dom._at.Node, _at.Node) && dom._attribute == _attribute;

    public override bool MoveTo(XPathNavigator other)
    {
        if (other is not DomNavigator dom) return false;
        (_at, _attribute) = (dom._at, dom._attribute);
        return true;
    }

    public override bool MoveToFirstAttribute()
    {
        if (IsAttribute || _at.Node is not IElement { Attributes.Length: > 0 }) return false;
        _attribute = 0;
        return true;
    }

    public override bool MoveToNextAttribute()
    {
        if (!IsAttribute || _attribute + 1 >= ((IElement)_at.Node).Attributes.Length) return false;
        _attribute++;
        return true;
    }

    public override bool MoveToFirstNamespace(XPathNamespaceScope namespaceScope) => false;

    public override bool MoveToNextNamespace(XPathNamespaceScope namespaceScope) => false;

    public override bool MoveToId(string id) => false;

    public override bool MoveToFirstChild() => !IsAttribute && MoveToChild(_at, 0, 1);

    public override bool MoveToNext() => !IsAttribute && _at.Parent is { } parent && MoveToChild(parent, _at.Index + 1, 1);

    public override bool MoveToPrevious() => !IsAttribute && _at.Parent is { } parent && MoveToChild(parent, _at.Index - 1, -1);

    public override bool MoveToParent()
    {
        _budget.Take(1);
        if (IsAttribute) { _attribute = -1; return true; }
        if (_at.Parent is not { } parent) return false;
        _at = parent;
        return true;
    }

    private bool MoveToChild(Frame parent, int index, int direction)
    {
        var children = parent.Node.ChildNodes;
        for (var i = index; i >= 0 && i < children.Length; i += direction)
        {
            _budget.Take(1);
            if (children[i] is not (IElement or IText)) continue;
            _at = new Frame(children[i], i, parent);
            return true;
        }

        return false;
    }
}
