using System.Runtime.InteropServices;

namespace Dibao.Find.Native;

/// <summary>The parts of SQLite's C interface for FTS5 extensions that the managed packages do not offer.</summary>
/// <remarks>Source: sqlite.org/fts5.html, section 7 ("Extending FTS5"), and fts5.h of SQLite 3.50.</remarks>
internal static unsafe partial class Fts5
{
    public const int Ok = 0;
    public const int NoMemory = 7;

    /// <summary>Set where the tokenizer is asked to cut a query.</summary>
    public const int TokenizeQuery = 0x0001;

    private const string Library = "e_sqlite3";

    [LibraryImport(Library, EntryPoint = "sqlite3_prepare_v2", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    public static partial int Prepare(nint database, string sql, int bytes, out nint statement, nint tail);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_pointer")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    public static partial int BindPointer(nint statement, int index, void* value, byte* type, nint destroy);

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    public static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_finalize")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    public static partial int Finish(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_result_double")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    [SuppressGCTransition] // it stores eight bytes
    public static partial void ResultDouble(nint context, double value);

    [LibraryImport(Library, EntryPoint = "sqlite3_value_int")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    [SuppressGCTransition]
    public static partial int ValueInt(nint value);

    /// <summary>fts5_api.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Api
    {
        public int Version;
        public delegate* unmanaged[Cdecl]<Api*, byte*, void*, Tokenizer*, void*, int> CreateTokenizer;
        public void* FindTokenizer;
        public delegate* unmanaged[Cdecl]<Api*, byte*, void*, delegate* unmanaged[Cdecl]<ExtensionApi*, nint, nint, int, nint*, void>, void*, int> CreateFunction;
    }

    /// <summary>fts5_tokenizer.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Tokenizer
    {
        public delegate* unmanaged[Cdecl]<void*, byte**, int, nint*, int> Create;
        public delegate* unmanaged[Cdecl]<nint, void> Delete;
        public delegate* unmanaged[Cdecl]<nint, void*, int, byte*, int, delegate* unmanaged[Cdecl]<void*, int, byte*, int, int, int, int>, int> Tokenize;
    }

    /// <summary>The beginning of Fts5ExtensionApi, as far as ranking asks.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ExtensionApi
    {
        public int Version;
        public void* UserData;
        public void* ColumnCount;
        public void* RowCount;
        public void* ColumnTotalSize;
        public void* Tokenize;
        public void* PhraseCount;
        public void* PhraseSize;
        public delegate* unmanaged[Cdecl]<nint, int*, int> InstanceCount;
        public delegate* unmanaged[Cdecl]<nint, int, int*, int*, int*, int> Instance;
        public void* Rowid;
        public void* ColumnText;
        public delegate* unmanaged[Cdecl]<nint, int, int*, int> ColumnSize;
        public void* QueryPhrase;
        public delegate* unmanaged[Cdecl]<nint, nint, nint, int> SetAuxiliary;
        public delegate* unmanaged[Cdecl]<nint, int, nint> GetAuxiliary;
    }
}
