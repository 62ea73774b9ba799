namespace Dibao.Extract.Markup;

/// <summary>The element names that HTML's parsing rules speak of, and the most frequent others. Numbers above are names that one page made up.</summary>
/// <remarks>A name is written as in HTML, but for capitals; annotation-xml alone has a hyphen.</remarks>
internal enum Tag
{
    None,
    H1, H2, H3, H4, H5, H6,
    A, Abbr, Address, Annotation, AnnotationXml, Applet, Area, Article, Aside, Audio,
    B, Base, BaseFont, BgSound, Big, Blockquote, Body, Br, Button,
    Canvas, Caption, Center, Cite, Code, Col, ColGroup,
    Data, DataList, Dd, Del, Desc, Details, Dialog, Dir, Div, Dl, Dt,
    Em, Embed, FieldSet, FigCaption, Figure, Font, Footer, ForeignObject, Form, Frame, FrameSet,
    G, Head, Header, HGroup, Hr, Html,
    I, Iframe, Image, Img, Input, Ins, Keygen, Label, Legend, Li, Link, Listing,
    Main, MalignMark, Map, Mark, Marquee, Math, Menu, Meta, MGlyph, Mi, Mn, Mo, Ms, MText,
    Nav, Nobr, NoEmbed, NoFrames, NoScript,
    Object, Ol, OptGroup, Option, P, Param, Path, Picture, PlainText, Pre, Progress,
    Q, Rb, Rp, Rt, Rtc, Ruby,
    S, Samp, Script, Search, Section, Select, Small, Source, Span, Strike, Strong, Style, Sub, Summary, Sup, Svg,
    Table, Tbody, Td, Template, TextArea, Tfoot, Th, Thead, Time, Title, Tr, Track, Tt,
    U, Ul, Use, Var, Video, Wbr, Xmp,

    /// <summary>The first number of a page's own names.</summary>
    Other,
}

/// <summary>HTML §13.1.2 "foreign elements": what is neither of the two is HTML.</summary>
internal enum NameSpace : byte
{
    Html,
    Svg,
    MathML,
}
