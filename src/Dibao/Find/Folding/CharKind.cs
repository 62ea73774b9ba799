namespace Dibao.Find.Folding;

/// <summary>What a folded character is to the tokenizer.</summary>
internal enum CharKind : byte
{
    /// <summary>Punctuation, symbols, controls: ends a word or a run.</summary>
    Separator = 0,

    /// <summary>Ends a word, but not a run: Chinese lines break anywhere.</summary>
    Space = 1,

    /// <summary>A letter, digit or combining mark of a script that writes words apart.</summary>
    Word = 2,

    /// <summary>Han, kana, hangul, bopomofo: cut into overlapping pairs.</summary>
    Run = 3,

    /// <summary>Half of a supplementary character: <see cref="CharKinds.OfRune"/> decides.</summary>
    Surrogate = 4,

    /// <summary><see cref="TokenCutter.MarkStart"/>.</summary>
    Mark = 5,
}
