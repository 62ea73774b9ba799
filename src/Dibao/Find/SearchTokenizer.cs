using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Dibao.Find.Folding;
using Dibao.Find.Native;
using Microsoft.Data.Sqlite;

namespace Dibao.Find;

/// <summary>The FTS5 tokenizer <c>dibao</c> and the rank function <c>dibao_rank</c>.</summary>
public static unsafe class SearchTokenizer
{
    /// <summary>Registers both on <paramref name="connection"/>; without them its search table cannot be opened.</summary>
    /// <exception cref="InvalidOperationException">The SQLite library has no FTS5.</exception>
    public static void Register(SqliteConnection connection)
    {
        var api = FindApi(connection.Handle!.DangerousGetHandle());
        var tokenizer = new Fts5.Tokenizer { Create = &Create, Delete = &Delete, Tokenize = &Tokenize };
        int created, ranked;
        fixed (byte* name = "dibao\0"u8) created = api->CreateTokenizer(api, name, null, &tokenizer, null);
        fixed (byte* name = "dibao_rank\0"u8) ranked = api->CreateFunction(api, name, null, &SearchRank.Rank, null);
        GC.KeepAlive(connection);
        if (created != Fts5.Ok || ranked != Fts5.Ok)
            throw new InvalidOperationException($"SQLite refused the search tokenizer (results {created} and {ranked}).");
    }

    private static Fts5.Api* FindApi(nint database)
    {
        Fts5.Api* api = null;
        if (Fts5.Prepare(database, "SELECT fts5(?1)", -1, out var statement, 0) == Fts5.Ok)
        {
            fixed (byte* type = "fts5_api_ptr\0"u8) _ = Fts5.BindPointer(statement, 1, &api, type, 0);
            _ = Fts5.Step(statement);
        }
        _ = Fts5.Finish(statement);
        return api is not null ? api : throw new InvalidOperationException("This SQLite library was built without FTS5.");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Create(void* context, byte** arguments, int count, nint* instance)
    {
        *instance = 1; // it holds no state, but null means failure
        return Fts5.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Delete(nint instance) { }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Tokenize(
        nint instance, void* context, int flags, byte* text, int bytes, delegate* unmanaged[Cdecl]<void*, int, byte*, int, int, int, int> emit)
    {
        if (bytes <= 0) return Fts5.Ok;
        try
        {
            var folded = FoldedText.Of(Encoding.UTF8.GetString(text, bytes)).Chars;
            return Emit(folded, (flags & Fts5.TokenizeQuery) != 0, context, emit);
        }
        catch (OutOfMemoryException)
        {
            return Fts5.NoMemory; // an exception must not cross into C
        }
    }

    // A query comes already cut, one token a string, so its first token is all of it.
    // Byte offsets are given as 0: only FTS5's own highlighting reads them, and a contentless table has none.
    private static int Emit(
        ReadOnlySpan<char> folded, bool firstOnly, void* context, delegate* unmanaged[Cdecl]<void*, int, byte*, int, int, int, int> emit)
    {
        var utf8 = stackalloc byte[TokenCutter.MaxLength * 3];
        var cutter = new TokenCutter(folded);
        while (cutter.TryNext(out var token))
        {
            var length = Encode(folded[token.Start..token.End], utf8);
            var result = emit(context, 0, utf8, length, 0, 0);
            if (result != Fts5.Ok || firstOnly) return result;
        }
        return Fts5.Ok;
    }

    // By hand: Encoding.UTF8 costs more than the rest of the cutting on tokens of two characters.
    private static int Encode(ReadOnlySpan<char> token, byte* utf8)
    {
        var to = utf8;
        foreach (var c in token)
        {
            if (c < 0x80) *to++ = (byte)c;
            else if (c < 0x800) { *to++ = (byte)(0xC0 | c >> 6); *to++ = (byte)(0x80 | c & 0x3F); }
            else if (char.IsSurrogate(c)) return Encoding.UTF8.GetBytes(token, new Span<byte>(utf8, TokenCutter.MaxLength * 3));
            else { *to++ = (byte)(0xE0 | c >> 12); *to++ = (byte)(0x80 | c >> 6 & 0x3F); *to++ = (byte)(0x80 | c & 0x3F); }
        }
        return (int)(to - utf8);
    }
}
