using System.Text;

namespace Dibao.Server.Configuration;

/// <summary>One thing an operator may decide. Documentation, validation and `dibao doctor` all read it from here.</summary>
/// <param name="Name">As in the configuration file: <c>Listen:Port</c> is <c>{"Listen": {"Port": …}}</c>.</param>
/// <param name="Kind">What is written: number, duration, list, …</param>
/// <param name="Default">As text; empty where nothing is set.</param>
/// <param name="Range">In words.</param>
/// <param name="Meaning">In words.</param>
public abstract record Setting(string Name, string Kind, string Default, string Range, string Meaning)
{
    /// <summary>Its value is never shown.</summary>
    public bool Secret { get; init; }

    /// <summary>Environment variable: <c>Listen:Port</c> is <c>DIBAO_LISTEN_PORT</c>.</summary>
    public string Variable { get; } = VariableOf(Name);

    /// <summary>What is wrong with a value, as a clause; null when nothing is.</summary>
    public abstract string? Problem(string text);

    private static string VariableOf(string name)
    {
        var variable = new StringBuilder("DIBAO_");
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == ':') { variable.Append('_'); continue; }
            if (char.IsUpper(name[i]) && i > 0 && name[i - 1] != ':') variable.Append('_');
            variable.Append(char.ToUpperInvariant(name[i]));
        }
        return variable.ToString();
    }
}

/// <inheritdoc/>
/// <param name="Read">Value, or what is wrong with the text.</param>
public sealed record Setting<T>(string Name, string Kind, string Default, string Range, string Meaning, Func<string, (T Value, string? Problem)> Read)
    : Setting(Name, Kind, Default, Range, Meaning)
{
    public override string? Problem(string text) => Read(text).Problem;
}
