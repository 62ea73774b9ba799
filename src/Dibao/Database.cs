using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace Dibao;

/// <summary>
/// The SQLite file that the stages share: WAL, foreign keys, numbered migrations that each stage keeps in its own folder.
/// One writer at a time, any number of readers. Thread-safe.
/// </summary>
/// <remarks>synchronous=NORMAL is enough: a power cut may take the last transactions, never the file's consistency,
/// and <c>Keep.Keeper</c> applies again from the segments what is missing.</remarks>
public sealed class Database : IDisposable
{
    private const int MaxIdle = 4;
    private const int PagesInOneStep = 2000;
    private const int MostStepsAtEnd = 5;

    // One page of so many.
    private const int LeastFreeShare = 50;

    private readonly string connectionString;
    private readonly Action<SqliteConnection>? prepare;
    private readonly ConcurrentBag<SqliteConnection> idle = [];
    private readonly SqliteConnection? writer;
    private readonly Lock writing = new();
    private bool disposed;

    /// <param name="path">File; made when it is not there, unless <paramref name="readOnly"/>.</param>
    /// <param name="prepare">Run on every new connection before anything else: functions, tokenizers.</param>
    /// <exception cref="DatabaseVersionException">The file comes from a newer Dibao.</exception>
    public Database(string path, Action<SqliteConnection>? prepare = null, bool readOnly = false)
    {
        SQLitePCL.Batteries_V2.Init();
        Path = path;
        this.prepare = prepare;
        connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            ForeignKeys = true,
            DefaultTimeout = 30,
            Mode = readOnly ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate,
        }.ToString();
        if (readOnly) { RequireKnownVersion(); return; }
        writer = Connect();
        // Before the first table; a file that was made without it stays so until `dibao rebuild`.
        Run(writer, "PRAGMA auto_vacuum=INCREMENTAL;");
        Run(writer, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-16000;");
        // What is taken down leaves no byte behind: deleted rows and freed pages are overwritten with zeros.
        Run(writer, "PRAGMA secure_delete=ON;");
        Migrate(writer, path);
    }

    public string Path { get; }

    /// <summary>As it was given.</summary>
    internal Action<SqliteConnection>? Prepare => prepare;

    /// <summary>The schema version that this build writes: the highest migration's number.</summary>
    public static int CurrentVersion => Migrations()[^1].Number;

    /// <summary>Runs <paramref name="query"/> on a connection of its own.</summary>
    public T Read<T>(Func<SqliteConnection, T> query)
    {
        if (!idle.TryTake(out var connection)) connection = Connect();
        try { return query(connection); }
        finally { GiveBack(connection); }
    }

    /// <summary>As <see cref="Read{T}"/>, on a connection that has read nothing before.</summary>
    /// <remarks>FTS5 (SQLite 3.50.4) holds its integrity check against the structure that a connection remembers, not the one
    /// that another connection's merge has made since, and so calls a sound index malformed.</remarks>
    public T ReadAfresh<T>(Func<SqliteConnection, T> query)
    {
        using var connection = Connect();
        return query(connection);
    }

    /// <summary>Runs <paramref name="change"/> as one transaction; another writer waits. An exception rolls back.</summary>
    public T Write<T>(Func<SqliteTransaction, T> change)
    {
        lock (writing)
        {
            var connection = writer ?? throw new InvalidOperationException($"{Path} was opened for reading only.");
            using var transaction = connection.BeginTransaction(deferred: false);
            var result = change(transaction);
            transaction.Commit();
            return result;
        }
    }

    /// <inheritdoc cref="Write{T}"/>
    public void Write(Action<SqliteTransaction> change) => Write<bool>(transaction => { change(transaction); return true; });

    /// <summary>Brings everything from the write-ahead log into the file and empties it, so that nothing deleted stays there.</summary>
    /// <returns>False while a reader still looks at an earlier moment: the next call tries again.</returns>
    public bool EmptyLog()
    {
        lock (writing)
        {
            using var command = (writer ?? throw new InvalidOperationException($"{Path} was opened for reading only.")).CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture) == 0;
        }
    }

    /// <summary>Gives some of the free pages back to the disk: merges of the search index leave thousands, and use them again only in part.</summary>
    /// <returns>False where too few are free to be worth it.</returns>
    public bool GiveBackPages()
    {
        lock (writing)
        {
            var connection = writer ?? throw new InvalidOperationException($"{Path} was opened for reading only.");
            var free = Number(connection, "PRAGMA freelist_count");
            if (free * LeastFreeShare < Number(connection, "PRAGMA page_count")) return false;
            Run(connection, $"PRAGMA incremental_vacuum({PagesInOneStep});");
            return Number(connection, "PRAGMA freelist_count") < free;
        }
    }

    /// <summary>A consistent copy, made while others read and write (SQLite backup API).</summary>
    public void CopyTo(string path)
    {
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        copy.Open();
        Read(connection => { connection.BackupDatabase(copy); return true; });
    }

    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        while (idle.TryTake(out var connection)) connection.Dispose();
        lock (writing)
        {
            if (writer is null) return;
            Tidy(writer);
            writer.Dispose();
        }
    }

    // A burst of readers may open more; what a small machine keeps open is a few, since each has a page cache of its own.
    private void GiveBack(SqliteConnection connection)
    {
        if (idle.Count < MaxIdle) idle.Add(connection);
        else connection.Dispose();
    }

    // Planner statistics and a shorter file: of use, never of need, and a full disk has no room for them.
    private void Tidy(SqliteConnection connection)
    {
        try
        {
            Run(connection, "PRAGMA optimize;");
            for (var step = 0; step < MostStepsAtEnd && GiveBackPages(); step++) { }
        }
        catch (SqliteException) { /* the next close tries again */ }
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        // Not mapped: each connection would map the file again, and count it as resident memory again. The kernel caches it once.
        Run(connection, "PRAGMA busy_timeout=30000; PRAGMA cache_size=-3000; PRAGMA temp_store=MEMORY;");
        prepare?.Invoke(connection);
        return connection;
    }

    private void RequireKnownVersion() => Read(connection =>
    {
        var version = Version(connection);
        RequireKnownVersion(version, Path);
        if (version < CurrentVersion) throw new DatabaseVersionException(Path, version, CurrentVersion);
        return true;
    });

    private static void RequireKnownVersion(long version, string path)
    {
        if (version > CurrentVersion) throw new DatabaseVersionException(path, version, CurrentVersion);
    }

    private static void Migrate(SqliteConnection connection, string path)
    {
        var version = Version(connection);
        RequireKnownVersion(version, path);
        Keep.PackedBody.RegisterMigration(connection);
        Keep.VersionRows.RegisterMigration(connection);
        Keep.Kinship.RegisterMigration(connection);
        foreach (var migration in Migrations().Where(m => m.Number > version))
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            Run(connection, migration.Sql, transaction);
            Run(connection, $"PRAGMA user_version={migration.Number};", transaction);
            transaction.Commit();
        }
    }

    private static long Version(SqliteConnection connection) => Number(connection, "PRAGMA user_version");

    private static long Number(SqliteConnection connection, string pragma)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // our own pragmas
        command.CommandText = pragma;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }

    private static void Run(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // only our own migrations and pragmas come here
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    // Resources are named Dibao.<Stage>.Sql.<number>-<what>.sql; the number orders them across the stages.
    private static List<Migration> Migrations()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => new Migration(NumberOf(name), Load(assembly, name)))
            .OrderBy(migration => migration.Number)];
    }

    private static int NumberOf(string resource)
    {
        var start = resource.IndexOf(".Sql.", StringComparison.Ordinal) + ".Sql.".Length;
        return int.Parse(resource.AsSpan(start, 4), null);
    }

    private static string Load(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private sealed record Migration(int Number, string Sql);
}

/// <summary>The catalogue was written by a newer Dibao; or by an older one, and is only to be read.</summary>
public sealed class DatabaseVersionException(string path, long found, int known) : Exception(
    found > known
        ? $"{path} has schema version {found}, and this dibao knows {known}: run the newer dibao, or delete the file and run `dibao rebuild`."
        : $"{path} has schema version {found}, from an older dibao: start `dibao serve` once, or run `dibao rebuild`, which brings it to {known}.");
