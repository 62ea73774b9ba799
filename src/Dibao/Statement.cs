using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Dibao;

/// <summary>One SQL statement of the writer's, prepared once a connection: to prepare costs more than to insert a row.</summary>
/// <remarks>Values are given in the order in which the parameters ($name) first stand in the text, which is how SQLite numbers them.
/// Thread-safe as connections are: each has its own command.</remarks>
internal sealed class Statement(string sql)
{
    private readonly string[] names = [.. NamesIn(sql)];
    private readonly ConditionalWeakTable<SqliteConnection, SqliteCommand> commands = [];

    /// <summary>Runs it to its end.</summary>
    /// <returns>Rows that were changed.</returns>
    /// <exception cref="ArgumentException">Not as many values as parameters.</exception>
    public int Run(SqliteTransaction transaction, params ReadOnlySpan<object?> values) => Bind(transaction, values).ExecuteNonQuery();

    /// <summary>The first column of the first row; the type's default where there is no row, or no value.</summary>
    /// <inheritdoc cref="Run" path="/exception"/>
    public T? Value<T>(SqliteTransaction transaction, params ReadOnlySpan<object?> values) => Bind(transaction, values).ExecuteScalar() is T value ? value : default;

    /// <summary>The first row as <paramref name="read"/> makes it; the type's default where there is none.</summary>
    /// <inheritdoc cref="Run" path="/exception"/>
    public T? Row<T>(SqliteTransaction transaction, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var rows = Bind(transaction, values).ExecuteReader();
        return rows.Read() ? read(rows) : default;
    }

    /// <summary>All rows as <paramref name="read"/> makes them.</summary>
    /// <inheritdoc cref="Run" path="/exception"/>
    public List<T> Rows<T>(SqliteTransaction transaction, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var rows = Bind(transaction, values).ExecuteReader();
        var all = new List<T>();
        while (rows.Read()) all.Add(read(rows));
        return all;
    }

    private SqliteCommand Bind(SqliteTransaction transaction, ReadOnlySpan<object?> values)
    {
        if (values.Length != names.Length) throw new ArgumentException($"{names.Length} values are wanted, and {values.Length} were given: {sql}", nameof(values));
        var command = commands.GetValue(transaction.Connection!, Prepare);
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    private SqliteCommand Prepare(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // the text is a constant of the caller's
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var name in names) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }

    private static IEnumerable<string> NamesIn(string sql)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var start = sql.IndexOf('$', StringComparison.Ordinal); start >= 0; start = sql.IndexOf('$', start + 1))
        {
            var end = start + 1;
            while (end < sql.Length && (char.IsAsciiLetterOrDigit(sql[end]) || sql[end] == '_')) end++;
            if (seen.Add(sql[start..end])) yield return sql[start..end];
        }
    }
}
