namespace Dibao.Server.Configuration;

/// <summary>One value as it was written, and where.</summary>
/// <param name="Origin">For people: <c>environment variable DIBAO_TOKEN</c>, <c>/etc/dibao.json</c>.</param>
internal readonly record struct WrittenValue(string Text, string Origin);

/// <summary>The values that count, one a setting: the command line's, or the environment's, or the file's, or the default.</summary>
internal sealed class SettingValues(IReadOnlyDictionary<string, WrittenValue> written)
{
    public T Of<T>(Setting<T> setting) => setting.Read(TextOf(setting).Text).Value;

    public WrittenValue TextOf(Setting setting) =>
        written.TryGetValue(setting.Name, out var value) ? value : new(setting.Default, "default");

    /// <summary>Everything that is wrong, in the order of the table.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var setting in SettingTable.All)
        {
            if (!written.TryGetValue(setting.Name, out var value) || setting.Problem(value.Text) is not { } problem) continue;
            var shown = setting.Secret ? "(not shown)" : $"\"{value.Text}\"";
            yield return $"{setting.Name} = {shown}, from {value.Origin}: {problem}. Allowed: {setting.Range}. Default: {Shown(setting.Default)}.";
        }
    }

    private static string Shown(string standard) => standard.Length == 0 ? "not set" : standard;
}
